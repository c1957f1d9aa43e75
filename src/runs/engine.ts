import { purseOf } from "#src/domain/connection.ts";
import { FailureError } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import type { RunId, TaskUuid } from "#src/domain/task.ts";
import { TIMING, type TaskTools, type Timing } from "./desk.ts";
import { planTasks, sortOutUnsettled } from "./ledger.ts";
import type {
  Clock,
  Ledger,
  Locks,
  Network,
  PictureSource,
  TabChannel,
  TaskClient,
} from "./ports.ts";
import { createPrices } from "./prices.ts";
import type { RunEvent, RunPlan, RunStatus } from "./run-events.ts";
import { takeSeat, type Seat } from "./sheet-seat.ts";
import { readTabMessage, type PostedMessage } from "./tab-messages.ts";
import { createThrottles, type Throttles } from "./throttle.ts";

/** Runs tasks of any number of sheets. Plain TypeScript: clock, network, storage and locks come in as arguments. */
export interface RunEngine {
  /** Takes over (or follows) a sheet's unfinished tasks; returns what lets go of it. */
  open(sheetId: SheetId): () => void;
  /**
   * Writes the plan's tasks to the ledger, then sends them; where a run stands still, them alone. Resolves once they are
   * written.
   */
  start(plan: RunPlan): Promise<RunId>;
  pause(sheetId: SheetId): void;
  /** The person's word to go on, and to pay for all that waits over the connection of this tab. */
  resume(sheetId: SheetId): void;
  /**
   * Looks unsettled tasks up again, which costs nothing, and settles those that have an answer. With `mayPost`, those that
   * are young enough for the service to know their id are also sent again under it: what it has it doesn't work twice.
   * Tasks of another purse than this connection's are left as they are.
   */
  lookAgain(sheetId: SheetId, look: { taskUuids: readonly TaskUuid[]; mayPost: boolean }): void;
  /** Unsent tasks, of one run or of all, end as cancelled; sent ones are awaited and kept. */
  cancel(sheetId: SheetId, runId?: RunId): void;
  /** Tells of changed settings, at once and for every tab; storing them is the caller's. A raised cap does not resume by itself. */
  configure(sheetId: SheetId, settings: RunSettings): void;
  status(sheetId: SheetId): RunStatus;
  subscribe(listener: (event: RunEvent) => void): () => void;
  /** Ends everything at once, for "wipe everything" and tests. Sent tasks stay in the ledger as in flight. */
  stop(): Promise<void>;
}

export interface RunEngineOptions {
  /** Where a sheet is kept: the disk's storage or the memory's. */
  ledgerOf: (sheetId: SheetId) => Ledger;
  /** A client for the connection in use. It must be settled before the engine is made. */
  client: () => TaskClient;
  /** Calls back when another connection is in use; returns what ends that. */
  onConnectionChange: (listener: () => void) => () => void;
  pictures: PictureSource;
  clock: Clock;
  /** 0–1, as Math.random. */
  random: () => number;
  /** A new UUID v4. */
  newUuid: () => string;
  locks: Locks;
  channel: TabChannel;
  network: Network;
  timing?: Partial<Timing>;
  /** Tasks in flight at first; 4 where nothing is said. */
  startAt?: number;
}

interface Engine {
  options: RunEngineOptions;
  tools: TaskTools;
  throttles: Throttles;
  seats: Map<SheetId, Seat>;
  /** Those that are being left, too. */
  allSeats: Set<Seat>;
  listeners: Set<(event: RunEvent) => void>;
  over: AbortController;
}

/**
 * Runs tasks of any number of sheets, each in one tab of this browser. Every task is on disk with its UUID before it
 * is sent, and whatever happens to the page it is either answered once, or known to be unsettled.
 */
export function createRunEngine(options: RunEngineOptions): RunEngine {
  const engine = assemble(options, () => {
    for (const seat of engine.seats.values()) seat.turnToConnection();
  });
  const deafen = [
    options.channel.listen((message) => hear(engine, message)),
    options.network.subscribe(() => {
      if (options.network.isOnline())
        for (const seat of engine.seats.values()) seat.wakeFromOffline();
    }),
    options.onConnectionChange(() => {
      for (const seat of engine.seats.values()) seat.turnToConnection();
    }),
  ];
  return {
    open: (sheetId) =>
      engine.over.signal.aborted ? () => undefined : seatAt(engine, sheetId).keep(),
    start: (plan) => start(engine, plan),
    pause: (sheetId) => atSeat(engine, sheetId, (seat) => seat.order({ kind: "pause" })),
    resume: (sheetId) => {
      const purse = purseOf(options.client().connection);
      atSeat(engine, sheetId, (seat) => seat.order({ kind: "resume", purse }));
    },
    lookAgain: (sheetId, { taskUuids, mayPost }) =>
      atSeat(engine, sheetId, (seat) =>
        seat.order({ kind: "look-again", taskUuids: [...taskUuids], mayPost }),
      ),
    cancel: (sheetId, runId) =>
      atSeat(engine, sheetId, (seat) => seat.order({ kind: "cancel", runId: runId ?? null })),
    configure: (sheetId, settings) => atSeat(engine, sheetId, (seat) => seat.configure(settings)),
    status: (sheetId) => engine.seats.get(sheetId)?.status() ?? idleStatus(engine, sheetId),
    subscribe: (listener) => {
      engine.listeners.add(listener);
      return () => engine.listeners.delete(listener);
    },
    stop: async () => {
      for (const letGo of deafen) letGo();
      engine.over.abort();
      for (const seat of engine.seats.values()) seat.end();
      await Promise.all([...engine.allSeats].map(({ gone }) => gone));
    },
  };
}

