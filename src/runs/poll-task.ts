import type { Failure } from "#src/domain/failure.ts";
import type { Errand } from "./desk.ts";
import { unsettle } from "./doubtful-task.ts";
import { lookUpOnce } from "./look-up.ts";
import { isSilence } from "./retry-policy.ts";
import { sleep } from "./sleep.ts";

// The cadence of the service's own SDK: after 1 s, then ever later, up to every 10 s.
const FIRST_POLL_MS = 1000;
const POLL_GROWTH = 1.5;
const LONGEST_POLL_MS = 10_000;
// One error of the service may be a hiccup of the look-up; the same again and again is the task's own end.
const TROUBLES_THAT_END = 3;

export interface Polling {
  /** Epoch milliseconds. Past it the task is looked up until somebody answers, then it is unsettled. */
  deadlineAt: number;
  /** True where the service itself said that it has the task. */
  isKnown: boolean;
}

/** Waits for word of a task that was sent, and never sends it again: it ends, or is unsettled past its deadline. */
export async function pollTask(errand: Errand, polling: Polling): Promise<void> {
  const { desk, taskUuid } = errand;
  const { clock } = desk.tools;
  desk.tell(taskUuid, { type: "task-accepted" });
  let troubles = 0;
  for (let waitMs = FIRST_POLL_MS; ; waitMs = Math.min(waitMs * POLL_GROWTH, LONGEST_POLL_MS)) {
    const leftMs = polling.deadlineAt - clock.now();
    try {
      await sleep(clock, leftMs > 0 ? Math.min(waitMs, leftMs) : waitMs, desk.over);
    } catch {
      return;
    }
    const word = await lookUpOnce(errand);
    if (word === "ended" || word === "left") return;
    troubles = word === "nothing" ? 0 : troubles + 1;
    if (word !== "nothing" && isOwnEnd(word, troubles, polling)) {
      desk.tell(taskUuid, { type: "task-failed", at: clock.now(), failure: word });
      return;
    }
    // An outage is not a doubt: nothing is concluded from a look-up that nobody answered.
    const isUnanswered = word !== "nothing" && isSilence(word);
    if (isUnanswered || clock.now() < polling.deadlineAt) continue;
    unsettle(errand);
    return;
  }
}

// An error on a look-up speaks of the task only where the service is known to have it, and speaks itself.
function isOwnEnd(failure: Failure, troubles: number, { isKnown }: Polling): boolean {
  if (!isKnown) return false;
  if (failure.kind === "rejected") return failure.saidBy === "service" && !isAboutLookUp(failure);
  return (
    failure.kind === "service-trouble" &&
    failure.saidBy === "service" &&
    troubles >= TROUBLES_THAT_END
  );
}

// A service that keeps no answers may refuse to look one up, which says nothing of the task.
function isAboutLookUp({ code, parameter }: { code: string; parameter: string | null }): boolean {
  return /task_?(uuid|id|type)|getresponse/iu.test(`${code} ${parameter ?? ""}`);
}
