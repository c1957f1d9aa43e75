import type { Failure } from "#src/domain/failure.ts";
import type { TaskUuid } from "#src/domain/task.ts";
import { maySendAgain } from "#src/catalog/service-memory.ts";
import { stopForPurse, type Desk, type Errand } from "./desk.ts";

/** False once a UUID that may have been accepted is so old that the service may have forgotten it. */
export function mayPostAgain(desk: Desk, taskUuid: TaskUuid): boolean {
  return maySendAgain(desk.task(taskUuid).times.firstSentAt, desk.tools.clock.now());
}

/** Nothing told how it ended, and nothing will: it may have been charged. */
export function unsettle({ desk, taskUuid }: Errand): void {
  const failure: Failure = { kind: "timed-out", by: "deadline" };
  desk.tell(taskUuid, { type: "task-unsettled", at: desk.tools.clock.now(), failure });
}

/** Only the connection it was sent by knows of it: it waits for that one, as long as waiting can help. */
export function leaveToItsPurse(errand: Errand): void {
  const { desk, taskUuid } = errand;
  if (!mayPostAgain(desk, taskUuid)) {
    unsettle(errand);
    return;
  }
  desk.tell(taskUuid, { type: "task-postponed", mayBeAccepted: true });
  desk.stopRun(stopForPurse(desk.task(taskUuid)));
}
