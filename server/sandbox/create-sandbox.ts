import * as v from "valibot";
import { DRY_RUN_HEADER } from "#src/contract/endpoint.ts";
import type { LedgerReport } from "./billing-ledger.ts";
import { openRoom, type RoomOptions, type SandboxRoom } from "./sandbox-room.ts";
import {
  CALM,
  type EarlyFault,
  isEarlyFault,
  type LateFault,
  type ScenarioInput,
  scenarioSchema,
} from "./scenario.ts";
import { badRequest, type WireError } from "./wire-error.ts";
import { type ReplyParts, writeReply, writeSpoilt } from "./wire-reply.ts";
import { readWireTask, type WireTask } from "./wire-task.ts";
import type { CaptionOutcome } from "./caption-desk.ts";
import { findUploadable } from "./picture-desk.ts";
import { ConnectionDropped } from "./connection-dropped.ts";

export interface SandboxOptions extends RoomOptions {
  /** How it behaves from the start; calm by default. */
  scenario?: ScenarioInput;
}

/** One POST, already read. */
export interface SandboxCall {
  tasks: unknown;
  headers: Headers;
}

/**
 * The stand-in for the service: the same wire, no key, no network, and answers that are marked as
 * simulated.
 */
export interface Sandbox {
  /** Answers a POST of a task array. Rejects with ConnectionDropped if a scenario closes the connection. */
  fetch(request: Request): Promise<Response>;
  /** The same for a body that has been read already. */
  answer(call: SandboxCall): Promise<Response>;
  /**
   * Changes how it behaves from now on. Faults and waits start from the seed again; what it remembers stays.
   */
  setScenario(scenario: ScenarioInput): void;
  /** Forgets everything and behaves calmly. */
  reset(): void;
  report(): LedgerReport;
}

/** A sandbox with nothing in it. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  let current = openRoom(options, v.parse(scenarioSchema, options.scenario ?? {}));

  async function answer({ tasks, headers }: SandboxCall): Promise<Response> {
    const room = current;
    room.ledger.requestBegan();
    try {
      return await answerIn(room, { tasks, headers });
    } finally {
      room.ledger.requestEnded();
    }
  }

  return {
    answer,
    async fetch(request) {
      if (request.method !== "POST") {
        const message = "Tasks are sent by POST.";
        return refuse([badRequest("methodNotAllowed", message, { status: 405 }).error]);
      }
      const tasks: unknown = await request.json().catch(() => null);
      return answer({ tasks, headers: request.headers });
    },
    setScenario(scenario) {
      current.follow(v.parse(scenarioSchema, scenario));
    },
    reset() {
      // Releases what the room holds up.
      current.follow(CALM);
      current = openRoom(options, CALM);
    },
    report: () => current.ledger.report(),
  };
}

async function answerIn(
  room: SandboxRoom,
  { tasks: given, headers }: SandboxCall,
): Promise<Response> {
  if (!Array.isArray(given) || given.length === 0) {
    return refuse([badRequest("invalidBody", "The body must be a JSON array of tasks.").error]);
  }
  const read = given.map((candidate: unknown) => readWireTask(candidate));
  const tasks = read.flatMap((entry) => (entry.ok ? [entry.value] : []));
  const errors = read.flatMap((entry) => (entry.ok ? [] : [entry.error]));
  for (const task of tasks) room.ledger.received(task);

  await room.pause(room.dice().latencyMs());
  const wrongKey = room.gate.check(headers, tasks);
  if (wrongKey) return refuse([wrongKey]);
  const fault = room.dice().fault(tasks);
  if (fault !== null && isEarlyFault(fault)) return faultBeforeWork(fault, tasks, room);

  const parts: ReplyParts = { items: [], errors };
  const isDryRun = headers.get(DRY_RUN_HEADER) === "1";
  for (const task of tasks) {
    if (task.kind === "authentication") continue;
    // In series, as the service works through one request's tasks.
    const outcome = await takeTask(room, task, isDryRun);
    if (outcome === null) continue;
    if (outcome.ok) parts.items.push(outcome.value);
    else {
      parts.errors.push({ taskType: task.taskType, taskUUID: task.taskUuid, ...outcome.error });
    }
  }
  return faultAfterWork(fault, parts);
}

function refuse(errors: ReplyParts["errors"]): Response {
  return writeReply({ items: [], errors });
}

type IdentifiedTask = Exclude<WireTask, { kind: "authentication" }>;
type UploadTask = Extract<WireTask, { kind: "upload" }>;

const PLENTY_MICRO_USD = 100_000_000;

/** Does what one task asks for. */
async function takeTask(
  room: SandboxRoom,
  task: IdentifiedTask,
  isDryRun: boolean,
): Promise<CaptionOutcome | null> {
  switch (task.kind) {
    case "caption":
      return isDryRun ? room.captions.price(task) : await room.captions.take(task);
    case "look-up":
      return lookUp(room, task.taskUuid);
    case "upload":
      return takeUpload(room, task);
    case "account":
      return { ok: true, value: { item: accountItem(room, task.taskUuid), mark: "sandbox" } };
  }
}

/** Null, and so an empty `data`, for an unknown UUID: the service does not tell those from running ones. */
function lookUp({ book }: SandboxRoom, taskUuid: string): CaptionOutcome | null {
  const result = book.find(taskUuid);
  if (result === null) return null;
  if (result.kind === "failed") return { ok: false, error: result.error };
  if (result.kind === "processing") {
    const item = { taskType: "caption", taskUUID: taskUuid, status: "processing" };
    return { ok: true, value: { item, mark: "sandbox" } };
  }
  const item = { ...result.item, status: "success" };
  return { ok: true, value: { item, mark: result.mark } };
}

