// setTimeout keeps its delay in 32 bits: a longer one overflows, and fires at once.
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * Calls back once after this many milliseconds, however many; returns the function that cancels it.
 */
export function startTimer(milliseconds: number, callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (leftMs: number): void => {
    const stepMs = Math.min(leftMs, LONGEST_DELAY_MS);
    timer = setTimeout(() => (leftMs > stepMs ? wait(leftMs - stepMs) : callback()), stepMs);
  };
  wait(milliseconds);
  return () => clearTimeout(timer);
}
