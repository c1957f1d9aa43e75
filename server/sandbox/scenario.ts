import * as v from "valibot";

/** What can go wrong with one POST before any of it is accepted. */
const EARLY_FAULTS = [
  "rate-limited",
  "rate-limited-with-wait",
  "server-error",
  "html-unavailable",
  "error-in-200",
  "closed-before",
  /** Nothing comes back until the caller gives up. */
  "never-answers",
  "refused",
  "out-of-credit",
  "wrong-key",
  "rejected",
  "not-found",
] as const;

/** What can go wrong with a reply once the work is done and billed. */
const LATE_FAULTS = [
  "timed-out",
  "broken-json",
  "empty-body",
  "closed-after",
  "no-text",
  "no-cost",
] as const;

export const FAULTS = [...EARLY_FAULTS, ...LATE_FAULTS] as const;

export type EarlyFault = (typeof EARLY_FAULTS)[number];
export type LateFault = (typeof LATE_FAULTS)[number];
export type Fault = EarlyFault | LateFault;

/** True for faults that keep a task from being accepted. */
export function isEarlyFault(fault: Fault): fault is EarlyFault {
  return EARLY_FAULTS.some((early) => early === fault);
}

const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const milliseconds = v.pipe(v.number(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/**
 * How the sandbox behaves, for tests. What a scenario leaves out behaves as it does without one.
 */
export const scenarioSchema = v.strictObject({
  /** The same seed and the same order of requests give the same faults and waits. */
  seed: v.optional(count, 1),
  /** Before each reply, as on a network; `latencyJitterMs` adds up to its value. */
  latencyMs: v.optional(milliseconds, 0),
  latencyJitterMs: v.optional(milliseconds, 0),
  /** Work per caption task; one request's tasks are done in series. */
  serviceMs: v.optional(milliseconds, 0),
  /** How long a task with async delivery stays in processing. */
  asyncMs: v.optional(milliseconds, 400),
  /** How many caption tasks are worked on; those accepted after them wait for the next scenario. Null holds none up. */
  holdAfter: v.optional(v.nullable(count), null),
  /** Share of requests (0–1) that get each fault. */
  rates: v.optional(v.record(v.picklist(FAULTS), share), {}),
  /** Faults of the next requests, in order; null lets one pass. */
  next: v.optional(v.array(v.nullable(v.picklist(FAULTS))), []),
  /** The task types whose requests get faults. */
  faultyTasks: v.optional(v.array(v.string()), ["caption", "imageCaption"]),
  /** How often one task may get a fault; null for any number of times. */
  mostFaultsPerTask: v.optional(v.nullable(count), null),
  retryAfterSeconds: v.optional(v.number(), 1),
  confidence: v.optional(v.picklist(["fraction", "percentage"]), "fraction"),
  /** "Teenager 13-20" instead of "13-20". */
  prefixedLabels: v.optional(v.boolean(), false),
  /** Whether getResponse finds what was asked with sync delivery. */
  keepSyncResults: v.optional(v.boolean(), true),
  uuidInUseMs: v.optional(milliseconds, 86_400_000),
  /** What answers cost, as a multiple of the catalogue's price. */
  costFactor: v.optional(v.pipe(v.number(), v.minValue(0)), 1),
  /** From this request on (1 is the next), keys that were in use before it are refused. */
  revokedFromRequest: v.optional(v.nullable(count), null),
  /** The only key that is taken; null takes any key, or none. */
  requiredKey: v.optional(v.nullable(v.string()), null),
  /** AIR ids that the service no longer has. */
  retiredModels: v.optional(v.array(v.string()), []),
  /** US dollars left, which can then run out; null for plenty. */
  balanceUsd: v.optional(v.nullable(v.number()), null),
  balanceForm: v.optional(v.picklist(["number", "object"]), "object"),
  /** If false, it answers with a canned text and decodes nothing, for benches. */
  pixelWork: v.optional(v.boolean(), true),
  /** If true, it forgets the uploads made until now. */
  forgetUploads: v.optional(v.boolean(), false),
});

export type Scenario = v.InferOutput<typeof scenarioSchema>;
export type ScenarioInput = v.InferInput<typeof scenarioSchema>;

/** The everyday scenario: quick, honest, without faults. */
export const CALM: Scenario = v.parse(scenarioSchema, {});
