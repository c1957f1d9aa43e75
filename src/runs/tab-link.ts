import { FailureError, toFailure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import type { RunId, Task, TaskUuid } from "#src/domain/task.ts";
import { onAbort } from "#src/lib/on-abort.ts";
import type { Locks } from "./ports.ts";
import { blankStatus, type RunStatus } from "./run-events.ts";
import { isAtRest } from "./run-reducer.ts";
import { loadSheetRun, type SheetRun, type SheetRunOptions } from "./sheet-run.ts";
import type { Order, PostedMessage, TabMessage } from "./tab-messages.ts";

export interface TabLinkOptions extends Omit<SheetRunOptions, "onWritten" | "onRest"> {
  locks: Locks;
  /** Tells the other tabs. */
  post: (message: PostedMessage) => void;
  newUuid: () => string;
  /** Called once the link is released. */
  onLeft: () => void;
}

/** This tab runs the sheet, or follows the tab that does; at first it is not known which. */
type Role =
  | { kind: "unknown" }
  | { kind: "running"; run: SheetRun }
  | { kind: "following"; status: RunStatus };

/** An order that no tab is known to have obeyed yet. */
interface KeptOrder {
  order: Order;
  /** The tasks it adds, if this tab wrote them; null if they are read from the ledger. */
  tasks: readonly Task[] | null;
}

/**
 * This tab's link to one sheet's run. The tab that holds the sheet's lock runs it; the others wait for the lock, and
 * take over when it is released.
 *
 * What the user orders is done here if this tab runs the sheet, and passed on otherwise. As long as no tab is known to
 * have obeyed, the order stays in the mailbox of every tab that has the sheet open: the tab that runs it may be
 * loading, or gone.
 */
export class TabLink {
  /** Resolves once the role is known; rejects if the ledger can't be read. */
  readonly known: Promise<void>;
  /** Resolves once everything is released, and what had happened is on disk. */
  readonly gone: Promise<void>;
  readonly #sheetId: SheetId;
  readonly #options: TabLinkOptions;
  readonly #leaving = new AbortController();
  /** Orders by their id, oldest first. */
  readonly #mailbox = new Map<string, KeptOrder>();
  #role: Role = { kind: "unknown" };
  #isObeying = false;
  #keepers = 0;
  #toCome = 0;

  constructor(sheetId: SheetId, options: TabLinkOptions) {
    this.#sheetId = sheetId;
    this.#options = options;
    let gone = Promise.resolve();
    this.known = new Promise<void>((resolve, reject) => {
      gone = this.#connect(resolve)
        .catch(reject)
        .finally(() => this.leave());
    });
    this.gone = gone;
    // Whoever waits for it gets the rejection; without anyone waiting, a link fails in silence.
    this.known.catch(() => undefined);
  }

  /** Keeps the link until the returned function is called, and until nothing is under way. */
  keep(): () => void {
    this.#keepers += 1;
    let isKept = true;
    return () => {
      if (!isKept) return;
      isKept = false;
      this.#keepers -= 1;
      this.#leaveIfDone();
    };
  }

  /** Null as long as the role is not known. */
  status(): RunStatus | null {
    if (this.#role.kind === "unknown") return null;
    const { run, status } = { run: null, status: null, ...this.#role };
    return this.#expecting(run?.status() ?? status ?? blankStatus(this.#sheetId));
  }

  /** How many images are still to come from this tab. */
  expect(toCome: number): void {
    if (this.#toCome === toCome) return;
    this.#toCome = toCome;
    if (this.#role.kind === "running") this.#role.run.tellStatusAgain();
    else if (this.#role.kind === "following") this.#tellFollowed(this.#role.status);
  }

  /** Adds tasks that were written to the ledger just now. */
  add(tasks: readonly Task[], runId: RunId, joins: boolean): void {
    const sheetId = this.#sheetId;
    const taskUuids = tasks.map(({ taskUuid }) => taskUuid);
    if (this.#role.kind === "running")
      this.#options.post({ type: "tasks-written", sheetId, taskUuids });
    const orderId = this.#options.newUuid();
    this.#give({ type: "tasks-added", sheetId, orderId, runId, taskUuids, joins }, tasks);
  }

  order(order: Extract<Order, { type: "run-ordered" }>["order"]): void {
    const orderId = this.#options.newUuid();
    this.#give({ type: "run-ordered", sheetId: this.#sheetId, orderId, order });
  }

  configure(settings: RunSettings): void {
    const orderId = this.#options.newUuid();
    this.#give({ type: "settings-changed", sheetId: this.#sheetId, orderId, settings });
  }

  turnOnline(): void {
    if (this.#role.kind === "running") this.#role.run.turnOnline();
  }

  /** Another connection is in use: its purse has its own sums, and may not be the one that was agreed to. */
  turnToConnection(): void {
    if (this.#role.kind === "running") this.#role.run.turnToConnection();
  }

  /**
   * A message from another tab. The tab that runs the sheet obeys and answers; a follower shows what is on disk by
   * now.
   */
  hear(message: TabMessage): void {
    this.#hear(message).catch(() => undefined);
  }

  /** Releases everything. */
  leave(): void {
    if (this.#leaving.signal.aborted) return;
    this.#leaving.abort();
    this.#options.onLeft();
  }

  async #connect(onKnown: () => void): Promise<void> {
    const { ledger, locks, emit } = this.#options;
    const sheetId = this.#sheetId;
    // No other tab may hear of a memory-only sheet.
    if (ledger.keeping === "memory") return this.#runUntilLeft(onKnown);
    const name = `contact-sheet run ${sheetId}`;
    let isTaken = false;
    await locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock === null) isTaken = true;
      else await this.#runUntilLeft(onKnown);
    });
    if (!isTaken) return;
    this.#role = { kind: "following", status: followed(sheetId, null) };
    emit({ type: "sheet-linked", sheetId, alone: false });
    onKnown();
    this.#options.post({ type: "status-wanted", sheetId });
    this.#leaveIfDone();
    const { signal } = this.#leaving;
    try {
      await locks.request(name, { signal }, () => this.#runUntilLeft(onKnown));
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    }
  }

  async #runUntilLeft(onKnown: () => void): Promise<void> {
    if (this.#leaving.signal.aborted) return;
    const { emit, post } = this.#options;
    const sheetId = this.#sheetId;
    const run = await loadSheetRun(sheetId, {
      ...this.#options,
      emit: (event) => {
        if (event.type !== "run-changed") return emit(event);
        const status = this.#expecting(event.status);
        emit({ type: "run-changed", status });
        post({ type: "status-told", sheetId, status });
      },
      onWritten: (taskUuids) => {
        if (taskUuids.length > 0)
          post({ type: "tasks-written", sheetId, taskUuids: [...taskUuids] });
      },
      onRest: () => this.#leaveIfDone(),
    });
    if (run === null) throw new FailureError({ kind: "internal", detail: "no such sheet" });
    const alone = this.#role.kind === "unknown";
    this.#role = { kind: "running", run };
    emit({ type: "sheet-linked", sheetId, alone });
    onKnown();
    run.recoverLeft();
    // A pause or a lower cap that was ordered while nobody ran the sheet takes effect before anything
    // is sent.
    await this.#obeyAll();
    await untilAborted(this.#leaving.signal);
    await run.end();
  }

  #leaveIfDone(): void {
    if (this.#keepers > 0 || this.#mailbox.size > 0 || this.#isObeying) return;
    const role = this.#role;
    if (role.kind === "following" || (role.kind === "running" && isAtRest(role.run.state())))
      this.leave();
  }

  #give(order: Order, tasks: readonly Task[] | null = null): void {
    this.#mailbox.set(order.orderId, { order, tasks });
    if (this.#role.kind !== "running") this.#options.post(order);
    // Whoever cancels everything here knows it; by now they may have asked anew.
    if (order.type !== "run-ordered" || order.order.kind !== "cancel" || order.order.runId !== null)
      this.#tellCancelled(order);
    // oxlint-disable-next-line typescript/no-floating-promises -- it stops the run with the failure of an order, and never rejects
    this.#obeyAll();
  }

  async #hear(message: TabMessage): Promise<void> {
    const role = this.#role;
    switch (message.type) {
      case "tasks-written":
        if (role.kind === "following") await this.#showWritten(message.taskUuids);
        break;
      case "status-told":
        if (role.kind !== "following") break;
        role.status = followed(this.#sheetId, message.status);
        this.#tellFollowed(role.status);
        break;
      case "status-wanted":
        if (role.kind === "running") role.run.tellStatusAgain();
        break;
      case "tasks-added":
      case "run-ordered":
      case "settings-changed":
        this.#mailbox.set(message.orderId, { order: message, tasks: null });
        this.#tellCancelled(message);
        if (message.type === "tasks-added" && role.kind !== "running")
          await this.#emitTasks(message.taskUuids);
        await this.#obeyAll();
        break;
      case "order-obeyed":
        this.#mailbox.delete(message.orderId);
        this.#leaveIfDone();
        break;
      case "service-busy":
        break;
    }
  }

  /** Obeys what is in the mailbox, in the order it came in; at once if there is nothing to wait for. */
  async #obeyAll(): Promise<void> {
    if (this.#isObeying || this.#role.kind !== "running") return;
    const { run } = this.#role;
    const sheetId = this.#sheetId;
    this.#isObeying = true;
    run.setReadingOrders(true);
    for (const kept of this.#mailbox.values()) {
      if (this.#leaving.signal.aborted) break;
      const obeyed = this.#obey(run, kept);
      if (obeyed !== null) await obeyed;
      const { orderId } = kept.order;
      this.#mailbox.delete(orderId);
      this.#options.post({ type: "order-obeyed", sheetId, orderId });
    }
    this.#isObeying = false;
    run.setReadingOrders(false);
    this.#leaveIfDone();
  }

  /** Null if it is done; a promise, which never rejects, if it has to wait for the disk. */
  #obey(run: SheetRun, { order, tasks }: KeptOrder): Promise<void> | null {
    const onDisk = (work: Promise<void>): Promise<void> =>
      work.catch((thrown: unknown) => run.stopRun({ kind: "failure", failure: toFailure(thrown) }));
    if (order.type === "settings-changed") run.configure(order.settings);
    else if (order.type === "tasks-added") {
      const { runId, taskUuids, joins } = order;
      if (tasks === null)
        return onDisk(this.#emitTasks(taskUuids).then((found) => run.add(found, runId, joins)));
      run.add(tasks, runId, joins);
    } else if (order.order.kind === "resume") return onDisk(run.resume(order.order.purse));
    else if (order.order.kind === "look-again") return onDisk(run.lookAgain(order.order));
    else if (order.order.kind === "pause") run.stopRun({ kind: "person" });
    else if (order.order.kind === "cancel-waiting") run.cancelWaiting(order.order.taskUuids);
    else run.cancel(order.order.runId);
    return null;
  }

  #tellCancelled(order: Order): void {
    if (order.type !== "run-ordered" || order.order.kind !== "cancel") return;
    const { runId } = order.order;
    this.#options.emit({ type: "run-cancelled", sheetId: this.#sheetId, runId });
  }

  #tellFollowed(status: RunStatus): void {
    this.#options.emit({ type: "run-changed", status: this.#expecting(status) });
  }

  /** The status with what is still to come from this tab: nobody else knows that. */
  #expecting(status: RunStatus): RunStatus {
    if (this.#toCome === 0) return status;
    const toCome = status.toCome + this.#toCome;
    if (status.phase !== "idle") return { ...status, toCome };
    return { ...status, toCome, phase: status.stop === null ? "running" : "paused" };
  }

  async #showWritten(taskUuids: readonly TaskUuid[]): Promise<void> {
    const sheetId = this.#sheetId;
    const tasks = await this.#options.ledger.readTasks(sheetId, taskUuids);
    if (this.#role.kind === "following")
      this.#options.emit({ type: "tasks-added", sheetId, tasks });
  }

  async #emitTasks(taskUuids: readonly TaskUuid[]): Promise<readonly Task[]> {
    const sheetId = this.#sheetId;
    const tasks = await this.#options.ledger.readTasks(sheetId, taskUuids);
    this.#options.emit({ type: "tasks-added", sheetId, tasks });
    return tasks;
  }
}

/** The run's status as a follower shows it: if nothing runs there is nothing to follow, and any tab may start. */
function followed(sheetId: SheetId, status: RunStatus | null): RunStatus {
  // Until the other tab has reported its status, it is taken to be running.
  const told = status ?? { ...blankStatus(sheetId), phase: "running" };
  return { ...told, following: told.phase !== "idle" };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else onAbort(signal, resolve);
  });
}
