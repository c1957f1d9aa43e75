import { purseOf } from "#src/domain/connection.ts";
import { FailureError } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import { TIMING, type TaskTools, type Timing } from "./desk.ts";
import { createLanes, type Lanes } from "./lanes.ts";
import { planTasks, sortOutUnsettled } from "./plan-tasks.ts";
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
import type { RunEngine, RunEvent, RunPlan, RunStatus } from "./run-engine.ts";
import { takeSeat, type Seat } from "./sheet-seat.ts";
import { readTabMessage, type PostedMessage } from "./tab-messages.ts";

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
  lanes: Lanes;
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
    lanes: createLanes({
      locks,
      clock,
      ...(startAt === undefined ? {} : { startAt }),
      onSlowedDown: (lane, quietUntil) => post(options, { type: "service-busy", lane, quietUntil }),
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
  const { options, tools, lanes } = engine;
  const ledger = options.ledgerOf(sheetId);
  const seat = takeSeat(sheetId, {
    tools,
    lanes,
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
    engine.lanes.slowedElsewhere(message.lane, message.quietUntil);
  else engine.seats.get(message.sheetId)?.hear(message);
}

function post({ channel }: RunEngineOptions, message: PostedMessage): void {
  channel.post(message);
}

function idleStatus(engine: Engine, sheetId: SheetId): RunStatus {
  const lane = engine.lanes.of(engine.options.client().connection);
  return {
    sheetId,
    runId: null,
    phase: "idle",
    following: false,
    stop: null,
    inFlight: 0,
    limit: lane.limit(),
    slowedDown: lane.isSlowedDown(),
    quietUntil: lane.quietUntil(),
    spentMicroUsd: 0,
    heldMicroUsd: 0,
  };
}
