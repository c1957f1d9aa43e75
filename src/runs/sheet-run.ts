import { purseOf, type Purse } from "#src/domain/connection.ts";
import { toFailure, type Failure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import { hasEnded, isInDoubt, type RunId, type Task, type TaskUuid } from "#src/domain/task.ts";
import { createLedgerWriter, type LedgerWriter } from "./ledger.ts";
import { createOutageWatch, type OutageWatch } from "./outage.ts";
import type { Ledger, TaskTools } from "./ports.ts";
import { isSilence } from "./retry-policy.ts";
import { isSameStatus, type RunEvent, type RunStatus, type RunStop } from "./run-events.ts";
import {
  createRunState,
  endsByItself,
  isAtRest,
  isDiskFull,
  maySend,
  nextTask,
  phaseOf,
  reduceRun,
  stopForOutage,
  stopForPurse,
  type RunAction,
  type RunState,
} from "./run-reducer.ts";
import { RunTasks, type RunRecords } from "./run-tasks.ts";
import { mayPostAgain, paysFromItsPurse, TaskFlow, type TaskContext } from "./task-flow.ts";
import type { Throttle, Throttles } from "./throttle.ts";

// Besides those in flight, as many again are made ready and put in the ledger, so that a slot never waits for a
// disk.
const TAKEN_PER_SLOT = 2;
const SILENCES_THAT_STOP = 3;

export interface SheetRunOptions {
  tools: TaskTools;
  throttles: Throttles;
  ledger: Ledger;
  emit: (event: RunEvent) => void;
  /** Aborts when the engine ends. */
  over: AbortSignal;
  onWritten: (taskUuids: readonly TaskUuid[]) => void;
  /** Called when nothing is under way any more. */
  onRest: () => void;
}

/** Reads a sheet's run from its ledger. Null if there is no such sheet. */
export async function loadSheetRun(
  sheetId: SheetId,
  options: SheetRunOptions,
): Promise<SheetRun | null> {
  const { ledger, tools } = options;
  const [records, seen] = await Promise.all([ledger.readRun(sheetId), ledger.readSeenPrices()]);
  if (records === null) return null;
  tools.prices.recall(seen);
  return new SheetRun(records, options);
}

/**
 * One sheet's run: settings, queue, stop, budget. Its own state changes only through `#dispatch`, and its tasks only
 * through `tasks`.
 */
export class SheetRun implements TaskContext {
  readonly tools: TaskTools;
  readonly ledger: Ledger;
  readonly over: AbortSignal;
  readonly tasks: RunTasks;
  readonly #sheetId: SheetId;
  readonly #options: SheetRunOptions;
  readonly #writer: LedgerWriter;
  readonly #outage: OutageWatch;
  readonly #work = new Set<Promise<void>>();
  #state: RunState;
  #unsent = new AbortController();
  #told: RunStatus | null = null;

  constructor(records: RunRecords, options: SheetRunOptions) {
    const { tools, ledger, over } = options;
    const { sheet, run } = records;
    this.tools = tools;
    this.ledger = ledger;
    this.over = over;
    this.#sheetId = sheet.id;
    this.#options = options;
    this.#writer = createLedgerWriter(ledger, options.onWritten);
    this.tasks = new RunTasks(records, {
      prices: tools.prices,
      writer: this.#writer,
      emit: options.emit,
      onChange: () => this.#tellStatus(),
      onStop: (stop) => this.stopRun(stop),
    });
    const left = this.tasks.all();
    const queue = [...left.filter(isInDoubt), ...left.filter((task) => !isInDoubt(task))];
    this.#state = createRunState({
      settings: sheet.run,
      runId: run?.runId ?? null,
      isPaused: run?.paused === true && left.length > 0,
      queue: queue.map(({ taskUuid }) => taskUuid),
    });
    this.#outage = createOutageWatch({
      clock: tools.clock,
      over,
      isHeldUp: () => !over.aborted && endsByItself(this.#state.stop),
      hasPassed: () => (isDiskFull(this.#state.stop) ? this.#canWrite() : this.#isAnswered()),
      onPassed: () => this.#goOn(),
    });
  }

  status(): RunStatus {
    const { runId, stop } = this.#state;
    const throttle = this.throttle();
    const budget = this.tasks.budgets[purseOf(this.tools.client().connection)];
    return {
      sheetId: this.#sheetId,
      runId,
      phase: phaseOf(this.#state),
      following: false,
      stop,
      inFlight: this.tasks.inFlight,
      toCome: 0,
      limit: throttle.limit(),
      slowedDown: throttle.isSlowedDown(),
      quietUntil: throttle.quietUntil(),
      spentMicroUsd: budget.spentMicroUsd(),
      heldMicroUsd: budget.heldMicroUsd(),
    };
  }

  /** Emits the status, even if it is the one that was emitted last. */
  tellStatusAgain(): void {
    this.#told = null;
    this.#tellStatus();
  }

  /** Takes in tasks that are already in the ledger. If they join a run, what holds that up holds them up. */
  add(tasks: readonly Task[], runId: RunId, joins = false): void {
    // What an outage or a full disk holds up carries on by itself, and takes along what is added to
    // it.
    const isHeldUp = endsByItself(this.#state.stop);
    const standsStill = phaseOf(this.#state) === "paused" && !isHeldUp;
    const waiting = tasks.filter((task) => !hasEnded(task));
    // If the run was loaded after they were written, it knows them already.
    const added = waiting.filter(({ taskUuid }) => !this.tasks.has(taskUuid));
    for (const task of added) this.tasks.add(task);
    this.#dispatch({ type: "tasks-queued", taskUuids: added.map(({ taskUuid }) => taskUuid) });
    if (joins) {
      if (this.#state.stop === null) this.#renewUnsent();
      this.#takeTasks();
      return;
    }
    if (standsStill) {
      this.#dispatch({
        type: "tasks-marked",
        as: "asked",
        taskUuids: waiting.map(({ taskUuid }) => taskUuid),
      });
      this.#renewUnsent();
      this.#takeTasks();
      return;
    }
    this.#dispatch({ type: "run-named", runId });
    if (isHeldUp) this.#takeTasks();
    else this.#goOn();
  }

  /** The user agrees that what waits is paid for from this purse: that of the tab in which they resumed the run. */
  async resume(purse: Purse): Promise<void> {
    // What a full disk left unwritten comes first: it may be answers.
    await this.flush();
    for (const { taskUuid } of this.tasks.all())
      this.tasks.show(taskUuid, { type: "task-agreed", purse });
    this.#goOn();
  }

  /** Cancels one run or (null) all: a sheet may have several under way. */
  cancel(runId: RunId | null): void {
    const isMeant = (task: Task): boolean => runId === null || task.runId === runId;
    const cancelled = this.tasks.all().filter(isMeant);
    this.#dispatch({
      type: "tasks-marked",
      as: "cancelled",
      taskUuids: cancelled.map(({ taskUuid }) => taskUuid),
    });
    // If what is left of other runs waited for the user, it still does.
    if (this.#state.cancelled.size === this.tasks.size) this.#clearStop();
    this.#unsent.abort();
    this.#renewUnsent();
    const queue = this.#state.queue.map((uuid) => this.tasks.get(uuid)).filter(isMeant);
    const unsent = queue.filter((task) => !isInDoubt(task)).map(({ taskUuid }) => taskUuid);
    this.tasks.cancelUnsent(unsent, this.tools.clock.now());
    this.#forget(unsent);
    for (const task of queue) if (isInDoubt(task)) this.#start(task.taskUuid);
    this.#writeNote();
    this.#takeTasks();
  }

  /** Cancels those of these that were never sent. What was sent is awaited, and what else waits still does. */
  cancelWaiting(taskUuids: readonly TaskUuid[]): void {
    const { active } = this.#state;
    const queue = new Set(this.#state.queue);
    const unsent = taskUuids.filter(
      (taskUuid) => this.tasks.has(taskUuid) && !isInDoubt(this.tasks.get(taskUuid)),
    );
    // Those that are being prepared end by themselves, before they are sent.
    const prepared = unsent.filter((taskUuid) => active.has(taskUuid));
    this.#dispatch({ type: "tasks-marked", as: "cancelled", taskUuids: prepared });
    const queued = unsent.filter((taskUuid) => queue.has(taskUuid));
    this.tasks.cancelUnsent(queued, this.tools.clock.now());
    this.#forget(queued);
    if (this.tasks.size === 0) this.#clearStop();
    this.#writeNote();
    this.#takeTasks();
  }

  /**
   * Takes unsettled tasks up again; each keeps its hold. With `mayPost`, those that are young enough are sent again
   * under their id; otherwise they are only looked up.
   */
  async lookAgain(look: { taskUuids: readonly TaskUuid[]; mayPost: boolean }): Promise<void> {
    await this.flush().catch(() => undefined);
    const found = await this.ledger.readTasks(this.#sheetId, look.taskUuids);
    if (this.over.aborted) return;
    const phase = phaseOf(this.#state);
    if (phase === "idle") this.#clearStop();
    this.#renewUnsent();
    for (const task of found) {
      const { taskUuid } = task;
      if (task.state.phase !== "unsettled" || this.tasks.has(taskUuid)) continue;
      // Only the purse it was sent from knows of it.
      if (!paysFromItsPurse(this.tools, task)) continue;
      this.tasks.add(task);
      const isPosted = look.mayPost && mayPostAgain(this.tools, task);
      this.tasks.tell(taskUuid, { type: "task-reopened", to: isPosted ? "waiting" : "polling" });
      if (isPosted) {
        this.#dispatch({ type: "tasks-queued", taskUuids: [taskUuid] });
        if (phase === "paused")
          this.#dispatch({ type: "tasks-marked", as: "asked", taskUuids: [taskUuid] });
      } else {
        this.#dispatch({ type: "tasks-marked", as: "checked", taskUuids: [taskUuid] });
        this.#start(taskUuid);
      }
    }
    this.#takeTasks();
  }

  configure(settings: RunSettings): void {
    this.#dispatch({ type: "settings-changed", settings });
    for (const budget of Object.values(this.tasks.budgets)) budget.setCap(settings.capMicroUsd);
    this.#takeTasks();
  }

  /** While orders are read nothing is sent: what one of them starts, the next one may take back. */
  setReadingOrders(isReading: boolean): void {
    this.#dispatch({ type: "orders-read", isReading });
    if (!isReading) this.#takeTasks();
  }

  /** The device is online again. */
  turnOnline(): void {
    if (this.#state.stop?.kind === "offline") this.#goOn();
    // Checks now whether anybody is there, not in ten seconds.
    if (this.#state.stop?.kind === "outage") this.#outage.lookNow();
  }

  /** Another connection is in use, or what it may send has changed. */
  turnToConnection(): void {
    // It was somebody else who was silent.
    if (this.#state.stop?.kind === "outage") this.#outage.lookNow();
    this.#takeTasks();
  }

  /** Looks up what was sent before and whose end is not known, even if the run is stopped. */
  recoverLeft(): void {
    const doubtful = this.#state.queue.filter((uuid) => isInDoubt(this.tasks.get(uuid)));
    for (const taskUuid of doubtful) this.#start(taskUuid);
  }

  /** Writes what a failure left unwritten. */
  flush(): Promise<void> {
    return this.#writer.flush();
  }

  /** Resolves once nothing is under way and everything that happened is on disk. */
  async end(): Promise<void> {
    await Promise.all(this.#work);
    await this.flush().catch(() => undefined);
  }

  state(): RunState {
    return this.#state;
  }

  throttle(): Throttle {
    return this.#options.throttles.of(this.tools.client().connection);
  }

  unsent(taskUuid: TaskUuid): AbortSignal {
    return maySend(this.#state, taskUuid) ? this.#unsent.signal : AbortSignal.abort();
  }

  /** Lets nothing more be sent. What was sent runs to its end. */
  stopRun(stop: RunStop): void {
    this.#unsent.abort();
    const before = this.#state;
    this.#dispatch({ type: "run-stopped", stop });
    if (this.#state.stop === before.stop && this.#state.isPaused === before.isPaused) return;
    this.#outage.lookNow();
    this.#writeNote();
    this.#tellStatus();
    if (endsByItself(this.#state.stop)) this.#outage.start();
  }

  heard(): void {
    this.#dispatch({ type: "somebody-heard" });
  }

  heardNobody(failure: Failure): void {
    this.#dispatch({ type: "nobody-heard" });
    if (this.#state.silences >= SILENCES_THAT_STOP) this.stopRun(stopForOutage(failure));
  }

  park(taskUuid: TaskUuid): void {
    this.#dispatch({ type: "tasks-marked", as: "parked", taskUuids: [taskUuid] });
    this.#takeTasks();
  }

  #dispatch(action: RunAction): void {
    this.#state = reduceRun(this.#state, action);
  }

  #tellStatus(): void {
    const status = this.status();
    const told = this.#told;
    this.#told = status;
    if (told === null || !isSameStatus(told, status))
      this.#options.emit({ type: "run-changed", status });
  }

  /** Carries on with what was agreed to before. */
  #goOn(): void {
    this.#clearStop();
    this.#renewUnsent();
    this.#writeNote();
    this.#takeTasks();
  }

  #clearStop(): void {
    this.#dispatch({ type: "run-resumed" });
    this.#outage.lookNow();
  }

  #renewUnsent(): void {
    if (this.#unsent.signal.aborted) this.#unsent = new AbortController();
  }

  /**
   * Takes as many tasks as there is room for. It is cheap, and called whenever that may have
   * changed.
   */
  #takeTasks(): void {
    // During a quiet, what is ready waits in the queue like the rest: its row already says "sent", and a page that is
    // loaded after a long quiet would have to doubt that.
    if (this.throttle().quietUntil() !== null) {
      this.#unsent.abort();
      this.#renewUnsent();
    }
    while (!this.over.aborted && !this.#state.isReadingOrders && this.#hasRoom()) {
      const taskUuid = nextTask(this.#state);
      if (taskUuid === undefined || !this.#reserve(taskUuid)) break;
      this.#start(taskUuid);
    }
    const { connection } = this.tools.client();
    const atRest = isAtRest(this.#state);
    const most = atRest ? null : this.#state.settings.mostInFlight;
    this.#options.throttles.allow(this.#sheetId, connection, most);
    this.#tellStatus();
    if (atRest) this.#options.onRest();
  }

  #hasRoom(): boolean {
    const throttle = this.throttle();
    const { active, parked } = this.#state;
    return !throttle.isQuiet() && active.size - parked.size < throttle.limit() * TAKEN_PER_SLOT;
  }

  /**
   * Holds money for a task. False if the cap has no room (the run carries on when others end, or stops), or if it
   * would be paid from another purse than the user agreed to: they are asked again.
   */
  #reserve(taskUuid: TaskUuid): boolean {
    const task = this.tasks.get(taskUuid);
    const { active, queue } = this.#state;
    if (isInDoubt(task) || this.#state.cancelled.has(taskUuid)) return true;
    if (!paysFromItsPurse(this.tools, task)) {
      this.stopRun(stopForPurse(task));
      return false;
    }
    const { purse, recipe } = task;
    const budget = this.tasks.budgets[purse];
    const { prices, clock } = this.tools;
    const price = prices.boundsOf(recipe.modelId, purse);
    if (budget.hold(taskUuid, price, active.size === 0)) {
      const { holdMicroUsd } = price;
      this.tasks.show(taskUuid, { type: "task-taken", at: clock.now(), holdMicroUsd });
      return true;
    }
    if (active.size > 0) return false;
    const holds = queue.map((uuid) => {
      const waiting = this.tasks.get(uuid);
      return isInDoubt(waiting) ? 0 : prices.holdOf(waiting.recipe.modelId, purse);
    });
    this.stopRun({ kind: "cap", raiseByMicroUsd: budget.shortfallMicroUsd(holds) });
    return false;
  }

  #start(taskUuid: TaskUuid): void {
    this.#dispatch({ type: "task-taken", taskUuid });
    const work = new TaskFlow(this, taskUuid)
      .start()
      .catch((thrown: unknown) => {
        this.tasks.tell(taskUuid, { type: "task-postponed", mayBeAccepted: true });
        this.stopRun({ kind: "failure", failure: toFailure(thrown) });
      })
      // Flush before the run may be idle: the user may close the page as soon as it looks finished.
      .then(() => this.flush().catch(() => undefined))
      .then(() => {
        this.#work.delete(work);
        if (this.over.aborted) return;
        const task = this.tasks.get(taskUuid);
        if (hasEnded(task)) this.#forget([taskUuid]);
        else this.#putBack(task);
        this.#takeTasks();
      });
    this.#work.add(work);
  }

  // To its old place: the order of a run makes it fair.
  #putBack({ taskUuid, times }: Task): void {
    const { queue } = this.#state;
    const later = queue.findIndex((uuid) => this.tasks.get(uuid).times.createdAt > times.createdAt);
    const at = later === -1 ? queue.length : later;
    this.#dispatch({ type: "task-put-back", taskUuid, at });
  }

  #forget(taskUuids: readonly TaskUuid[]): void {
    for (const taskUuid of taskUuids) this.tasks.remove(taskUuid);
    this.#dispatch({ type: "tasks-ended", taskUuids });
  }

  /** Keeps whether the run waits for the user, so that a reload does not spend against their will. */
  #writeNote(): void {
    // A note that can't be written is not worth stopping for: the next row that can't be written
    // will stop the run.
    this.#noteWritten()?.catch(() => undefined);
  }

  #noteWritten(): Promise<void> | null {
    const { runId, isPaused } = this.#state;
    if (runId === null) return null;
    return this.#writer.writeNote({ sheetId: this.#sheetId, runId, paused: isPaused });
  }

  /** Writes what a full disk left unwritten, and a note with it. True if there is room for it now. */
  async #canWrite(): Promise<boolean> {
    try {
      await (this.#noteWritten() ?? this.flush());
      return true;
    } catch {
      return false;
    }
  }

  /**
   * Looks one of the run's own tasks up. That is free and goes all the way to the service, while a proxy's health would
   * only say that the proxy is alive. True if somebody answered.
   */
  async #isAnswered(): Promise<boolean> {
    const { queue } = this.#state;
    const taskUuid = queue.find((uuid) => isInDoubt(this.tasks.get(uuid))) ?? queue[0];
    if (taskUuid === undefined) return true;
    const { client, timing } = this.tools;
    try {
      await client().lookUp(taskUuid, { signal: this.over, timeoutMs: timing.lookUpMs });
      return true;
    } catch (thrown) {
      const failure = toFailure(thrown);
      return failure.kind !== "cancelled" && !isSilence(failure);
    }
  }
}
