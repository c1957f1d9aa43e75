import { toFailure } from "#src/domain/failure.ts";
import { isInDoubt } from "#src/domain/task.ts";
import type { Drive } from "./drive.ts";
import { isSilence } from "./retry-policy.ts";
import { sleep } from "./sleep.ts";

// As often as the service's own SDK asks for an answer.
const FIRST_REST_MS = 1000;
const REST_GROWTH = 1.5;
const LONGEST_REST_MS = 10_000;

/**
 * Looks from time to time whether somebody answers again, and calls back once that is so. What it sends is a look-up of
 * one of the run's own tasks: that is free, pays for nothing, and goes the whole way, where a proxy's health would say
 * only that the proxy lives. It ends as soon as the run stands still for another reason, or goes on.
 */
export async function awaitEndOfOutage(drive: Drive, onEnd: () => void): Promise<void> {
  if (drive.outageRest !== null) return;
  const wake = (): void => drive.outageRest?.abort();
  drive.over.addEventListener("abort", wake, { once: true });
  const isOver = await lookUntilAnswered(drive);
  drive.over.removeEventListener("abort", wake);
  drive.outageRest = null;
  if (isOver && isOut(drive)) onEnd();
}

/** False if there is nothing to wait for any more. */
async function lookUntilAnswered(drive: Drive): Promise<boolean> {
  for (let restMs = FIRST_REST_MS; ; restMs = Math.min(restMs * REST_GROWTH, LONGEST_REST_MS)) {
    const rest = new AbortController();
    drive.outageRest = rest;
    // Woken before its time, it looks at once whether there still is something to wait for.
    await sleep(drive.tools.clock, restMs, rest.signal).catch(() => undefined);
    if (!isOut(drive)) return false;
    if (await isAnswered(drive)) return true;
  }
}

function isOut(drive: Drive): boolean {
  return !drive.over.aborted && drive.stop?.kind === "outage";
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
