import * as v from "valibot";
import { DRY_RUN_HEADER } from "#src/contract/endpoint.ts";
import type { LedgerReport } from "./billing-ledger.ts";
import { faultAfterWork, faultBeforeWork } from "./fault-reply.ts";
import { openRoom, type RoomOptions, type SandboxRoom } from "./sandbox-room.ts";
import { CALM, isEarlyFault, scenarioSchema, type ScenarioInput } from "./scenario.ts";
import { takeTask } from "./take-task.ts";
import { badRequest } from "./wire-error.ts";
import { type ReplyParts, writeReply } from "./wire-reply.ts";
import { readWireTask } from "./wire-task.ts";

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
