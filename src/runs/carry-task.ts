import { FailureError, toFailure, type Failure } from "#src/domain/failure.ts";
import { isInDoubt, wasInDoubt, type TaskUuid } from "#src/domain/task.ts";
import {
  holdsEnough,
  paysFromItsPurse,
  stopForFailure,
  stopForPurse,
  type Desk,
  type Errand,
} from "./desk.ts";
import { mayPostAgain, unsettle } from "./doubtful-task.ts";
import { takeDelivery } from "./look-up.ts";
import { pollTask } from "./poll-task.ts";
import { checkTask, recoverTask } from "./recover-task.ts";
import {
  asksForQuiet,
  isOverload,
  isSilence,
  mayBeAccepted,
  meaningOf,
  nextWaitMs,
  reachedNobody,
} from "./retry-policy.ts";
import { sleep } from "./sleep.ts";

type Prepared = Awaited<ReturnType<Desk["tools"]["pictures"]["prepare"]>>;

/**
 * Carries one task from waiting, or from doubt, to its end, or back to waiting where the run stands still. Never
 * rejects but for storage that cannot be read. Its UUID is the same in every try.
 */
export async function carryTask(desk: Desk, taskUuid: TaskUuid): Promise<void> {
  const [found = null] = await desk.ledger.readImages([desk.task(taskUuid).imageId]);
  const image = found?.deletedAt === null ? found : null;
  const errand: Errand = { desk, taskUuid, image, hasSlot: false };
  if (desk.isChecked(taskUuid)) return checkTask(errand);
  if (isInDoubt(desk.task(taskUuid))) {
    if ((await recoverTask(errand)) === "over") return;
    const { holdMicroUsd } = desk.task(taskUuid);
    desk.show(taskUuid, { type: "task-taken", at: desk.tools.clock.now(), holdMicroUsd });
  }
  if (desk.isCancelled(taskUuid)) return endIfCancelled(errand);
  for (let attempt = 1; ; attempt += 1) {
    const prepared = await prepare(errand, attempt);
    if (prepared === null) return;
    const failure = await send(errand, prepared, attempt);
    if (failure === null || !(await restAfter(errand, failure, attempt))) return;
  }
}

/** Readies the picture, and puts in the ledger that the task is about to be sent. Null where it comes to nothing. */
async function prepare(errand: Errand, attempt: number): Promise<Prepared | null> {
  const { desk, taskUuid, image } = errand;
  const { clock, pictures } = desk.tools;
  if (image === null) {
    desk.tell(taskUuid, { type: "task-cancelled", at: clock.now() });
    return null;
  }
  try {
    const signal = desk.unsent(taskUuid);
    const prepared = await pictures.prepare(image, desk.task(taskUuid), {
      signal,
      takeSlot: () => desk.throttle().take({ urgent: false, signal }),
    });
    const at = clock.now();
    await desk.mark(taskUuid, { type: "task-sent", at, attempt, sent: prepared.sent });
    return prepared;
  } catch (thrown) {
    await notSent(errand, toFailure(thrown));
    return null;
  }
}

/** Posts once. Returns the failure where another try may heal it; null where the task ended or was let go of. */
async function send(errand: Errand, prepared: Prepared, attempt: number): Promise<Failure | null> {
  const { desk, taskUuid } = errand;
  const { client, clock, timing } = desk.tools;
  let giveBack = (): void => undefined;
  try {
    giveBack = await desk.throttle().take({ urgent: attempt > 1, signal: desk.unsent(taskUuid) });
    // Cancelled while the ledger wrote, when no signal was listened to.
    if (desk.isCancelled(taskUuid)) throw new FailureError({ kind: "cancelled" });
    if (!paysFromItsPurse(desk, taskUuid)) {
      desk.stopRun(stopForPurse(desk.task(taskUuid)));
      throw new FailureError({ kind: "cancelled" });
    }
    // A dearer answer came while it waited: it is taken again, with more set aside, if the cap has room for that.
    if (!holdsEnough(desk, taskUuid)) throw new FailureError({ kind: "cancelled" });
  } catch (thrown) {
    giveBack();
    await notSent(errand, toFailure(thrown));
    return null;
  }
  // The wait for a slot has no bound: the service may have asked for quiet.
  if (!mayPostAgain(desk, taskUuid)) {
    giveBack();
    unsettle(errand);
    return null;
  }
  const sentAt = clock.now();
  desk.show(taskUuid, { type: "task-sent", at: sentAt, attempt, sent: prepared.sent });
  const { recipe } = desk.task(taskUuid);
  const { delivery: mode } = desk.settings();
  try {
    const delivery = await client().ask(
      {
        taskUuid,
        modelId: recipe.modelId,
        prompt: recipe.prompt,
        picture: prepared.picture,
        delivery: mode,
      },
      { signal: desk.over, timeoutMs: timing.askMs },
    );
    desk.heard();
    if (takeDelivery(errand, delivery)) return null;
    // What the service works on by itself still takes one of the places it gives us.
    if (mode === "sync") giveBack();
    await poll({ ...errand, hasSlot: mode === "async" }, true);
    return null;
  } catch (thrown) {
    giveBack();
    const failure = toFailure(thrown);
    if (reachedNobody(failure)) desk.heardNobody(failure);
    else if (failure.kind !== "cancelled" && !isSilence(failure)) desk.heard();
    // It was turned away, so that nothing was paid; and the person need not know that a picture went twice.
    if (missesPicture(failure) && (await desk.tools.pictures.forget(prepared.picture))) {
      const again = await prepare(errand, attempt);
      return again === null ? null : await send(errand, again, attempt);
    }
    if (isOverload(failure)) desk.throttle().overloaded(failure, sentAt);
    return await afterFailedTry(errand, failure);
  } finally {
    giveBack();
  }
}

