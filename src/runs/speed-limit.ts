const START = 4;

/** How many tasks may be in flight just now: halves when the service has too much to do, then grows back one by one. */
export interface SpeedLimit {
  limit: () => number;
  /** True from the first slowing down until the limit is back where it was. */
  isSlowedDown: () => boolean;
  /** What the person allows, 1–16. */
  setMost: (most: number) => void;
  succeeded: () => void;
  /**
   * `sentAt` is when the task that was turned away was sent, `now` the present; epoch milliseconds. False where that
   * task was in flight with one that slowed everything down already.
   */
  slowDown: (sentAt: number, now: number) => boolean;
}

/**
 * Additive increase, multiplicative decrease, as TCP does it (RFC 5681, section 3.1): a full round of successes earns one
 * more, and of the tasks that were in flight together only the first to be turned away halves the limit.
 */
export function createSpeedLimit(options: { most: number; start?: number }): SpeedLimit {
  const start = options.start ?? START;
  let most = options.most;
  let limit = Math.min(start, most);
  let successes = 0;
  let slowedAt = -Infinity;
  let recoverTo = 0;
  return {
    limit: () => limit,
    isSlowedDown: () => limit < Math.min(recoverTo, most),
    setMost: (value) => {
      most = value;
      limit = Math.min(limit, most);
      // Until the service has said otherwise, a person who allows more at once is given the usual start.
      if (slowedAt === -Infinity) limit = Math.min(most, Math.max(limit, start));
    },
    succeeded: () => {
      successes += 1;
      if (successes < limit) return;
      successes = 0;
      limit = Math.min(most, limit + 1);
    },
    slowDown: (sentAt, now) => {
      if (sentAt < slowedAt) return false;
      slowedAt = now;
      successes = 0;
      recoverTo = Math.max(limit, limit < recoverTo ? recoverTo : 0);
      limit = Math.max(1, Math.floor(limit / 2));
      return true;
    },
  };
}