function assemble(options: RunEngineOptions, onQuiet: () => void): Engine {
  const { client, pictures, clock, random, network, locks, startAt } = options;
  return {
    options,
    tools: {
      client,
      pictures,
      clock,
      random,
      network,
      timing: { ...TIMING, ...options.timing },
      prices: createPrices([]),
    },
    throttles: createThrottles({
      locks,
      clock,
      ...(startAt === undefined ? {} : { startAt }),
      onSlowedDown: (connection, quietUntil) =>
        post(options, { type: "service-busy", connection, quietUntil }),
      onQuiet,
    }),
    seats: new Map(),
    allSeats: new Set(),
    listeners: new Set(),
    over: new AbortController(),
  };
}

function seatAt(engine: Engine, sheetId: SheetId): Seat {
  const found = engine.seats.get(sheetId);
  if (found !== undefined) return found;
  const { options, tools, throttles } = engine;
  const ledger = options.ledgerOf(sheetId);
  const seat = takeSeat(sheetId, {
    tools,
    throttles,
    locks: options.locks,
    ledger,
    emit: (event) => {
      for (const listener of engine.listeners) listener(event);
    },
    post: (message) => {
      if (ledger.keeping === "disk") post(options, message);
    },
    over: engine.over.signal,
    newUuid: options.newUuid,
    onLeft: () => {
      if (engine.seats.get(sheetId) === seat) engine.seats.delete(sheetId);
    },
  });
  engine.seats.set(sheetId, seat);
  engine.allSeats.add(seat);
  void seat.gone.then(() => engine.allSeats.delete(seat));
  return seat;
}

async function start(engine: Engine, plan: RunPlan): Promise<string> {
  const { newUuid, clock, client } = engine.options;
  const { sheetId } = plan;
  if (engine.over.signal.aborted) throw new FailureError({ kind: "cancelled" });
  const seat = seatAt(engine, sheetId);
  const letGo = seat.keep();
  try {
    await seat.arrived;
    const ledger = engine.options.ledgerOf(sheetId);
    const runId = newUuid();
    const purse = purseOf(client().connection);
    const { anew, unsettled } = await sortOutUnsettled(plan, { ledger, purse });
    if (anew.questions.length > 0 || unsettled.length === 0) {
      const tasks = await planTasks(anew, { ledger, purse, runId, now: clock.now(), newUuid });
      await ledger.write({ tasks }, "strict");
      for (const listener of engine.listeners) listener({ type: "tasks-added", sheetId, tasks });
      seat.add(tasks, runId);
    }
    if (unsettled.length > 0)
      seat.order({ kind: "look-again", taskUuids: unsettled, mayPost: true });
    return runId;
  } finally {
    letGo();
  }
}

// What an earlier page left may be on a sheet that nobody has opened here.
function atSeat(engine: Engine, sheetId: SheetId, step: (seat: Seat) => void): void {
  if (engine.over.signal.aborted) return;
  const seat = seatAt(engine, sheetId);
  const letGo = seat.keep();
  void seat.arrived
    .then(() => step(seat))
    .catch(() => undefined)
    .finally(letGo);
}

function hear(engine: Engine, received: unknown): void {
  const message = readTabMessage(received);
  if (message === null) return;
  if (message.type === "service-busy")
    engine.throttles.slowedElsewhere(message.connection, message.quietUntil);
  else engine.seats.get(message.sheetId)?.hear(message);
}

function post({ channel }: RunEngineOptions, message: PostedMessage): void {
  channel.post(message);
}

function idleStatus(engine: Engine, sheetId: SheetId): RunStatus {
  const throttle = engine.throttles.of(engine.options.client().connection);
  return {
    sheetId,
    runId: null,
    phase: "idle",
    following: false,
    stop: null,
    inFlight: 0,
    limit: throttle.limit(),
    slowedDown: throttle.isSlowedDown(),
    quietUntil: throttle.quietUntil(),
    spentMicroUsd: 0,
    heldMicroUsd: 0,
  };
}
