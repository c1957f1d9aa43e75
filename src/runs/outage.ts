import { onAbort } from "#src/lib/on-abort.ts";
import type { Clock } from "./ports.ts";
import { sleep } from "./sleep.ts";

// As often as the service's own SDK asks for an answer.
const FIRST_REST_MS = 1000;
const REST_GROWTH = 1.5;
const LONGEST_REST_MS = 10_000;

/** Checks from time to time whether what holds a run up has passed. */
export interface OutageWatch {
  /** Begins to check, unless it does so already. */
  start: () => void;
  /** Checks now, instead of at the end of the pause. */
  lookNow: () => void;
}

export function createOutageWatch(watched: {
  clock: Clock;
  over: AbortSignal;
  /** False once the run carries on, or is stopped for another reason: then the checks end. */
  isHeldUp: () => boolean;
  hasPassed: () => Promise<boolean>;
  onPassed: () => void;
}): OutageWatch {
  let rest: AbortController | null = null;
  const lookNow = (): void => rest?.abort();
  const watch = async (): Promise<void> => {
    const stopListening = onAbort(watched.over, lookNow);
    for (let restMs = FIRST_REST_MS; ; restMs = Math.min(restMs * REST_GROWTH, LONGEST_REST_MS)) {
      rest = new AbortController();
      // If it is woken early, it checks at once whether there is still something to wait for.
      await sleep(watched.clock, restMs, rest.signal).catch(() => undefined);
      if (!watched.isHeldUp() || (await watched.hasPassed())) break;
    }
    stopListening();
    rest = null;
    if (watched.isHeldUp()) watched.onPassed();
  };
  return {
    start: () => {
      // oxlint-disable-next-line typescript/no-floating-promises -- both looks have their own catch, and the sleep has its own
      if (rest === null) watch();
    },
    lookNow,
  };
}
