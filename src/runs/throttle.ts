import type { Connection } from "#src/domain/connection.ts";
import { FailureError, LONGEST_QUIET_MS, type Failure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import { onAbort } from "#src/lib/on-abort.ts";
import type { Clock, Locks } from "./ports.ts";
import { ANNOUNCED_FROM_MS, namedWaitMs } from "./retry-policy.ts";

/** Concurrency and back-off for one connection, shared by every sheet and tab that uses it. */
export interface Throttle {
  take: SlotPool["take"];
  limit: () => number;
  isSlowedDown: () => boolean;
  /** True while the service wants quiet, for however short a time. */
  isQuiet: () => boolean;
  /**
   * The end of the quiet, epoch milliseconds; null if there is none, or one so short that it is not worth
   * mentioning.
   */
  quietUntil: () => number | null;
  succeeded: () => void;
  /** The service has too much to do: slows every task down, in every tab. */
  overloaded: (failure: Failure, sentAt: number) => void;
}

export interface Throttles {
  of: (connection: Connection) => Throttle;
  /**
   * What a sheet allows in flight over the connection it uses; null once it no longer runs. The smallest limit of the
   * sheets on a connection counts. A sheet uses one connection at a time, so its limit on any other is withdrawn.
   */
  allow: (sheetId: SheetId, connection: Connection, most: number | null) => void;
  /** Another tab was slowed down. */
  slowedElsewhere: (connection: string, quietUntil: number) => void;
}

export interface ThrottleOptions {
  locks: Locks;
  clock: Clock;
  /** Tasks in flight at first; the default is the speed limit's own. */
  startAt?: number;
  /** Tells the other tabs. */
  onSlowedDown: (connection: string, quietUntil: number) => void;
  /** A quiet has begun or ended: runs wait, or carry on. */
  onQuiet: () => void;
}

const MOST_EVER = 16;

interface OwnThrottle {
  throttle: Throttle;
  speed: SpeedLimit;
  slots: SlotPool;
  allowed: Map<SheetId, number>;
}

export function createThrottles(options: ThrottleOptions): Throttles {
  const throttles = new Map<string, OwnThrottle>();
  const named = (name: string) => {
    const found = throttles.get(name) ?? createThrottle(name, options);
    throttles.set(name, found);
    return found;
  };
  return {
    of: (connection) => named(nameOf(connection)).throttle,
    allow: (sheetId, connection, most) => {
      const used = named(nameOf(connection));
      for (const own of throttles.values()) {
        if (own === used && most !== null) own.allowed.set(sheetId, most);
        else if (!own.allowed.delete(sheetId)) continue;
        own.speed.setMost(Math.min(MOST_EVER, ...own.allowed.values()));
      }
    },
    slowedElsewhere: (name, quietUntil) => {
      const now = options.clock.now();
      const { speed, slots } = named(name);
      speed.slowDown(now, now);
      slots.quietUntil(Math.min(quietUntil, now + LONGEST_QUIET_MS));
      options.onQuiet();
    },
  };
}

function createThrottle(
  name: string,
  { locks, clock, startAt, onSlowedDown, onQuiet }: ThrottleOptions,
): OwnThrottle {
  const speed = createSpeedLimit({
    most: MOST_EVER,
    ...(startAt === undefined ? {} : { start: startAt }),
  });
  const slots = createSlotPool({
    name: `contact-sheet slot ${name}`,
    limit: speed.limit,
    locks,
    clock,
    onQuietOver: onQuiet,
  });
  const throttle: Throttle = {
    take: slots.take,
    limit: speed.limit,
    isSlowedDown: speed.isSlowedDown,
    isQuiet: () => slots.quiet() !== null,
    quietUntil: () => {
      const quiet = slots.quiet();
      return quiet !== null && quiet.forMs >= ANNOUNCED_FROM_MS ? quiet.until : null;
    },
    succeeded: speed.succeeded,
    overloaded: (failure, sentAt) => {
      const now = clock.now();
      const quietUntil = now + (namedWaitMs(failure) ?? 0);
      slots.quietUntil(quietUntil);
      if (speed.slowDown(sentAt, now)) onSlowedDown(name, quietUntil);
      onQuiet();
    },
  };
  return { throttle, speed, slots, allowed: new Map() };
}

function nameOf(connection: Connection): string {
  return connection.kind === "direct" ? "direct" : connection.baseUrl;
}

/** Turns to have a request in flight. */
export interface SlotPool {
  /**
   * Resolves with the function that gives the slot back. Urgent ones go first. Rejects as cancelled if the signal
   * aborts.
   */
  take: (wanted: SlotRequest) => Promise<() => void>;
  /** No slot is given before this moment, epoch milliseconds: the service asked for quiet. */
  quietUntil: (moment: number) => void;
  /** The quiet that is being kept, with its whole length; null if there is none. */
  quiet: () => { until: number; forMs: number } | null;
}

interface SlotRequest {
  urgent: boolean;
  signal: AbortSignal;
}

interface Permit {
  index: number;
  state: "asked" | "idle" | "busy";
  heldSince: number;
  letGo: () => void;
}

interface SlotPoolOptions {
  /** Pools of one name share their slots, in every tab. */
  name: string;
  limit: () => number;
  locks: Locks;
  clock: Clock;
  onQuietOver: () => void;
}

// Tabs queue for a lock in turn. Giving it back once a second lets others in without a round trip for every task.
const LEASE_MS = 1000;

interface Pool extends SlotPoolOptions {
  /** Callers waiting for a slot, urgent ones before all others. */
  waiters: { urgent: boolean; give: (giveBack: () => void) => void }[];
  permits: Map<number, Permit>;
  quiet: { until: number; forMs: number; callOff: () => void } | null;
}

/**
 * Slots that all tabs of a browser share: slot i is a lock of that name, so however many tabs run, no more than the
 * limit are in flight. A tab asks for a lock only while something waits for a slot.
 */
export function createSlotPool(options: SlotPoolOptions): SlotPool {
  const pool: Pool = {
    ...options,
    waiters: [],
    permits: new Map(),
    quiet: null,
  };
  return {
    take: (wanted) => {
      const turn = join(pool, wanted);
      serve(pool);
      return turn;
    },
    quietUntil: (moment) => keepQuiet(pool, moment),
    quiet: () => pool.quiet,
  };
}

// A length of time, not a moment to wait for: if a device's clock were set back, the wait could become an
// hour.
function keepQuiet(pool: Pool, until: number): void {
  const quietMs = until - pool.clock.now();
  if (!(quietMs > 0) || until <= (pool.quiet?.until ?? 0)) return;
  pool.quiet?.callOff();
  const callOff = pool.clock.after(quietMs, () => {
    pool.quiet = null;
    serve(pool);
    pool.onQuietOver();
  });
  pool.quiet = { until, forMs: quietMs, callOff };
}

function serve(pool: Pool): void {
  if (pool.quiet !== null) return;
  for (const permit of pool.permits.values()) if (permit.state === "idle") handOver(pool, permit);
  const asked = [...pool.permits.values()].filter(({ state }) => state === "asked").length;
  for (
    let index = 0, left = pool.waiters.length - asked;
    index < pool.limit() && left > 0;
    index += 1
  ) {
    if (pool.permits.has(index)) continue;
    ask(pool, index);
    left -= 1;
  }
}

function join({ waiters }: Pool, { urgent, signal }: SlotRequest): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new FailureError({ kind: "cancelled" }));
    if (signal.aborted) return cancel();
    const stopListening = onAbort(signal, () => {
      waiters.splice(waiters.indexOf(waiter), 1);
      cancel();
    });
    const waiter = {
      urgent,
      give: (giveBack: () => void) => {
        stopListening();
        resolve(giveBack);
      },
    };
    if (urgent) waiters.splice(waiters.findLastIndex((other) => other.urgent) + 1, 0, waiter);
    else waiters.push(waiter);
  });
}

