import { FailureError } from "#src/domain/failure.ts";
import { createRunEngine, type RunEngine, type RunEngineOptions } from "#src/runs/engine.ts";
import { createLocksDouble } from "./locks-double.ts";
import { createClockDouble, type ClockDouble } from "./clock-double.ts";
import type { Clock, Ledger, Network, TabChannel, TaskClient } from "#src/runs/ports.ts";
import type { RunEvent } from "#src/runs/run-events.ts";
import { seeded } from "./service-double.ts";

/** A browser for tests: one disk, its locks, its network, and any number of tabs that can be killed. */
export interface World {
  clock: ClockDouble;
  openTab: (client: TaskClient, options?: Partial<RunEngineOptions>) => Tab;
  setOnline: (isOnline: boolean) => void;
  /** Makes every write fail from now on, or stops that. */
  setFull: (isFull: boolean) => void;
}

export interface Tab {
  engine: RunEngine;
  events: RunEvent[];
  /** As if the process died: nothing that was under way continues, and its locks are released. */
  kill: () => void;
}

export function createWorldDouble(disk: Ledger): World {
  const clock = createClockDouble();
  const locks = createLocksDouble();
  const bus = createBus();
  const network = createNetworkDouble();
  let isFull = false;
  const openTab: World["openTab"] = (client, options = {}) => {
    const life = { isOver: false };
    const events: RunEvent[] = [];
    const own = locks.tab();
    const ledger = mortalLedger(disk, life, () => isFull);
    const engine = createRunEngine({
      ledgerOf: () => ledger,
      client: () => mortalClient(client, life),
      onConnectionChange: () => () => undefined,
      pictures: {
        prepare: async () => ({
          picture: { kind: "data-uri", dataUri: "data:image/jpeg;base64,AAAA" },
          sent: { width: 8, height: 8, bytes: 3 },
        }),
        forget: async () => false,
      },
      clock: mortalClock(clock, life),
      random: seeded(7),
      newUuid: () => crypto.randomUUID(),
      locks: own.locks,
      channel: bus.join(life),
      network,
      ...options,
    });
    engine.subscribe((event) => events.push(event));
    const kill = (): void => {
      life.isOver = true;
      own.releaseAll();
    };
    return { engine, events, kill };
  };
  return {
    clock,
    openTab,
    setOnline: network.set,
    setFull: (value) => {
      isFull = value;
    },
  };
}

function createNetworkDouble(): Network & { set: (isOnline: boolean) => void } {
  const listeners = new Set<() => void>();
  let online = true;
  return {
    isOnline: () => online,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set: (isOnline) => {
      online = isOnline;
      for (const listener of listeners) listener();
    },
  };
}

type Life = { isOver: boolean };

const never = new Promise<never>(() => undefined);

function mortalLedger(disk: Ledger, life: Life, isFull: () => boolean): Ledger {
  return {
    ...disk,
    write: async (rows, durability) => {
      // A disk takes a moment: the tests would catch anything that is sent before it has answered.
      await new Promise((resolve) => setImmediate(resolve));
      if (life.isOver) return never;
      if (isFull()) throw new FailureError({ kind: "storage-full" });
      return disk.write(rows, durability);
    },
  };
}

function mortalClient(client: TaskClient, life: Life): TaskClient {
  const unlessOver = async <Word>(word: Promise<Word>): Promise<Word> => {
    try {
      const heard = await word;
      return life.isOver ? await never : heard;
    } catch (thrown) {
      if (life.isOver) return never;
      throw thrown;
    }
  };
  return {
    connection: client.connection,
    ask: (order, limits) => (life.isOver ? never : unlessOver(client.ask(order, limits))),
    lookUp: (uuid, limits) => (life.isOver ? never : unlessOver(client.lookUp(uuid, limits))),
  };
}

function mortalClock(clock: Clock, life: Life): Clock {
  return {
    now: () => clock.now(),
    after: (ms, callback) =>
      clock.after(ms, () => {
        if (!life.isOver) callback();
      }),
  };
}

function createBus(): { join: (life: Life) => TabChannel } {
  const ears = new Map<Life, Set<(message: unknown) => void>>();
  return {
    join: (life) => {
      const own = new Set<(message: unknown) => void>();
      ears.set(life, own);
      return {
        post: (message) => {
          if (life.isOver) return;
          for (const [other, listeners] of ears)
            if (other !== life && !other.isOver)
              for (const listener of listeners)
                setImmediate(() => listener(structuredClone(message)));
        },
        listen: (listener) => {
          own.add(listener);
          return () => own.delete(listener);
        },
      };
    },
  };
}
