import type { Connection } from "#src/domain/connection.ts";
import type { Failure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { Clock, Locks } from "./ports.ts";
import { namedWaitMs } from "./retry-policy.ts";
import { createSlotPool, type SlotPool } from "./slot-pool.ts";
import { createSpeedLimit, type SpeedLimit } from "./speed-limit.ts";

/** One connection's way to the service, shared by all sheets and tabs that use it. */
export interface Lane {
  name: string;
  take: SlotPool["take"];
  limit: () => number;
  isSlowedDown: () => boolean;
  succeeded: () => void;
  /** The service has too much to do: slows every task down, in every tab. */
  overloaded: (failure: Failure, sentAt: number) => void;
  /** What this sheet allows in flight; null when it runs no more. The most careful sheet counts. */
  allow: (sheetId: SheetId, most: number | null) => void;
}

export interface Lanes {
  of: (connection: Connection) => Lane;
  /** Another tab was slowed down. */
  slowedElsewhere: (lane: string, quietUntil: number) => void;
}

export interface LaneOptions {
  locks: Locks;
  clock: Clock;
  /** Tasks in flight at first; the default is the speed limit's own. */
  startAt?: number;
  /** Tells the other tabs. */
  onSlowedDown: (lane: string, quietUntil: number) => void;
}

const MOST_EVER = 16;

export function createLanes(options: LaneOptions): Lanes {
  const lanes = new Map<string, { lane: Lane; speed: SpeedLimit; slots: SlotPool }>();
  const laneNamed = (name: string) => {
    const found = lanes.get(name) ?? createLane(name, options);
    lanes.set(name, found);
    return found;
  };
  return {
    of: (connection) => laneNamed(nameOf(connection)).lane,
    slowedElsewhere: (name, quietUntil) => {
      const now = options.clock.now();
      const { speed, slots } = laneNamed(name);
      speed.slowDown(now, now);
      slots.quietUntil(quietUntil);
    },
  };
}

function createLane(
  name: string,
  { locks, clock, startAt, onSlowedDown }: LaneOptions,
): { lane: Lane; speed: SpeedLimit; slots: SlotPool } {
  const allowed = new Map<SheetId, number>();
  const speed = createSpeedLimit({
    most: MOST_EVER,
    ...(startAt === undefined ? {} : { start: startAt }),
  });
  const slots = createSlotPool({
    name: `contact-sheet slot ${name}`,
    limit: speed.limit,
    locks,
    clock,
  });
  const lane: Lane = {
    name,
    take: slots.take,
    limit: speed.limit,
    isSlowedDown: speed.isSlowedDown,
    succeeded: speed.succeeded,
    overloaded: (failure, sentAt) => {
      const now = clock.now();
      const quietUntil = now + (namedWaitMs(failure) ?? 0);
      slots.quietUntil(quietUntil);
      if (speed.slowDown(sentAt, now)) onSlowedDown(name, quietUntil);
    },
    allow: (sheetId, most) => {
      if (most === null) allowed.delete(sheetId);
      else allowed.set(sheetId, most);
      speed.setMost(Math.min(MOST_EVER, ...allowed.values()));
    },
  };
  return { lane, speed, slots };
}

function nameOf(connection: Connection): string {
  return connection.kind === "direct" ? "direct" : connection.baseUrl;
}
