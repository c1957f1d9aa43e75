import { stopForOutage, type Errand } from "./desk.ts";
import { mayPostAgain, unsettle } from "./doubtful-task.ts";
import { lookUpOnce, type LookUp } from "./look-up.ts";
import { pollTask } from "./poll-task.ts";
import { isSilence, nextWaitMs } from "./retry-policy.ts";
import { sleep } from "./sleep.ts";

/**
 * Finds out what became of a task that was sent before: by an earlier page, before a pause, or while the network was
 * away. Returns "post" where it may be sent again.
 *
 * Why this never pays twice: the UUID is the only one this question ever has, and the service refuses a UUID it has
 * (as a conflict, which is then polled for). What it does not have was never charged. The one gap is a service that
 * forgets: so past the window nothing is sent again, and a person decides.
 */
export async function recoverTask(errand: Errand): Promise<"post" | "over"> {
  const { desk, taskUuid } = errand;
  const { clock, timing } = desk.tools;
  const { state, times } = desk.task(taskUuid);
  const firstSentAt = times.firstSentAt ?? clock.now();
  if (state.phase === "polling") {
    const isAsync = desk.settings().delivery === "async";
    if (!isAsync) desk.park(taskUuid);
    const settleMs = isAsync ? timing.settleAsyncMs : timing.settleMs;
    await pollTask(errand, {
      deadlineAt: (times.sentAt ?? firstSentAt) + settleMs,
      isKnown: false,
    });
    return "over";
  }
  const word = await lookUpPatiently(errand);
  if (word === "ended" || word === "left") return "over";
  if (desk.isCancelled(taskUuid) || errand.image === null) {
    await pollTask(errand, { deadlineAt: firstSentAt + timing.settleMs, isKnown: false });
    return "over";
  }
  if (word !== "nothing" && isSilence(word)) {
    // Nobody could say anything: it waits for somebody who can.
    desk.tell(taskUuid, { type: "task-postponed", mayBeAccepted: true });
    desk.stopRun(stopForOutage(word));
    return "over";
  }
  if (!mayPostAgain(desk, taskUuid)) {
    unsettle(errand);
    return "over";
  }
  desk.tell(taskUuid, { type: "task-postponed", mayBeAccepted: true });
  return desk.mayPost(taskUuid) ? "post" : "over";
}

/** Looks an unsettled task up once, and leaves it unsettled where that brings no end of it. Costs nothing. */
export async function checkTask(errand: Errand): Promise<void> {
  const word = await lookUpOnce(errand);
  if (word !== "ended" && !errand.desk.over.aborted) unsettle(errand);
}

// A look-up that failed by itself says nothing of the task: so it is repeated before anything is concluded.
async function lookUpPatiently(errand: Errand): Promise<LookUp> {
  const { desk } = errand;
  for (let attempt = 1; ; attempt += 1) {
    const word = await lookUpOnce(errand);
    if (typeof word === "string" || (desk.isOutage() && isSilence(word))) return word;
    const waitMs = nextWaitMs(word, attempt, desk.tools.random);
    if (waitMs === null) return word;
    try {
      await sleep(desk.tools.clock, waitMs, desk.over);
    } catch {
      return "left";
    }
  }
}