function takeUpload({ shelf }: SandboxRoom, task: UploadTask): CaptionOutcome {
  const bytes = findUploadable(task.picture);
  if (!bytes.ok) return bytes;
  const { imageUuid, imageUrl } = shelf.put(bytes.value);
  const named = { taskType: task.taskType, taskUUID: task.taskUuid };
  const item =
    task.form === "image"
      ? { ...named, imageUUID: imageUuid, imageURL: imageUrl }
      : { ...named, operation: "upload", mediaUUID: imageUuid, mediaURL: imageUrl };
  return { ok: true, value: { item, mark: "sandbox" } };
}

function accountItem(room: SandboxRoom, taskUuid: string) {
  const left = room.balanceMicroUsd() ?? PLENTY_MICRO_USD - room.ledger.billedMicroUsd;
  const amount = Math.max(0, left) / 1_000_000;
  const isNumber = room.scenario().balanceForm === "number";
  return {
    taskType: "accountManagement",
    taskUUID: taskUuid,
    operation: "getDetails",
    balance: isNumber ? amount : { amount, freeBalance: 0, currency: "USD" },
  };
}

type ErrorFault = Exclude<
  EarlyFault,
  "closed-before" | "never-answers" | "html-unavailable" | "rate-limited" | "rate-limited-with-wait"
>;

const ERRORS: Readonly<Record<ErrorFault, WireError>> = {
  "server-error": { status: 500, code: "internalServerError", message: "Something went wrong." },
  "error-in-200": { status: 200, code: "serviceUnavailable", message: "No server is free." },
  refused: {
    status: 400,
    code: "contentPolicyViolation",
    message: "The picture was stopped by a safety filter.",
  },
  "out-of-credit": { status: 400, code: "insufficientCredits", message: "The balance is too low." },
  "wrong-key": {
    status: 401,
    code: "invalidApiKey",
    message: "The API key is not valid.",
    parameter: "apiKey",
    taskType: "authentication",
  },
  rejected: {
    status: 400,
    code: "invalidPrompt",
    message: "The prompt is too long.",
    parameter: "prompt",
  },
  "not-found": { status: 404, code: "modelNotFound", message: "The model is gone." },
};

// "Never" does end at some point, so that a forgotten request does not hold its memory for good.
const NEVER_ANSWERS_MS = 10 * 60 * 1_000;
const HTML = "<!doctype html><title>503</title><h1>Service Temporarily Unavailable</h1>";

/** The reply to a request that fails before its work, so that none of it is accepted or billed. */
async function faultBeforeWork(
  fault: EarlyFault,
  tasks: readonly WireTask[],
  { scenario, pause }: Pick<SandboxRoom, "scenario" | "pause">,
): Promise<Response> {
  switch (fault) {
    case "never-answers":
      await pause(NEVER_ANSWERS_MS);
      throw new ConnectionDropped();
    case "closed-before":
      throw new ConnectionDropped();
    case "html-unavailable":
      return writeSpoilt(HTML, { status: 503, type: "text/html" });
    case "rate-limited":
      return rateLimited(null);
    case "rate-limited-with-wait":
      return rateLimited(scenario().retryAfterSeconds);
    case "server-error":
    case "error-in-200":
    case "refused":
    case "out-of-credit":
    case "wrong-key":
    case "rejected":
    case "not-found":
      return writeReply({ items: [], errors: tasks.flatMap((task) => errorsOf(task, fault)) });
  }
}

/** The reply to a request whose work is done and billed; a normal reply if there is no fault. */
function faultAfterWork(fault: LateFault | null, parts: ReplyParts): Response {
  switch (fault) {
    case null:
      return writeReply(parts);
    case "closed-after":
      throw new ConnectionDropped();
    case "empty-body":
      return writeSpoilt(null, { status: 200, type: "application/json" });
    case "broken-json":
      return writeSpoilt('{"data":[{"taskType":"capt', { status: 200, type: "application/json" });
    case "timed-out": {
      const error = { status: 504, code: "timeoutProvider", message: "The task takes too long." };
      return writeReply({ items: [], errors: [error] });
    }
    case "no-text":
      return writeReply({ ...parts, items: changed(parts, { text: "" }) });
    case "no-cost":
      return writeReply({ ...parts, items: changed(parts, { cost: undefined }) });
  }
}

function rateLimited(retryAfterSeconds: number | null): Response {
  const error = { code: "rateLimitExceeded", message: "The queue is full." };
  return writeSpoilt(JSON.stringify({ errors: [error] }), {
    status: 429,
    type: "application/json",
    ...(retryAfterSeconds !== null && { retryAfterSeconds }),
  });
}

function errorsOf(task: WireTask, fault: ErrorFault): WireError[] {
  if (task.kind === "authentication") return [];
  return [{ taskType: task.taskType, taskUUID: task.taskUuid, ...ERRORS[fault] }];
}

/** Undefined fields are left out when the reply is written. */
function changed({ items }: ReplyParts, change: Record<string, unknown>): ReplyParts["items"] {
  return items.map(({ item, mark }) => ({ item: { ...item, ...change }, mark }));
}
