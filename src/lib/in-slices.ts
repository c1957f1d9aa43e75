/** What a frame leaves free. */
const SLICE_MS = 8;

/**
 * Does work that is cut into steps, and lets the page breathe after every few milliseconds of it. Rejects with the
 * signal's reason once it is aborted, and leaves no timer behind.
 */
export async function inSlices<Result>(
  work: Generator<undefined, Result>,
  signal: AbortSignal,
): Promise<Result> {
  for (;;) {
    signal.throwIfAborted();
    const until = performance.now() + SLICE_MS;
    do {
      const step = work.next();
      if (step.done === true) return step.value;
    } while (performance.now() < until);
    // oxlint-disable-next-line no-await-in-loop -- one slice after the other
    await breath(signal);
  }
}

/** Lets the page paint and listen; ends at once if the signal fires. */
export function breath(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end);
    signal.addEventListener("abort", end);
  });
}
