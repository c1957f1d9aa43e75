import type { Clock } from "#src/runs/ports.ts";

/** A clock for tests: time passes only when everything else has come to rest. */
export interface ClockDouble extends Clock {
  /**
   * Lets time pass, from timer to timer, until the condition holds. Fails after this many milliseconds of its own time.
   */
  passUntil: (condition: () => boolean, withinMs?: number) => Promise<void>;
  /** Lets this much time pass. */
  pass: (milliseconds: number) => Promise<void>;
  pending: () => number;
}

export function createClockDouble(startAt = Date.UTC(2026, 2, 1)): ClockDouble {
  let now = startAt;
  let timers: { at: number; callback: () => void }[] = [];
  const step = async (limit: number): Promise<boolean> => {
    await settle();
    const next = timers.toSorted((left, right) => left.at - right.at)[0];
    if (next === undefined || next.at > limit) return false;
    timers = timers.filter((timer) => timer !== next);
    now = Math.max(now, next.at);
    next.callback();
    return true;
  };
  return {
    now: () => now,
    after: (milliseconds, callback) => {
      const timer = { at: now + Math.max(0, milliseconds), callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    passUntil: async (condition, withinMs = 3_600_000) => {
      const limit = now + withinMs;
      await settle();
      while (!condition())
        if (!(await step(limit)) && !condition())
          throw new Error(`Nothing more happens by itself (${timers.length} timers left)`);
    },
    pass: async (milliseconds) => {
      const limit = now + milliseconds;
      while (await step(limit));
      now = limit;
    },
    pending: () => timers.length,
  };
}

// Promises that wait for promises need more than one turn; a few turns of the event loop settle all of them.
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