function handOver(pool: Pool, permit: Permit): void {
  // If the device's clock was set back, less than no time has passed.
  const heldMs = pool.clock.now() - permit.heldSince;
  const isOver = heldMs < 0 || heldMs >= LEASE_MS || permit.index >= pool.limit();
  const waiter = isOver ? undefined : pool.waiters.shift();
  if (waiter === undefined) {
    pool.permits.delete(permit.index);
    permit.letGo();
    return;
  }
  permit.state = "busy";
  let isGivenBack = false;
  waiter.give(() => {
    if (isGivenBack) return;
    isGivenBack = true;
    permit.state = "idle";
    serve(pool);
  });
}

function ask(pool: Pool, index: number): void {
  const permit: Permit = { index, state: "asked", heldSince: 0, letGo: () => undefined };
  pool.permits.set(index, permit);
  const held = pool.locks.request(`${pool.name} ${index}`, {}, async () => {
    const over = new Promise<void>((resolve) => {
      permit.letGo = resolve;
    });
    permit.state = "idle";
    permit.heldSince = pool.clock.now();
    serve(pool);
    await over;
  });
  held.catch(() => pool.permits.delete(index));
}

const START = 4;

/**
 * How many tasks may currently be in flight: it halves when the service has too much to do, then grows back one by one.
 */
interface SpeedLimit {
  limit: () => number;
  /** True from the first slowing down until the limit is back where it was. */
  isSlowedDown: () => boolean;
  /** What the user allows, 1–16. */
  setMost: (most: number) => void;
  succeeded: () => void;
  /**
   * `sentAt` is when the task that was turned away was sent, `now` the present; epoch milliseconds. False if that
   * task was in flight together with one that has already slowed everything down.
   */
  slowDown: (sentAt: number, now: number) => boolean;
}

/**
 * Additive increase, multiplicative decrease, as in TCP (RFC 5681, section 3.1): a full round of successes earns one
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
      // Until the service has said otherwise, a user who allows more gets the usual start at once.
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
