export interface Stopwatch {
  restart: () => void;
  /** Since it was made or last restarted. */
  seconds: () => number;
}

/** Tells how long a person has looked at something. */
export function createStopwatch(): Stopwatch {
  let since = performance.now();
  return {
    restart: () => {
      since = performance.now();
    },
    seconds: () => (performance.now() - since) / 1000,
  };
}
