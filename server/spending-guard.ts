import * as v from "valibot";
import { MODELS } from "#src/catalog/models.ts";
import { DAY_SPENT_CODE } from "#src/domain/failure.ts";
import type { WireTask } from "#src/contract/requests.ts";
import { formatUsd, type MicroUsd, toMicroUsd } from "#src/domain/money.ts";
import type { ApiError } from "./api-error.ts";

/** What anybody may spend with the operator's key; null means without a bound. */
export interface SpendingRules {
  /** Tasks that cost money, per minute, for each client. Ten times as many that cost nothing. */
  mostPerMinute: number | null;
  /** All clients together, from midnight to midnight UTC. */
  spendPerDay: MicroUsd | null;
}

export interface SpendingClock {
  /** Milliseconds on any clock that never goes back. */
  now: () => number;
  /** The day in UTC, such as "2026-11-29". */
  today: () => string;
}

export interface TaskOrder {
  tasks: readonly WireTask[];
  /** The client's address. */
  client: string;
  isDryRun: boolean;
}

/** How a request that was let through ended. */
export type Outcome =
  | { kind: "not-sent" }
  /** Sent, but there is no readable reply. */
  | { kind: "unknown" }
  | { kind: "replied"; status: number; value: unknown };

export type Permission =
  | { kind: "granted"; settle: (outcome: Outcome) => void }
  | { kind: "refused"; refusal: ApiError };

const MINUTE_MS = 60_000;
const FREE_TASKS_FOR_A_PAID_ONE = 10;
const MOST_CLIENTS = 10_000;
const MOST_UNPRICED = 50_000;
// As long as the app asks again under the same id, which the service then knows: one task, one hold.
const SAME_TASK_MS = 10 * MINUTE_MS;
// Published prices are for short answers; a long prompt makes a longer and dearer one.
const HOLD_FACTOR = 2;
// The cost of leaving a picture with the service is not published.
const UPLOAD_HOLD: MicroUsd = 1_000;

/**
 * Bounds what clients can spend. It learns costs from the service's replies. A task of unknown cost counts at its
 * hold: twice the published price, or the dearest answer of its model seen that day. Everything is kept in memory,
 * so a restart begins the day again.
 */
export class SpendingGuard {
  readonly #rules: SpendingRules;
  readonly #clock: SpendingClock;
  readonly #paid: Buckets;
  readonly #free: Buckets;
  #day: Day;

  constructor(rules: SpendingRules, clock: SpendingClock) {
    this.#rules = rules;
    this.#clock = clock;
    this.#paid = new Buckets(rules.mostPerMinute, clock.now);
    this.#free = new Buckets(
      (rules.mostPerMinute ?? 0) * FREE_TASKS_FOR_A_PAID_ONE || null,
      clock.now,
    );
    this.#day = new Day(clock.today());
  }

  /** Lets tasks through, with money set aside for them, or refuses them all. */
  ask({ tasks, client, isDryRun }: TaskOrder): Permission {
    const paid = tasks.filter(costsMoney);
    const waitMs =
      this.#paid.waitMs(client, paid.length) ||
      this.#free.waitMs(client, tasks.length - paid.length);
    if (waitMs > 0) return { kind: "refused", refusal: tooMany(waitMs) };
    const day = this.#today();
    const holds = isDryRun ? [] : paid.map((task) => ({ task, microUsd: day.holdOf(task) }));
    const asked = holds.reduce((sum, { microUsd }) => sum + microUsd, 0);
    const { spendPerDay } = this.#rules;
    if (spendPerDay !== null && asked > 0 && day.total() + asked > spendPerDay) {
      return { kind: "refused", refusal: daySpent(spendPerDay) };
    }
    this.#paid.take(client, paid.length);
    this.#free.take(client, tasks.length - paid.length);
    day.held += asked;
    return {
      kind: "granted",
      settle: (outcome) => {
        day.held -= asked;
        const current = this.#today();
        if (outcome.kind === "not-sent") return;
        const { costs, isRefused } = readReply(outcome.kind === "replied" ? outcome.value : null);
        const isAnswer = outcome.kind === "replied" && outcome.status < 500;
        for (const { task, microUsd } of holds) {
          const cost = costs.get(idOf(task));
          if (cost !== undefined) current.countCost(task, cost);
          else if (!isAnswer || !isRefused(task.taskUUID)) {
            current.countHold(task, microUsd, this.#clock.now());
          }
        }
        for (const task of tasks) {
          const cost = costs.get(idOf(task));
          if (task.taskType === "getResponse" && cost !== undefined) current.learn(task, cost);
        }
      },
    };
  }

  #today(): Day {
    const name = this.#clock.today();
    if (this.#day.name !== name) this.#day = new Day(name);
    return this.#day;
  }
}

