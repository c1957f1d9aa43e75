import { sentSideOf } from "#src/catalog/find-models.ts";
import { maySendAgain } from "#src/catalog/service-memory.ts";
import { purseOf } from "#src/domain/connection.ts";
import type { Delivery } from "#src/domain/delivery.ts";
import { type Failure, FailureError, toFailure } from "#src/domain/failure.ts";
import { reusedPrompt } from "#src/domain/recipe.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { SheetImage } from "#src/domain/image.ts";
import { isInDoubt, type Task, type TaskUuid, wasInDoubt } from "#src/domain/task.ts";
import type { Ledger, LedgerQuestion, PictureSource, TaskTools, Timing } from "./ports.ts";
import {
  asksForQuiet,
  isOverload,
  isOwnEnd,
  isSilence,
  mayBeAccepted,
  meaningOf,
  missesPicture,
  nextWaitMs,
  reachedNobody,
} from "./retry-policy.ts";
import type { RunStop } from "./run-events.ts";
import { maySend, type RunState, stopForOutage, stopForPurse } from "./run-reducer.ts";
import type { RunTasks } from "./run-tasks.ts";
import { sleep } from "./sleep.ts";
import type { TaskEvent } from "./task-reducer.ts";
import type { Throttle } from "./throttle.ts";

export const TIMING: Timing = {
  askMs: 130_000,
  lookUpMs: 30_000,
  settleMs: 120_000,
  settleAsyncMs: 600_000,
};

// The intervals of the service's own SDK: after 1 s, then longer and longer, up to every 10 s.
const FIRST_POLL_MS = 1000;
const POLL_GROWTH = 1.5;
const LONGEST_POLL_MS = 10_000;

/** What a task needs from its sheet's run. */
export interface TaskContext {
  tools: TaskTools;
  ledger: Ledger;
  /** Aborts when the engine ends: everything is left as the ledger has it. */
  over: AbortSignal;
  state: () => RunState;
  /** The throttle of the connection in use. */
  throttle: () => Throttle;
  tasks: RunTasks;
  /** Aborts when this task may no longer be sent: paused, cancelled, stopped. */
  unsent: (taskUuid: TaskUuid) => AbortSignal;
  stopRun: (stop: RunStop) => void;
  /** Somebody answered a request: there is no outage. */
  heard: () => void;
  /** A request reached nobody. A few of these in a row stop the run until somebody answers again. */
  heardNobody: (failure: Failure) => void;
  /** From here on the task only waits for its outcome, and keeps no other from being taken. */
  park: (taskUuid: TaskUuid) => void;
}

type Prepared = Awaited<ReturnType<PictureSource["prepare"]>>;

/**
 * The result of one look-up: the task has ended; nothing is known yet; it was released; or the look-up itself failed.
 */
type LookUp = "ended" | "nothing" | "left" | Failure;

/** True if the connection in use pays from the purse that the user agreed to. */
export function paysFromItsPurse({ client }: TaskTools, { purse }: Task): boolean {
  return purseOf(client().connection) === purse;
}

/** False once a UUID that may have been accepted is so old that the service may have forgotten it. */
export function mayPostAgain({ clock }: TaskTools, { times }: Task): boolean {
  return maySendAgain(times.firstSentAt, clock.now());
}

/** One task's life: prepare, send, doubt, look up, poll, settle. Its UUID is the same in every try. */
export class TaskFlow {
  readonly #run: TaskContext;
  readonly #taskUuid: TaskUuid;
  /** Null if the user removed it. */
  #image: SheetImage | null = null;
  /**
   * True while the task keeps its slot as it is polled: then its look-ups need no slot of their own.
   */
  #hasSlot = false;

  constructor(run: TaskContext, taskUuid: TaskUuid) {
    this.#run = run;
    this.#taskUuid = taskUuid;
  }