/** True where the service says that it cannot get at the picture. */
function missesPicture(failure: Failure): boolean {
  if (mayBeAccepted(failure)) return false;
  if (failure.kind === "not-found") return true;
  return (
    failure.kind === "rejected" &&
    (failure.code === "failedToTransferImage" || /image/iu.test(failure.parameter ?? ""))
  );
}

async function afterFailedTry(errand: Errand, failure: Failure): Promise<Failure | null> {
  const { desk, taskUuid } = errand;
  if (desk.over.aborted) return null;
  const isOffline = failure.kind === "offline" && !desk.tools.network.isOnline();
  // What the whole run waits out, its tasks wait out in the queue, with one message for all.
  const isHeldUp = asksForQuiet(failure) || (desk.isOutage() && reachedNobody(failure));
  if (isOffline || isHeldUp || meaningOf(failure) === "stops") {
    desk.tell(taskUuid, { type: "task-postponed", mayBeAccepted: mayBeAccepted(failure) });
    if (isOffline) desk.stopRun({ kind: "offline" });
    else if (!isHeldUp) desk.stopRun(stopForFailure(failure));
    await endIfCancelled(errand);
    return null;
  }
  if (meaningOf(failure) === "heals") return failure;
  // That this try was turned away says nothing of the earlier ones.
  if (mayBeAccepted(failure) || wasInDoubt(desk.task(taskUuid).times))
    await poll(errand, failure.kind === "conflict" && failure.saidBy === "service");
  else endFailed(errand, failure);
  return null;
}

/** Rests before the next try. False where there is none: the task was ended, polled for or let go of. */
async function restAfter(errand: Errand, failure: Failure, attempt: number): Promise<boolean> {
  const { desk, taskUuid } = errand;
  const { clock, random } = desk.tools;
  const waitMs = desk.isCancelled(taskUuid) ? null : nextWaitMs(failure, attempt, random);
  desk.tell(taskUuid, {
    type: "task-rested",
    until: clock.now() + (waitMs ?? 0),
    failure,
    mayBeAccepted: mayBeAccepted(failure),
  });
  if (waitMs === null) {
    if (isInDoubt(desk.task(taskUuid))) await poll(errand, false);
    else if (desk.isCancelled(taskUuid)) await endIfCancelled(errand);
    else endFailed(errand, failure);
    return false;
  }
  try {
    await sleep(clock, waitMs, desk.unsent(taskUuid));
  } catch (thrown) {
    await notSent(errand, toFailure(thrown));
    return false;
  }
  return true;
}

/** A try that was called off, or failed, before anything left the browser. */
async function notSent(errand: Errand, failure: Failure): Promise<void> {
  const { desk, taskUuid } = errand;
  if (desk.over.aborted) return;
  const stops = meaningOf(failure) === "stops";
  if (stops) desk.stopRun(stopForFailure(failure));
  if (stops || failure.kind === "cancelled") {
    desk.tell(taskUuid, { type: "task-postponed", mayBeAccepted: true });
    await endIfCancelled(errand);
  } else if (isInDoubt(desk.task(taskUuid))) await poll(errand, false);
  else endFailed(errand, failure);
}

// What was sent is paid for, so its word is awaited; the rest ends here.
async function endIfCancelled(errand: Errand): Promise<void> {
  const { desk, taskUuid } = errand;
  if (!desk.isCancelled(taskUuid)) return;
  if (isInDoubt(desk.task(taskUuid))) await poll(errand, false);
  else desk.tell(taskUuid, { type: "task-cancelled", at: desk.tools.clock.now() });
}

function endFailed({ desk, taskUuid }: Errand, failure: Failure): void {
  const type = failure.kind === "refused" ? "task-refused" : "task-failed";
  desk.tell(taskUuid, { type, at: desk.tools.clock.now(), failure });
}

async function poll(errand: Errand, isKnown: boolean): Promise<void> {
  const { desk, taskUuid } = errand;
  const { clock, timing } = desk.tools;
  const isAsync = desk.settings().delivery === "async";
  if (!isAsync) desk.park(taskUuid);
  const settleMs = isAsync ? timing.settleAsyncMs : timing.settleMs;
  await pollTask(errand, { deadlineAt: clock.now() + settleMs, isKnown });
}
