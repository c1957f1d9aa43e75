import type { Connection } from "#src/domain/connection.ts";
import { LONGEST_QUIET_MS, type Failure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { Clock, Locks } from "./ports.ts";
import { ANNOUNCED_FROM_MS, namedWaitMs } from "./retry-policy.ts";
import { createSlotPool, type SlotPool } from "./slot-pool.ts";
import { createSpeedLimit, type SpeedLimit } from "./speed-limit.ts";

/** One connection's way to the service, shared by all sheets and tabs that use it. */
export interface Lane {
  name: string;
  take: SlotPool["take"];
  limit: () => number;
  isSlowedDown: () => boolean;
  /** True while the service wants quiet, for however short a time. */
  isQuiet: () => boolean;
  /** Until when, epoch milliseconds; null if it wants none, or one so short that it is not worth a word. */
  quietUntil: () => number | null;
  succeeded: () => void;
  /** The service has too much to do: slows every task down, in every tab. */
  overloaded: (failure: Failure, sentAt: number) => void;
}

export interface Lanes {
  of: (connection: Connection) => Lane;
  /**
   * What a sheet allows in flight over the connection it uses; null if it runs no more. The most careful sheet of a lane
   * counts. A sheet uses one lane at a time, so its word in any other is taken back.
   */
  allow: (sheetId: SheetId, connection: Connection, most: number | null) => void;
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
  /** A quiet has begun or ended: runs rest, or go on. */
  onQuiet: () => void;
}

const MOST_EVER = 16;

/** A lane from within. */
interface OwnLane {
  lane: Lane;
  speed: SpeedLimit;
  slots: SlotPool;
  allowed: Map<SheetId, number>;
}

export function createLanes(options: LaneOptions): Lanes {
  const lanes = new Map<string, OwnLane>();
  const laneNamed = (name: string) => {
    const found = lanes.get(name) ?? createLane(name, options);
    lanes.set(name, found);
    return found;
  };
  return {
    of: (connection) => laneNamed(nameOf(connection)).lane,
    allow: (sheetId, connection, most) => {
      const used = laneNamed(nameOf(connection));
      for (const own of lanes.values()) {
        if (own === used && most !== null) own.allowed.set(sheetId, most);
        else if (!own.allowed.delete(sheetId)) continue;
        own.speed.setMost(Math.min(MOST_EVER, ...own.allowed.values()));
      }
    },
    slowedElsewhere: (name, quietUntil) => {
      const now = options.clock.now();
      const { speed, slots } = laneNamed(name);
      speed.slowDown(now, now);
      slots.quietUntil(Math.min(quietUntil, now + LONGEST_QUIET_MS));
      options.onQuiet();
    },
  };
}

function createLane(
  name: string,
  { locks, clock, startAt, onSlowedDown, onQuiet }: LaneOptions,
): OwnLane {
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
  const lane: Lane = {
    name,
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
  return { lane, speed, slots, allowed: new Map() };
}

function nameOf(connection: Connection): string {
  return connection.kind === "direct" ? "direct" : connection.baseUrl;
}