  /**
   * Takes the task from waiting, or from doubt, to its end, or back to waiting if the run is stopped. Rejects only if
   * storage can't be read.
   */
  async start(): Promise<void> {
    const [found = null] = await this.#run.ledger.readImages([this.#task.imageId]);
    this.#image = found?.deletedAt === null ? found : null;
    if (this.#isChecked) return this.#check();
    if (isInDoubt(this.#task)) {
      if ((await this.#recover()) === "over") return;
      const { holdMicroUsd } = this.#task;
      this.#run.tasks.show(this.#taskUuid, { type: "task-taken", at: this.#now, holdMicroUsd });
    }
    if (this.#isCancelled) return this.#endIfCancelled();
    for (let attempt = 1; ; attempt += 1) {
      const prepared = await this.#prepare(attempt);
      if (prepared === null) return;
      const failure = await this.#send(prepared, attempt);
      if (failure === null || !(await this.#restAfter(failure, attempt))) return;
    }
  }

  get #task(): Task {
    return this.#run.tasks.get(this.#taskUuid);
  }

  get #now(): number {
    return this.#run.tools.clock.now();
  }

  get #isCancelled(): boolean {
    return this.#run.state().cancelled.has(this.#taskUuid);
  }

  /** True if it is looked up once more only because the user asked for it. */
  get #isChecked(): boolean {
    return this.#run.state().checked.has(this.#taskUuid);
  }

  get #isOutage(): boolean {
    return this.#run.state().stop?.kind === "outage";
  }

  #tell(event: TaskEvent, question: LedgerQuestion | null = null): void {
    this.#run.tasks.tell(this.#taskUuid, event, question);
  }

  /**
   * Prepares the picture, and notes in the ledger that the task is about to be sent. Null if it can't or may not be
   * sent.
   */
  async #prepare(attempt: number): Promise<Prepared | null> {
    if (this.#image === null) {
      this.#tell({ type: "task-cancelled", at: this.#now });
      return null;
    }
    try {
      const signal = this.#run.unsent(this.#taskUuid);
      const prepared = await this.#run.tools.pictures.prepare(this.#image, this.#task, {
        signal,
        takeSlot: () => this.#run.throttle().take({ urgent: false, signal }),
      });
      const { sent } = prepared;
      await this.#run.tasks.mark(this.#taskUuid, {
        type: "task-sent",
        at: this.#now,
        attempt,
        sent,
      });
      return prepared;
    } catch (thrown) {
      await this.#notSent(toFailure(thrown));
      return null;
    }
  }

  /** Posts once. Returns the failure if another try may heal it; null if the task ended or was released. */
  async #send(prepared: Prepared, attempt: number): Promise<Failure | null> {
    const { tools } = this.#run;
    const giveBack = await this.#takeSlotToPost(attempt);
    if (giveBack === null) return null;
    // The wait for a slot has no bound: the service may have asked for quiet.
    if (!mayPostAgain(tools, this.#task)) {
      giveBack();
      this.#unsettle();
      return null;
    }
    const sentAt = this.#now;
    const { sent, picture } = prepared;
    this.#run.tasks.show(this.#taskUuid, { type: "task-sent", at: sentAt, attempt, sent });
    const { recipe, promptSent } = this.#task;
    const { delivery: mode } = this.#run.state().settings;
    try {
      const delivery = await tools.client().ask(
        {
          taskUuid: this.#taskUuid,
          modelId: recipe.modelId,
          prompt: promptSent,
          picture,
          delivery: mode,
        },
        { signal: this.#run.over, timeoutMs: tools.timing.askMs },
      );
      this.#run.heard();
      if (this.#takeDelivery(delivery)) return null;
      // What the service works on by itself still takes one of the slots it gives us.
      if (mode === "sync") giveBack();
      else this.#hasSlot = true;
      await this.#poll({ isKnown: true });
      return null;
    } catch (thrown) {
      giveBack();
      this.#hasSlot = false;
      const failure = toFailure(thrown);
      this.#noteSilence(failure);
      // It was turned away, so nothing was paid, and the user need not know that a picture was sent
      // twice.
      if (missesPicture(failure) && (await tools.pictures.forget(picture))) {
        const again = await this.#prepare(attempt);
        return again === null ? null : await this.#send(again, attempt);
      }
      if (isOverload(failure)) this.#run.throttle().overloaded(failure, sentAt);
      return await this.#afterFailedTry(failure);
    } finally {
      giveBack();
    }
  }

  /** Waits for a slot. Null if the task may not be sent any more, or not with the money that it holds. */
  async #takeSlotToPost(attempt: number): Promise<(() => void) | null> {
    let giveBack = (): void => undefined;
    try {
      const signal = this.#run.unsent(this.#taskUuid);
      giveBack = await this.#run.throttle().take({ urgent: attempt > 1, signal });
      const isOwnPurse = paysFromItsPurse(this.#run.tools, this.#task);
      // It may have been cancelled during the ledger's write, when nothing listened to a signal.
      if (!this.#isCancelled && isOwnPurse && this.#holdsEnough()) return giveBack;
      if (!this.#isCancelled && !isOwnPurse) this.#run.stopRun(stopForPurse(this.#task));
      throw new FailureError({ kind: "cancelled" });
    } catch (thrown) {
      giveBack();
      await this.#notSent(toFailure(thrown));
      return null;
    }
  }

  /**
   * True unless, since the task was taken, a price was seen that its hold does not cover. Then it is taken again
   * with a larger hold, if the cap has room for that.
   */
  #holdsEnough(): boolean {
    const { holdMicroUsd, purse, recipe } = this.#task;
    const { prices } = this.#run.tools;
    return isInDoubt(this.#task) || prices.holdOf(recipe.modelId, purse) <= holdMicroUsd;
  }

  #noteSilence(failure: Failure): void {
    if (reachedNobody(failure)) this.#run.heardNobody(failure);
    else if (failure.kind !== "cancelled" && !isSilence(failure)) this.#run.heard();
  }

  #isOffline(failure: Failure): boolean {
    return failure.kind === "offline" && !this.#run.tools.network.isOnline();
  }

  async #afterFailedTry(failure: Failure): Promise<Failure | null> {
    if (this.#run.over.aborted) return null;
    const isOffline = this.#isOffline(failure);
    // If the whole run waits, its tasks wait in the queue, with one message for all.
    const isHeldUp = asksForQuiet(failure) || (this.#isOutage && reachedNobody(failure));
    if (isOffline || isHeldUp || meaningOf(failure) === "stops") {
      this.#tell({ type: "task-postponed", mayBeAccepted: mayBeAccepted(failure) });
      if (isOffline) this.#run.stopRun({ kind: "offline" });
      else if (!isHeldUp) this.#run.stopRun({ kind: "failure", failure });
      await this.#endIfCancelled();
      return null;
    }
    if (meaningOf(failure) === "heals") return failure;
    // That this try was turned away says nothing about the earlier ones.
    if (mayBeAccepted(failure) || wasInDoubt(this.#task.times))
      await this.#poll({ isKnown: failure.kind === "conflict" && failure.saidBy === "service" });
    else this.#endFailed(failure);
    return null;
  }

  /** Waits before the next try. False if there is none: the task was ended, polled for or released. */
  async #restAfter(failure: Failure, attempt: number): Promise<boolean> {
    const { clock, random } = this.#run.tools;
    const waitMs = this.#isCancelled ? null : nextWaitMs(failure, attempt, random);
    this.#tell({
      type: "task-rested",
      until: clock.now() + (waitMs ?? 0),
      failure,
      mayBeAccepted: mayBeAccepted(failure),
    });
    if (waitMs === null) {
      if (isInDoubt(this.#task)) await this.#poll({ isKnown: false });
      else if (this.#isCancelled) await this.#endIfCancelled();
      else this.#endFailed(failure);
      return false;
    }
    try {
      await sleep(clock, waitMs, this.#run.unsent(this.#taskUuid));
    } catch (thrown) {
      await this.#notSent(toFailure(thrown));
      return false;
    }
    return true;
  }

  /** A try was called off, or failed, before anything left the browser. */
  async #notSent(failure: Failure): Promise<void> {
    if (this.#run.over.aborted) return;
    const stops = meaningOf(failure) === "stops";
    if (stops) this.#run.stopRun({ kind: "failure", failure });
    if (stops || failure.kind === "cancelled") {
      this.#tell({ type: "task-postponed", mayBeAccepted: true });
      await this.#endIfCancelled();
    } else if (isInDoubt(this.#task)) await this.#poll({ isKnown: false });
    else this.#endFailed(failure);
  }

  // What was sent is paid for, so its outcome is awaited; the rest ends here.
  async #endIfCancelled(): Promise<void> {
    if (!this.#isCancelled) return;
    if (isInDoubt(this.#task)) await this.#poll({ isKnown: false });
    else this.#tell({ type: "task-cancelled", at: this.#now });
  }

  #endFailed(failure: Failure): void {
    const type = failure.kind === "refused" ? "task-refused" : "task-failed";
    this.#tell({ type, at: this.#now, failure });
  }

  /**
   * Finds out what became of a task that was sent before: by an earlier page, before a pause, or while the network was
   * away. Returns "post" if it may be sent again.
   *
   * Why this never pays twice: this question never has another UUID, and the service refuses a UUID it has (with a
   * conflict, after which the task is polled for). What it does not have was never charged. The one gap is a service
   * that forgets, so after the window nothing is sent again, and the user decides.
   */
  async #recover(): Promise<"post" | "over"> {
    const { tools } = this.#run;
    const { state, times } = this.#task;
    const firstSentAt = times.firstSentAt ?? this.#now;
    if (state.phase === "polling") {
      await this.#poll({ isKnown: false, from: times.sentAt ?? firstSentAt });
      return "over";
    }
    const word = await this.#lookUpPatiently();
    if (word === "ended" || word === "left") return "over";
    if (this.#isCancelled || this.#image === null) {
      await this.#pollUntil(firstSentAt + tools.timing.settleMs, false);
      return "over";
    }
    if (word !== "nothing" && isSilence(word)) {
      // Nobody could say anything, so it waits for somebody who can.
      this.#tell({ type: "task-postponed", mayBeAccepted: true });
      this.#run.stopRun(stopForOutage(word));
      return "over";
    }
    if (!mayPostAgain(tools, this.#task)) {
      this.#unsettle();
      return "over";
    }
    this.#tell({ type: "task-postponed", mayBeAccepted: true });
    return maySend(this.#run.state(), this.#taskUuid) ? "post" : "over";
  }

  /** Looks an unsettled task up once, which costs nothing. It stays unsettled unless that shows how it ended. */
  async #check(): Promise<void> {
    const word = await this.#lookUp();
    if (word !== "ended" && !this.#run.over.aborted) this.#unsettle();
  }

  // A look-up that itself failed says nothing about the task, so it is repeated before anything is concluded.
  async #lookUpPatiently(): Promise<LookUp> {
    const { clock, random } = this.#run.tools;
    for (let attempt = 1; ; attempt += 1) {
      const word = await this.#lookUp();
      if (typeof word === "string" || (this.#isOutage && isSilence(word))) return word;
      const waitMs = nextWaitMs(word, attempt, random);
      if (waitMs === null) return word;
      try {
        await sleep(clock, waitMs, this.#run.over);
      } catch {
        return "left";
      }
    }
  }

  /**
   * Asks the service once for a task that was sent. "nothing" covers both a task that is running and one the service
   * never had: they look the same on the wire.
   */
  async #lookUp(): Promise<LookUp> {
    const { tools, over } = this.#run;
    const startedAt = this.#now;
    let giveBack = (): void => undefined;
    try {
      if (!this.#hasSlot)
        giveBack = await this.#run.throttle().take({ urgent: true, signal: over });
      if (!paysFromItsPurse(tools, this.#task)) {
        if (this.#isChecked) return "nothing";
        this.#leaveToItsPurse();
        return "left";
      }
      const limits = { signal: over, timeoutMs: tools.timing.lookUpMs };
      const delivery = await tools.client().lookUp(this.#taskUuid, limits);
      this.#run.heard();
      return this.#takeDelivery(delivery) ? "ended" : "nothing";
    } catch (thrown) {
      const failure = toFailure(thrown);
      this.#noteSilence(failure);
      if (isOverload(failure)) this.#run.throttle().overloaded(failure, startedAt);
      return this.#afterFailedLookUp(failure);
    } finally {
      giveBack();
    }
  }

  #afterFailedLookUp(failure: Failure): LookUp {
    if (this.#run.over.aborted) return "left";
    if (failure.kind === "refused" && failure.saidBy === "service") {
      this.#tell({ type: "task-refused", at: this.#now, failure });
      return "ended";
    }
    // The user asked only for this look-up: it does not affect the run.
    if (this.#isChecked) return failure;
    const isOffline = this.#isOffline(failure);
    if (!isOffline && meaningOf(failure) !== "stops") return failure;
    this.#tell({ type: "task-postponed", mayBeAccepted: true });
    this.#run.stopRun(isOffline ? { kind: "offline" } : { kind: "failure", failure });
    return "left";
  }

  /**
   * Only the connection it was sent through knows of it, so it waits for that one, as long as waiting can
   * help.
   */
  #leaveToItsPurse(): void {
    if (!mayPostAgain(this.#run.tools, this.#task)) {
      this.#unsettle();
      return;
    }
    this.#tell({ type: "task-postponed", mayBeAccepted: true });
    this.#run.stopRun(stopForPurse(this.#task));
  }

  /** Applies a delivery to the task. Returns false if the service is still working on it. */
  #takeDelivery(delivery: Delivery): boolean {
    if (delivery.kind === "processing") return false;
    const { answer, source, costMicroUsd, serviceMs } = delivery;
    this.#run.throttle().succeeded();
    const { recipe, promptSent, mount, purse } = this.#task;
    const { modelId } = recipe;
    const prompt = reusedPrompt(recipe, promptSent);
    const pictureHash = this.#image === null ? null : pictureHashOf(this.#image);
    this.#tell(
      { type: "task-answered", at: this.#now, answer, source, costMicroUsd, serviceMs },
      pictureHash === null
        ? null
        : { pictureHash, modelId, prompt, sentSide: sentSideOf(recipe), mount, purse },
    );
    return true;
  }

  /**
   * Waits for the outcome of the task from now on, or from the moment it was sent. `isKnown`: the service said that it
   * has it.
   */
  async #poll({ isKnown, from }: { isKnown: boolean; from?: number }): Promise<void> {
    const { timing } = this.#run.tools;
    const isAsync = this.#run.state().settings.delivery === "async";
    if (!isAsync) this.#run.park(this.#taskUuid);
    const settleMs = isAsync ? timing.settleAsyncMs : timing.settleMs;
    await this.#pollUntil((from ?? this.#now) + settleMs, isKnown);
  }

  /**
   * Never sends the task again. Once a look-up is answered it ends or, after the deadline (epoch milliseconds), is
   * unsettled.
   */
  async #pollUntil(deadlineAt: number, isKnown: boolean): Promise<void> {
    const { clock } = this.#run.tools;
    this.#tell({ type: "task-accepted" });
    let troubles = 0;
    for (let waitMs = FIRST_POLL_MS; ; waitMs = Math.min(waitMs * POLL_GROWTH, LONGEST_POLL_MS)) {
      const leftMs = deadlineAt - clock.now();
      try {
        await sleep(clock, leftMs > 0 ? Math.min(waitMs, leftMs) : waitMs, this.#run.over);
      } catch {
        return;
      }
      const word = await this.#lookUp();
      if (word === "ended" || word === "left") return;
      troubles = word === "nothing" ? 0 : troubles + 1;
      // An error on a look-up is about the task only if the service is known to have it, and itself speaks.
      if (word !== "nothing" && isKnown && isOwnEnd(word, troubles)) {
        this.#tell({ type: "task-failed", at: clock.now(), failure: word });
        return;
      }
      // An outage is not a doubt: nothing is concluded from a look-up that nobody answered.
      const isUnanswered = word !== "nothing" && isSilence(word);
      if (isUnanswered || clock.now() < deadlineAt) continue;
      this.#unsettle();
      return;
    }
  }

  /** Nothing showed how it ended, and nothing will: it may have been charged. */
  #unsettle(): void {
    const failure: Failure = { kind: "timed-out", by: "deadline" };
    this.#tell({ type: "task-unsettled", at: this.#now, failure });
  }
}
