import { toFailure } from "#src/domain/failure.ts";
import { isInDoubt } from "#src/domain/task.ts";
import { endsByItself, isDiskFull, type Drive } from "./drive.ts";
import { isSilence } from "./retry-policy.ts";
import { sleep } from "./sleep.ts";

// As often as the service's own SDK asks for an answer.
const FIRST_REST_MS = 1000;
const REST_GROWTH = 1.5;
const LONGEST_REST_MS = 10_000;

/**
 * Looks from time to time whether what stopped the run has passed, and calls back once that is so. Of an outage, by a
 * look-up of one of the run's own tasks: that is free, pays for nothing, and goes the whole way, where a proxy's health
 * would say only that the proxy lives. Of a full disk, by writing what it left unwritten, and a note beside that. It ends
 * as soon as the run stands still for another reason, or goes on.
 */
export async function waitOut(drive: Drive, onEnd: () => void): Promise<void> {
  if (drive.nextLook !== null) return;
  const wake = (): void => drive.nextLook?.abort();
  drive.over.addEventListener("abort", wake, { once: true });
  for (let restMs = FIRST_REST_MS; ; restMs = Math.min(restMs * REST_GROWTH, LONGEST_REST_MS)) {
    const rest = new AbortController();
    drive.nextLook = rest;
    // Woken before its time, it looks at once whether there still is something to wait for.
    await sleep(drive.tools.clock, restMs, rest.signal).catch(() => undefined);
    if (!isWaitedFor(drive) || (await hasPassed(drive))) break;
  }
  drive.over.removeEventListener("abort", wake);
  drive.nextLook = null;
  if (isWaitedFor(drive)) onEnd();
}

function isWaitedFor(drive: Drive): boolean {
  return !drive.over.aborted && endsByItself(drive.stop);
}

function hasPassed(drive: Drive): Promise<boolean> {
  return isDiskFull(drive.stop) ? hasRoom(drive) : isAnswered(drive);
}

async function hasRoom({ writer, sheetId, runId, isPaused }: Drive): Promise<boolean> {
  const written =
    runId === null ? writer.flush() : writer.writeNote({ sheetId, runId, paused: isPaused });
  return written.then(
    () => true,
    () => false,
  );
}

async function isAnswered({ tools, queue, tasks, over }: Drive): Promise<boolean> {
  const isOpen = (uuid: string): boolean => {
    const task = tasks.get(uuid);
    return task !== undefined && isInDoubt(task);
  };
  const taskUuid = queue.find(isOpen) ?? queue[0];
  if (taskUuid === undefined) return true;
  try {
    await tools.client().lookUp(taskUuid, { signal: over, timeoutMs: tools.timing.lookUpMs });
    return true;
  } catch (thrown) {
    const failure = toFailure(thrown);
    return failure.kind !== "cancelled" && !isSilence(failure);
  }
}
