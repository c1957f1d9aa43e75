import { purseOf } from "#src/domain/connection.ts";
import { FailureError } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import type { RunId, TaskUuid } from "#src/domain/task.ts";
import { planTasks, sortOutUnsettled } from "./ledger.ts";
import type {
  Clock,
  Ledger,
  Locks,
  Network,
  PictureSource,
  TabChannel,
  TaskClient,
  TaskTools,
  Timing,
} from "./ports.ts";
import { createPrices } from "./budget.ts";
import { blankStatus, type RunEvent, type RunPlan, type RunStatus } from "./run-events.ts";
import { TabLink } from "./tab-link.ts";
import { readTabMessage } from "./tab-messages.ts";
import { TIMING } from "./task-flow.ts";
import { createThrottles, type Throttles } from "./throttle.ts";

/** Runs tasks of any number of sheets. Plain TypeScript: clock, network, storage and locks come in as arguments. */
export interface RunEngine {
  /**
   * Takes over (or follows) a sheet's unfinished tasks; returns the function that releases it. The run's status is told as
   * soon as it is known.
   */
  open(sheetId: SheetId): () => void;
  /**
   * Writes the plan's tasks to the ledger, then sends them; if a run is stopped, only them. Resolves once they are
   * written.
   */
  start(plan: RunPlan): Promise<RunId>;
  /**
   * Says of how many images the tasks are yet to be written, which join a run: the status counts them, and the run is
   * under way as long as there are any. Only this tab knows them, and they are gone with it.
   */
  expect(sheetId: SheetId, toCome: number): void;
  pause(sheetId: SheetId): void;
  /** Resumes the run. The user agrees that waiting tasks are paid through this tab's connection. */
  resume(sheetId: SheetId): void;
  /**
   * Looks unsettled tasks up again, which costs nothing, and settles those that have an answer. With `mayPost`, those
   * that are young enough for the service to know their id are also sent again under it: the service does no work twice
   * for an id it has. Tasks of a purse other than this connection's are left alone.
   */
  lookAgain(sheetId: SheetId, look: { taskUuids: readonly TaskUuid[]; mayPost: boolean }): void;
  /** Unsent tasks, of one run or of all, end as cancelled; sent ones are awaited and kept. */
  cancel(sheetId: SheetId, runId?: RunId): void;
  /** Those of these that were never sent end as cancelled; whatever else the sheet asks for goes on. */
  cancelWaiting(sheetId: SheetId, taskUuids: readonly TaskUuid[]): void;
  /** Applies new settings in every tab. The caller stores them. A raised cap does not resume the run by itself. */
  configure(sheetId: SheetId, settings: RunSettings): void;
  status(sheetId: SheetId): RunStatus;
  subscribe(listener: (event: RunEvent) => void): () => void;
  /** Ends everything at once, for "erase everything" and tests. Sent tasks stay in the ledger as in flight. */
  stop(): Promise<void>;
}

export interface RunEngineOptions {
  /** The storage that a sheet is kept in: on disk or in memory. */
  ledgerOf: (sheetId: SheetId) => Ledger;
  /**
   * A client for the connection in use. The connection must be settled before the engine is made.
   */
  client: () => TaskClient;
  /** Calls back when another connection is in use; returns the function that ends that. */
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
  /** Tasks in flight at first; 4 by default. */
  startAt?: number;
}

interface Engine {
  options: RunEngineOptions;
  tools: TaskTools;
  throttles: Throttles;
  links: Map<SheetId, TabLink>;
  /** Including those that are being closed. */
  allLinks: Set<TabLink>;
  listeners: Set<(event: RunEvent) => void>;
  over: AbortController;
}

/**
 * Runs tasks of any number of sheets, each in one tab of this browser. Every task is on disk with its UUID before it
 * is sent. Whatever happens to the page, it is either answered once or known to be unsettled.
 */
export function createRunEngine(options: RunEngineOptions): RunEngine {
  const turnToConnection = (): void => {
    for (const link of engine.links.values()) link.turnToConnection();
  };
  const engine = assemble(options, turnToConnection);
  const order = (sheetId: SheetId, word: Parameters<TabLink["order"]>[0]): void =>
    withLink(engine, sheetId, (link) => link.order(word));
  const ends = [
    options.channel.listen((message) => hear(engine, message)),
    options.network.subscribe(() => {
      if (options.network.isOnline()) for (const link of engine.links.values()) link.turnOnline();
    }),
    options.onConnectionChange(turnToConnection),
  ];
  return {
    open: (sheetId) => {
      if (engine.over.signal.aborted) return () => undefined;
      const link = linkTo(engine, sheetId);
      const status = link.status();
      // Until the role is known, the ledger's word stands: a link says by itself what it finds.
      if (status !== null)
        for (const listener of engine.listeners) listener({ type: "run-changed", status });
      return link.keep();
    },
    start: (plan) => start(engine, plan),
    expect: (sheetId, toCome) => engine.links.get(sheetId)?.expect(toCome),
    pause: (sheetId) => order(sheetId, { kind: "pause" }),
    resume: (sheetId) =>
      order(sheetId, { kind: "resume", purse: purseOf(options.client().connection) }),
    lookAgain: (sheetId, { taskUuids, mayPost }) =>
      order(sheetId, { kind: "look-again", taskUuids: [...taskUuids], mayPost }),
    cancel: (sheetId, runId) => order(sheetId, { kind: "cancel", runId: runId ?? null }),
    cancelWaiting: (sheetId, taskUuids) =>
      order(sheetId, { kind: "cancel-waiting", taskUuids: [...taskUuids] }),
    configure: (sheetId, settings) => withLink(engine, sheetId, (link) => link.configure(settings)),
    status: (sheetId) => engine.links.get(sheetId)?.status() ?? idleStatus(engine, sheetId),
    subscribe: (listener) => {
      engine.listeners.add(listener);
      return () => engine.listeners.delete(listener);
    },
    stop: async () => {
      for (const end of ends) end();
      engine.over.abort();
      for (const link of engine.links.values()) link.leave();
      await Promise.all([...engine.allLinks].map(({ gone }) => gone));
    },
  };
}

