import { randomUUID } from "node:crypto";
import type { MicroUsd } from "#src/domain/money.ts";
import { type BillingLedger, createBillingLedger } from "./billing-ledger.ts";
import { type CaptionDesk, createCaptionDesk } from "./caption-desk.ts";
import { createPictureDesk } from "./picture-desk.ts";
import { type Fault, FAULTS, type Scenario } from "./scenario.ts";
import { createTaskBook, type TaskBook } from "./task-book.ts";
import { createUploadShelf, type UploadShelf } from "./upload-shelf.ts";
import { BoundedMap } from "./bounded-map.ts";
import { createSeededRandom } from "#src/lib/seeded-random.ts";
import type { WireTask } from "./wire-task.ts";
import type { WireError } from "./wire-error.ts";

// If a test forgets what it holds up, that must not hold memory for good.
const LONGEST_HOLD_MS = 10 * 60 * 1_000;

export interface RoomOptions {
  /** Epoch milliseconds. */
  now?: () => number;
  /** Ends every wait at once, for a server that is being stopped. */
  stopping?: AbortSignal;
  /** Keeps what arrived, prompts included, for tests to read. */
  keepsReceived?: boolean;
}

/** Everything a sandbox remembers between requests; a reset opens a new one. */
export interface SandboxRoom {
  scenario: () => Scenario;
  dice: () => FaultDice;
  ledger: BillingLedger;
  book: TaskBook;
  shelf: UploadShelf;
  gate: KeyGate;
  captions: CaptionDesk;
  /** Resolves after the wait, or at once if the sandbox is being stopped. */
  pause: (waitMs: number) => Promise<void>;
  /** Resolves once the work on a caption task may begin: at once, or with the next scenario if this one holds it up. */
  mayWork: () => Promise<void>;
  /** What is left if the scenario names a balance; null means plenty. */
  balanceMicroUsd: () => MicroUsd | null;
  /** Behaves by this scenario from now on. */
  follow: (scenario: Scenario) => void;
}

/** An empty room. */
export function openRoom(options: RoomOptions, start: Scenario): SandboxRoom {
  const { now = Date.now, stopping } = options;
  let current = start;
  let dice = createFaultDice(start);
  const scenario = (): Scenario => current;
  const ledger = createBillingLedger({ keepsReceived: options.keepsReceived ?? false });
  const book = createTaskBook({ now, uuidInUseMs: () => current.uuidInUseMs });
  const shelf = createUploadShelf(randomUUID);
  const gate = createKeyGate(start);
  const pause = (waitMs: number): Promise<void> => wait(waitMs, stopping);
  let nextScenario = new AbortController();
  let begun = 0;
  const mayWork = async (): Promise<void> => {
    begun += 1;
    if (current.holdAfter === null || begun <= current.holdAfter) return;
    const ends = [nextScenario.signal, ...(stopping === undefined ? [] : [stopping])];
    await wait(LONGEST_HOLD_MS, AbortSignal.any(ends));
  };
  const balanceMicroUsd = (): MicroUsd | null =>
    current.balanceUsd === null
      ? null
      : Math.round(current.balanceUsd * 1_000_000) - ledger.billedMicroUsd;
  const pictures = createPictureDesk(shelf);
  const captions = createCaptionDesk({
    scenario,
    book,
    ledger,
    pictures,
    pause,
    mayWork,
    balanceMicroUsd,
  });
  return {
    scenario,
    dice: () => dice,
    ledger,
    book,
    shelf,
    gate,
    captions,
    pause,
    mayWork,
    balanceMicroUsd,
    follow(next) {
      current = next;
      begun = 0;
      nextScenario.abort();
      nextScenario = new AbortController();
      dice = createFaultDice(next);
      gate.follow(next);
      if (next.forgetUploads) shelf.forget();
    },
  };
}

async function wait(waitMs: number, stopping: AbortSignal | undefined): Promise<void> {
  if (waitMs <= 0 || stopping?.aborted) return;
  const { promise, resolve } = withResolvers();
  const timer = setTimeout(resolve, waitMs);
  stopping?.addEventListener("abort", resolve, { once: true });
  await promise;
  clearTimeout(timer);
  stopping?.removeEventListener("abort", resolve);
}

