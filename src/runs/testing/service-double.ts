import type { Delivery, TaskOrder } from "#src/domain/delivery.ts";
import { FailureError, type Failure } from "#src/domain/failure.ts";
import type { Clock, TaskClient } from "#src/runs/ports.ts";
import { sleep } from "#src/runs/sleep.ts";

/** What can go wrong with one request. "after": the work was done and paid for, and its reply got lost. */
export type Trouble =
  | "dropped-before"
  | "dropped-after"
  | "broken-before"
  | "broken-after"
  | "timed-out-after"
  | "rate-limited"
  | "busy"
  | "error"
  | "no-server";

/** A stand-in for the service, for tests: it refuses a UUID twice, and keeps a ledger of what it billed. */
export interface ServiceDouble {
  client: TaskClient;
  /** Micro-dollars billed, by UUID; each time it was billed. */
  billed: Map<string, number[]>;
  /** Every POST of a task that came in, whatever became of it. */
  asked: TaskOrder[];
  lookedUp: string[];
  inFlight: () => number;
  mostInFlight: () => number;
}

export interface ServiceOptions {
  clock: Clock;
  /** What goes wrong with the nth request, from 0; null if nothing does. */
  trouble?: (order: TaskOrder, nth: number) => Trouble | Failure | null;
  costMicroUsd?: (order: TaskOrder) => number | null;
  serviceMs?: number;
  /**
   * True while the service can't be reached: nothing gets through, and what is under way is cut, with the work
   * being done.
   */
  isDown?: () => boolean;
  /** Whether getResponse finds tasks that were sent for a synchronous answer. */
  keepsResults?: boolean | (() => boolean);
  /** How long a UUID counts as used. */
  remembersMs?: number;
  purse?: "sandbox" | "runware";
}

interface Known {
  acceptedAt: number;
  doneAt: number;
  delivery: Delivery;
}

const DEFAULTS = {
  trouble: () => null,
  costMicroUsd: () => 1900,
  serviceMs: 200,
  isDown: () => false,
  keepsResults: true,
  remembersMs: 3_600_000,
  purse: "runware",
} as const;
const ROUND_TRIP_MS = 20;

interface Service {
  options: Required<ServiceOptions>;
  known: Map<string, Known>;
  billed: Map<string, number[]>;
  asked: TaskOrder[];
  lookedUp: string[];
  inFlight: number;
  most: number;
}

export function createServiceDouble(given: ServiceOptions): ServiceDouble {
  const service: Service = {
    options: { ...DEFAULTS, ...given },
    known: new Map(),
    billed: new Map(),
    asked: [],
    lookedUp: [],
    inFlight: 0,
    most: 0,
  };
  const { billed, asked, lookedUp, options } = service;
  return {
    billed,
    asked,
    lookedUp,
    inFlight: () => service.inFlight,
    mostInFlight: () => service.most,
    client: {
      connection: { kind: "proxy", baseUrl: "http://double/api", upstream: options.purse },
      ask: (order, { signal }) => ask(service, order, signal),
      lookUp: (taskUuid, { signal }) =>
        visit(service, { signal, ms: ROUND_TRIP_MS }, () => {
          lookedUp.push(taskUuid);
          const task = service.known.get(taskUuid);
          const { keepsResults } = options;
          const keeps = typeof keepsResults === "function" ? keepsResults() : keepsResults;
          const isThere = task !== undefined && keeps && task.doneAt <= options.clock.now();
          return isThere ? task.delivery : { kind: "processing" };
        }),
    },
  };
}

function ask(service: Service, order: TaskOrder, signal: AbortSignal): Promise<Delivery> {
  const { options, known } = service;
  const soon = { signal, ms: ROUND_TRIP_MS };
  const trouble = options.trouble(order, service.asked.push(order) - 1);
  if (options.isDown()) return visit(service, soon, () => fail(failureOf("dropped-before")));
  const usedAt = known.get(order.taskUuid)?.acceptedAt ?? -Infinity;
  const isLost = typeof trouble === "string" && trouble.endsWith("-after");
  if (trouble !== null && !isLost) return visit(service, soon, () => fail(failureOf(trouble)));
  if (options.clock.now() - usedAt < options.remembersMs)
    return visit(service, soon, () => fail({ kind: "conflict", saidBy: "service" }));
  const delivery = accept(service, order);
  if (order.delivery === "async" && !isLost)
    return visit(service, soon, () => ({ kind: "processing" }));
  return visit(service, { signal, ms: options.serviceMs }, () =>
    trouble === null ? delivery : fail(failureOf(trouble)),
  );
}

function accept({ options, known, billed }: Service, order: TaskOrder): Delivery {
  const costMicroUsd = options.costMicroUsd(order);
  const delivery: Delivery = {
    kind: "answered",
    answer: { kind: "caption", text: `Seen by ${order.modelId}.` },
    costMicroUsd,
    source: options.purse === "sandbox" ? "sandbox" : "service",
    serviceMs: null,
  };
  const acceptedAt = options.clock.now();
  known.set(order.taskUuid, { acceptedAt, doneAt: acceptedAt + options.serviceMs, delivery });
  billed.set(order.taskUuid, [...(billed.get(order.taskUuid) ?? []), costMicroUsd ?? 0]);
  return delivery;
}

async function visit<Word>(
  service: Service,
  { signal, ms }: { signal: AbortSignal; ms: number },
  work: () => Word,
): Promise<Word> {
  service.inFlight += 1;
  service.most = Math.max(service.most, service.inFlight);
  try {
    const wasDown = service.options.isDown();
    await sleep(service.options.clock, ms, signal);
    if (wasDown || service.options.isDown()) fail(failureOf("dropped-before"));
    return work();
  } finally {
    service.inFlight -= 1;
  }
}

/** A small seeded source of chance, 0–1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function failureOf(trouble: Trouble | Failure): Failure {
  if (typeof trouble !== "string") return trouble;
  switch (trouble) {
    case "dropped-before":
    case "dropped-after":
      return { kind: "unreachable", via: "proxy" };
    case "broken-before":
    case "broken-after":
      return { kind: "bad-response", status: 200, detail: "broken-json" };
    case "timed-out-after":
      return { kind: "timed-out", by: "deadline" };
    case "rate-limited":
      return { kind: "rate-limited", retryAfterMs: null, saidBy: "service" };
    case "busy":
      return { kind: "service-trouble", status: 503, code: null, retryAfterMs: null };
    case "no-server":
      return {
        kind: "service-trouble",
        status: 200,
        code: "noAvailableServer",
        retryAfterMs: null,
        saidBy: "service",
      };
    case "error":
      return { kind: "service-trouble", status: 500, code: "inferenceError", retryAfterMs: null };
  }
}

function fail(failure: Failure): never {
  throw new FailureError(failure);
}