function assemble(options: RunEngineOptions, onQuiet: () => void): Engine {
  const { clock, locks, startAt } = options;
  return {
    options,
    tools: {
      ...options,
      timing: { ...TIMING, ...options.timing },
      prices: createPrices([]),
    },
    throttles: createThrottles({
      locks,
      clock,
      ...(startAt === undefined ? {} : { startAt }),
      onSlowedDown: (connection, quietUntil) =>
        options.channel.post({ type: "service-busy", connection, quietUntil }),
      onQuiet,
    }),
    links: new Map(),
    allLinks: new Set(),
    listeners: new Set(),
    over: new AbortController(),
  };
}

function linkTo(engine: Engine, sheetId: SheetId): TabLink {
  const found = engine.links.get(sheetId);
  if (found !== undefined) return found;
  const { options, tools, throttles } = engine;
  const ledger = options.ledgerOf(sheetId);
  const link = new TabLink(sheetId, {
    tools,
    throttles,
    locks: options.locks,
    ledger,
    emit: (event) => {
      for (const listener of engine.listeners) listener(event);
    },
    post: (message) => {
      // No other tab may hear of a memory-only sheet.
      if (ledger.keeping === "disk") options.channel.post(message);
    },
    over: engine.over.signal,
    newUuid: options.newUuid,
    onLeft: () => {
      if (engine.links.get(sheetId) === link) engine.links.delete(sheetId);
    },
  });
  engine.links.set(sheetId, link);
  engine.allLinks.add(link);
  // oxlint-disable-next-line typescript/no-floating-promises -- a link is gone as well if it failed: this never rejects
  link.gone.then(() => engine.allLinks.delete(link));
  return link;
}

async function start(engine: Engine, plan: RunPlan): Promise<string> {
  const { newUuid, clock, client } = engine.options;
  const { sheetId } = plan;
  if (engine.over.signal.aborted) throw new FailureError({ kind: "cancelled" });
  const link = linkTo(engine, sheetId);
  const letGo = link.keep();
  try {
    await link.known;
    const ledger = engine.options.ledgerOf(sheetId);
    const runId = plan.joins ?? newUuid();
    const purse = purseOf(client().connection);
    const { unasked, unsettled } = await sortOutUnsettled(plan, { ledger, purse });
    if (unasked.questions.length > 0 || unsettled.length === 0) {
      const tasks = await planTasks(unasked, { ledger, purse, runId, now: clock.now(), newUuid });
      await ledger.write({ tasks }, "strict");
      for (const listener of engine.listeners) listener({ type: "tasks-added", sheetId, tasks });
      link.add(tasks, runId, plan.joins !== undefined);
    }
    if (unsettled.length > 0)
      link.order({ kind: "look-again", taskUuids: unsettled, mayPost: true });
    return runId;
  } finally {
    letGo();
  }
}

// A sheet that nobody has opened here may have tasks that an earlier page left.
function withLink(engine: Engine, sheetId: SheetId, step: (link: TabLink) => void): void {
  if (engine.over.signal.aborted) return;
  const link = linkTo(engine, sheetId);
  const letGo = link.keep();
  link.known
    .then(() => step(link))
    .finally(letGo)
    // The link tells its sheet by itself that its ledger can't be read.
    .catch(() => undefined);
}

function hear(engine: Engine, received: unknown): void {
  const message = readTabMessage(received);
  if (message === null) return;
  if (message.type === "service-busy")
    engine.throttles.slowedElsewhere(message.connection, message.quietUntil);
  else engine.links.get(message.sheetId)?.hear(message);
}

function idleStatus(engine: Engine, sheetId: SheetId): RunStatus {
  const throttle = engine.throttles.of(engine.options.client().connection);
  return {
    ...blankStatus(sheetId),
    limit: throttle.limit(),
    slowedDown: throttle.isSlowedDown(),
    quietUntil: throttle.quietUntil(),
  };
}