// Node 20 has no Promise.withResolvers.
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Decides, by the scenario's seed, what goes wrong and how long things take. */
export interface FaultDice {
  /** The fault of a request that holds these tasks; null if all goes well. */
  fault(tasks: readonly WireTask[]): Fault | null;
  /** Milliseconds to wait before this reply. */
  latencyMs(): number;
}

const MOST_TASKS_COUNTED = 50_000;

/** A fresh set of dice for a scenario. */
function createFaultDice(scenario: Scenario): FaultDice {
  const faultRandom = createSeededRandom(scenario.seed);
  // A separate series, so that switching jitter on does not change which requests fail.
  const latencyRandom = createSeededRandom(scenario.seed + 1);
  const met = new BoundedMap<string, number>(MOST_TASKS_COUNTED);
  const script = [...scenario.next];
  const rates = FAULTS.map((fault) => ({ fault, rate: scenario.rates[fault] ?? 0 }));

  return {
    fault(tasks) {
      const faulty = tasks.filter(
        (task) => task.kind !== "authentication" && scenario.faultyTasks.includes(task.taskType),
      );
      if (faulty.length === 0) return null;
      const scripted = script.shift();
      if (scripted !== undefined) return scripted;
      const fault = pick(rates, faultRandom());
      if (fault === null) return null;
      const most = scenario.mostFaultsPerTask;
      const ids = faulty.map((task) => (task.kind === "authentication" ? "" : task.taskUuid));
      if (most !== null && ids.some((id) => (met.get(id) ?? 0) >= most)) return null;
      for (const id of ids) met.set(id, (met.get(id) ?? 0) + 1);
      return fault;
    },
    latencyMs: () => scenario.latencyMs + latencyRandom() * scenario.latencyJitterMs,
  };
}

function pick(rates: readonly { fault: Fault; rate: number }[], thrown: number): Fault | null {
  let upTo = 0;
  for (const { fault, rate } of rates) {
    upTo += rate;
    if (thrown < upTo) return fault;
  }
  return null;
}

/** Checks keys if a scenario wants one. Without a scenario anybody may ask, with a key or without. */
export interface KeyGate {
  /** Counts the request; null if it may pass. */
  check(headers: Headers, tasks: readonly WireTask[]): WireError | null;
  follow(scenario: Scenario): void;
}

const SIGN_UP = "Get a key at https://my.runware.ai/signup";

/** A gate that has seen no key. It holds keys to compare them; they appear in no error. */
function createKeyGate(start: Scenario): KeyGate {
  let scenario = start;
  let requests = 0;
  let seenKeys = new Set<string>();
  return {
    check(headers, tasks) {
      requests += 1;
      const bearer = /^bearer (.*)$/iu.exec(headers.get("Authorization") ?? "")?.[1]?.trim();
      const authentication = tasks.find((task) => task.kind === "authentication");
      if (bearer !== undefined && authentication) return doubleKey;
      const key = bearer ?? authentication?.key ?? "";
      const revokedFrom = scenario.revokedFromRequest;
      const isRevoking = revokedFrom !== null && requests >= revokedFrom;
      // A revoked key stays revoked. A new one, which was not in use before, works.
      if (isRevoking && (requests === 1 || seenKeys.has(key))) return wrongKey(key);
      if (!isRevoking) seenKeys.add(key);
      const { requiredKey } = scenario;
      return requiredKey === null || key === requiredKey ? null : wrongKey(key);
    },
    follow(next) {
      scenario = next;
      requests = 0;
      seenKeys = new Set();
    },
  };
}

function wrongKey(key: string): WireError {
  return {
    status: 401,
    code: key === "" ? "missingApiKey" : "invalidApiKey",
    message: key === "" ? `The request has no API key. ${SIGN_UP}` : `Invalid API key. ${SIGN_UP}`,
    parameter: "apiKey",
    taskType: "authentication",
  };
}

const doubleKey: WireError = {
  status: 400,
  code: "conflictingAuthentication",
  message: "Send the key in the header or in an authentication task, not in both.",
  parameter: "apiKey",
};
