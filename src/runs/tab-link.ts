import * as v from "valibot";
import { FailureError, toFailure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import type { RunId, Task, TaskUuid } from "#src/domain/task.ts";
import { onAbort } from "#src/lib/on-abort.ts";
import type { Locks } from "./ports.ts";
import { blankStatus, type RunStatus } from "./run-events.ts";
import { isAtRest } from "./run-reducer.ts";
import { loadSheetRun, type SheetRun, type SheetRunOptions } from "./sheet-run.ts";

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
    return this.#role.kind === "running" ? this.#role.run.status() : this.#role.status;
  }

  /** Adds tasks that were written to the ledger just now. */
  add(tasks: readonly Task[], runId: RunId): void {
    const sheetId = this.#sheetId;
    const taskUuids = tasks.map(({ taskUuid }) => taskUuid);
    if (this.#role.kind === "running")
      this.#options.post({ type: "tasks-written", sheetId, taskUuids });
    const orderId = this.#options.newUuid();
    this.#give({ type: "tasks-added", sheetId, orderId, runId, taskUuids }, tasks);
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
        emit(event);
        if (event.type === "run-changed")
          post({ type: "status-told", sheetId, status: event.status });
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
        this.#options.emit({ type: "run-changed", status: role.status });
        break;
      case "status-wanted":
        if (role.kind === "running") role.run.tellStatusAgain();
        break;
      case "tasks-added":
      case "run-ordered":
      case "settings-changed":
        this.#mailbox.set(message.orderId, { order: message, tasks: null });
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
      const { runId, taskUuids } = order;
      if (tasks === null)
        return onDisk(this.#emitTasks(taskUuids).then((found) => run.add(found, runId)));
      run.add(tasks, runId);
    } else if (order.order.kind === "resume") return onDisk(run.resume(order.order.purse));
    else if (order.order.kind === "look-again") return onDisk(run.lookAgain(order.order));
    else if (order.order.kind === "pause") run.stopRun({ kind: "person" });
    else run.cancel(order.order.runId);
    return null;
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

const sheetId = v.string();
const taskUuids = v.array(v.string());
const microUsd = v.number();
const purse = v.picklist(["sandbox", "runware", "device"]);
const code = v.nullable(v.string());
// With this the tab that runs the sheet says that it obeyed. A tab of an older version names none.
const orderId = v.optional(v.string(), "");

// The failures that stop a run; no other travels between tabs.
const stopperSchema = v.variant("kind", [
  v.object({ kind: v.literal("auth"), code }),
  v.object({ kind: v.literal("quota"), code }),
  v.object({ kind: v.literal("no-key") }),
  v.object({ kind: v.literal("storage-full") }),
  v.object({ kind: v.literal("storage-broken") }),
  v.object({ kind: v.literal("storage-closed") }),
  v.object({ kind: v.literal("internal"), detail: v.string() }),
]);

const statusSchema = v.object({
  sheetId,
  runId: v.nullable(v.string()),
  phase: v.picklist(["idle", "running", "paused"]),
  following: v.boolean(),
  stop: v.nullable(
    v.variant("kind", [
      v.object({ kind: v.literal("person") }),
      v.object({ kind: v.literal("offline") }),
      v.object({ kind: v.literal("outage"), silent: v.picklist(["proxy", "service"]) }),
      v.object({ kind: v.literal("failure"), failure: stopperSchema }),
      v.object({ kind: v.literal("cap"), raiseByMicroUsd: microUsd }),
      v.object({ kind: v.literal("purse"), asked: purse, isSent: v.boolean() }),
      v.object({
        kind: v.literal("dearer"),
        taskUuid: v.string(),
        costMicroUsd: microUsd,
        holdMicroUsd: microUsd,
      }),
    ]),
  ),
  inFlight: v.number(),
  limit: v.number(),
  slowedDown: v.boolean(),
  quietUntil: v.optional(v.nullable(v.number()), null),
  spentMicroUsd: microUsd,
  heldMicroUsd: microUsd,
}) satisfies v.GenericSchema<unknown, RunStatus>;

const settingsSchema = v.object({
  mostInFlight: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16)),
  delivery: v.picklist(["sync", "async"]),
  capMicroUsd: v.nullable(microUsd),
}) satisfies v.GenericSchema<unknown, RunSettings>;

const messageSchema = v.variant("type", [
  // From the tab that runs a sheet: rows that are on disk by now.
  v.object({ type: v.literal("tasks-written"), sheetId, taskUuids }),
  v.object({ type: v.literal("status-told"), sheetId, status: statusSchema }),
  v.object({ type: v.literal("order-obeyed"), sheetId, orderId: v.string() }),
  // To the tab that runs a sheet, or will.
  v.object({ type: v.literal("status-wanted"), sheetId }),
  v.object({ type: v.literal("tasks-added"), sheetId, orderId, runId: v.string(), taskUuids }),
  v.object({
    type: v.literal("run-ordered"),
    sheetId,
    orderId,
    order: v.variant("kind", [
      v.object({ kind: v.literal("pause") }),
      // The purse of the tab in which it was pressed.
      v.object({ kind: v.literal("resume"), purse }),
      v.object({ kind: v.literal("look-again"), taskUuids, mayPost: v.boolean() }),
      v.object({ kind: v.literal("cancel"), runId: v.nullable(v.string()) }),
    ]),
  }),
  v.object({ type: v.literal("settings-changed"), sheetId, orderId, settings: settingsSchema }),
  // To every tab: the service on this connection has too much to do.
  v.object({ type: v.literal("service-busy"), connection: v.string(), quietUntil: v.number() }),
]);

/**
 * What the tabs of one browser tell each other about runs. It contains no picture, prompt, answer or key: those stay in
 * the database.
 */
export type TabMessage = v.InferOutput<typeof messageSchema>;

/**
 * What only the tab that runs the sheet can do. Every tab that has the sheet open keeps it until one says that it
 * obeyed.
 */
export type Order = Extract<TabMessage, { orderId: string; type: OrderType }>;
type OrderType = "tasks-added" | "run-ordered" | "settings-changed";

/** The same as it is sent: a status may carry any failure, and is ignored if that failure stops no run. */
export type PostedMessage =
  | TabMessage
  | { type: "status-told"; sheetId: string; status: RunStatus };

/** A message from another tab; null if it is not ours, or of an incompatible version. */
export function readTabMessage(message: unknown): TabMessage | null {
  const parsed = v.safeParse(messageSchema, message);
  return parsed.success ? parsed.output : null;
}