/** The sums of one day. */
class Day {
  readonly name: string;
  held: MicroUsd = 0;
  #spent: MicroUsd = 0;
  readonly #dearest = new Map<string, MicroUsd>();
  /** Holds for costs that are not known yet; they are part of what is spent. */
  readonly #unpriced = new Map<string, { microUsd: MicroUsd; countedAt: number }>();

  constructor(name: string) {
    this.name = name;
  }

  total(): MicroUsd {
    return this.#spent + this.held;
  }

  holdOf(task: WireTask): MicroUsd {
    if (task.taskType !== "caption") return UPLOAD_HOLD;
    const price = MODELS.find((model) => model.id === task.model)?.price.high ?? 0;
    return Math.max(price * HOLD_FACTOR, this.#dearest.get(task.model) ?? 0);
  }

  /** Counts a task at its cost, in place of its hold if that was counted. */
  countCost(task: WireTask, cost: MicroUsd): void {
    this.#spent += cost - (this.#unpriced.get(idOf(task))?.microUsd ?? 0);
    this.#unpriced.delete(idOf(task));
    if (task.taskType !== "caption") return;
    this.#dearest.set(task.model, Math.max(cost, this.#dearest.get(task.model) ?? 0));
  }

  /** Counts a task of unknown cost at its hold; once only, if it is asked for again soon. */
  countHold(task: WireTask, microUsd: MicroUsd, now: number): void {
    const known = this.#unpriced.get(idOf(task));
    if (known !== undefined && now - known.countedAt < SAME_TASK_MS) return;
    this.#spent += microUsd;
    const both = microUsd + (known?.microUsd ?? 0);
    this.#unpriced.set(idOf(task), { microUsd: both, countedAt: now });
    forgetOldest(this.#unpriced, MOST_UNPRICED);
  }

  /** The cost that a look-up found. If the task's cost was known already, this is no news. */
  learn(task: WireTask, cost: MicroUsd): void {
    if (this.#unpriced.has(idOf(task))) this.countCost(task, cost);
  }
}

/**
 * A bucket of allowance for each client that fills evenly over a minute. Without a bound there is always
 * allowance.
 */
class Buckets {
  readonly #most: number | null;
  readonly #now: () => number;
  readonly #taken = new Map<string, { leave: number; at: number }>();

  constructor(most: number | null, now: () => number) {
    this.#most = most;
    this.#now = now;
  }

  /** How long a client has to wait before it may send this many tasks; 0 if it may now. */
  waitMs(client: string, count: number): number {
    if (this.#most === null || count === 0) return 0;
    // A request of more tasks than a minute allows goes through alone, on credit.
    const needed = Math.min(count, this.#most);
    const missing = needed - this.#leave(client, this.#most);
    return missing > 0 ? (missing * MINUTE_MS) / this.#most : 0;
  }

  take(client: string, count: number): void {
    if (this.#most === null || count === 0) return;
    const leave = this.#leave(client, this.#most) - count;
    this.#taken.delete(client);
    this.#taken.set(client, { leave, at: this.#now() });
    forgetOldest(this.#taken, MOST_CLIENTS);
  }

  #leave(client: string, most: number): number {
    const known = this.#taken.get(client);
    if (known === undefined) return most;
    return Math.min(most, known.leave + ((this.#now() - known.at) * most) / MINUTE_MS);
  }
}

/**
 * The client an address counts as. One client can have all the addresses of an IPv6 network of 64 bits, so they
 * count as one. An IPv4 address counts as itself, however it is written.
 */
export function clientOf(address: string | undefined): string {
  if (address === undefined) return "unknown";
  const inV6 = /^::ffff:([\d.]+)$/iu.exec(address)?.[1];
  if (inV6 !== undefined || !address.includes(":")) return inV6 ?? address;
  const [before = "", after] = address.split("%")[0]?.split("::") ?? [];
  const groups = before.split(":").filter(Boolean);
  const rest = after === undefined ? [] : after.split(":").filter(Boolean);
  const filled = [
    ...groups,
    ...Array.from({ length: 8 - groups.length - rest.length }, () => "0"),
    ...rest,
  ];
  return filled.slice(0, 4).join(":");
}

/** What a reply says about its tasks' costs, and which tasks it turned away. */
function readReply(value: unknown): {
  costs: Map<string, MicroUsd>;
  isRefused: (taskUuid: string) => boolean;
} {
  const read = v.safeParse(reply, value);
  const { data, errors } = read.success ? read.output : { data: [], errors: [] };
  const costs = new Map<string, MicroUsd>();
  for (const item of data) {
    const cost = toMicroUsd(item.cost);
    if (item.taskUUID && cost !== null) costs.set(item.taskUUID.toLowerCase(), cost);
  }
  return { costs, isRefused: (taskUuid) => errors.some((error) => turnsAway(error, taskUuid)) };
}

/** An error that says the work was not begun. One that can come after the work leaves the cost unknown. */
function turnsAway({ code, taskUUID }: v.InferOutput<typeof errorItem>, taskUuid: string): boolean {
  if (taskUUID && taskUUID.toLowerCase() !== taskUuid.toLowerCase()) return false;
  return (
    code !== "" &&
    !/timeout|timedout|internal|inference|provider|conflict|duplicate|exists|inuse/iu.test(code)
  );
}

const soft = v.fallback(v.nullish(v.string()), null);
const errorItem = v.object({ code: v.fallback(v.string(), ""), taskUUID: soft });
const reply = v.object({
  data: v.fallback(
    v.array(v.object({ taskUUID: soft, cost: v.fallback(v.nullish(v.number()), null) })),
    [],
  ),
  errors: v.fallback(v.array(errorItem), []),
});

/** Ids are the same in capitals. */
function idOf(task: WireTask): string {
  return task.taskUUID.toLowerCase();
}

function costsMoney({ taskType }: WireTask): boolean {
  return taskType === "caption" || taskType === "imageUpload" || taskType === "mediaStorage";
}

/** Maps keep the order of their entries. */
function forgetOldest(map: Map<string, unknown>, most: number): void {
  for (const name of map.keys()) {
    if (map.size <= most) return;
    map.delete(name);
  }
}

function tooMany(waitMs: number): ApiError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return {
    status: 429,
    code: "tooManyRequestsRateLimit",
    message: `This server takes fewer tasks per minute from one client: try again in ${retryAfterSeconds} s. Whoever runs it can raise MOST_PER_MINUTE.`,
    retryAfterSeconds,
  };
}

function daySpent(spendPerDay: MicroUsd): ApiError {
  return {
    status: 402,
    code: DAY_SPENT_CODE,
    message: `This server may spend ${formatUsd(spendPerDay)} a day, and that has been spent: try again after midnight UTC, or ask whoever runs it to raise SPEND_PER_DAY.`,
  };
}
