import type { Clock, Locks } from "./ports.ts";
import { createWaitingLine, type WaitingLine } from "./waiting-line.ts";

/** Turns to have a request in flight. */
export interface SlotPool {
  /** Resolves with what gives the slot back. Urgent ones go first. Rejects as cancelled when the signal aborts. */
  take: WaitingLine["join"];
  /** No slot is given before this moment, epoch milliseconds: the service asked for quiet. */
  quietUntil: (moment: number) => void;
  /** The quiet that is being kept, with its whole length; null if there is none. */
  quiet: () => { until: number; forMs: number } | null;
}

interface Permit {
  index: number;
  state: "asked" | "idle" | "busy";
  heldSince: number;
  letGo: () => void;
}

export interface SlotPoolOptions {
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
  line: WaitingLine;
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
    line: createWaitingLine(),
    permits: new Map(),
    quiet: null,
  };
  return {
    take: (place) => {
      const turn = pool.line.join(place);
      serve(pool);
      return turn;
    },
    quietUntil: (moment) => keepQuiet(pool, moment),
    quiet: () => pool.quiet,
  };
}

// A stretch of time, not a moment to wait for: a device's clock that is set back would make that an hour.
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
  const wanted = pool.line.length() - countAsked(pool);
  for (let index = 0, left = wanted; index < pool.limit() && left > 0; index += 1) {
    if (pool.permits.has(index)) continue;
    ask(pool, index);
    left -= 1;
  }
}

function countAsked(pool: Pool): number {
  let count = 0;
  for (const { state } of pool.permits.values()) if (state === "asked") count += 1;
  return count;
}

function handOver(pool: Pool, permit: Permit): void {
  // Less than no time has passed where the device's clock was set back.
  const heldMs = pool.clock.now() - permit.heldSince;
  const isOver = heldMs < 0 || heldMs >= LEASE_MS || permit.index >= pool.limit();
  if (isOver || pool.line.length() === 0) {
    pool.permits.delete(permit.index);
    permit.letGo();
    return;
  }
  permit.state = "busy";
  let isGivenBack = false;
  pool.line.callUp(() => {
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
