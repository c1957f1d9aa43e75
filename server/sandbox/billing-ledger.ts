import type { MicroUsd } from "#src/domain/money.ts";
import { BoundedMap } from "./bounded-map.ts";
import { pictureForm, type PictureForm } from "#src/contract/requests.ts";
import type { WireTask } from "./wire-task.ts";

/** What the sandbox did for one taskUUID. */
export interface LedgerEntry {
  modelId: string;
  timesAccepted: number;
  billedMicroUsd: MicroUsd;
}

/** A task as it arrived, accepted or not, with only the form and length of its picture. */
export interface ReceivedTask {
  taskType: string;
  taskUuid: string;
  modelId: string | null;
  prompt: string | null;
  delivery: "sync" | "async" | null;
  pictureForm: PictureForm | null;
  pictureCharacters: number;
}

/** All of it, as tests read it. */
export interface LedgerReport {
  tasks: Record<string, LedgerEntry>;
  accepted: number;
  billedMicroUsd: MicroUsd;
  conflicts: number;
  requests: number;
  mostInFlight: number;
  /** The latest thousand, oldest first; empty unless test control is on. */
  received: ReceivedTask[];
}

/** Counts what was accepted and billed, so that tests can compare the app's own sums with it. */
export interface BillingLedger {
  requestBegan(): void;
  requestEnded(): void;
  received(task: WireTask): void;
  accepted(taskUuid: string, modelId: string): void;
  billed(taskUuid: string, microUsd: MicroUsd): void;
  conflicted(): void;
  readonly billedMicroUsd: MicroUsd;
  report(): LedgerReport;
}

const MOST_TASKS = 50_000;
const MOST_RECEIVED = 1_000;

/** An empty ledger. It keeps prompts only if `keepsReceived` says that a test wants them. */
export function createBillingLedger({ keepsReceived }: { keepsReceived: boolean }): BillingLedger {
  const tasks = new BoundedMap<string, LedgerEntry>(MOST_TASKS);
  const received: ReceivedTask[] = [];
  const sums = { accepted: 0, billedMicroUsd: 0, conflicts: 0, requests: 0, mostInFlight: 0 };
  let inFlight = 0;
  return {
    requestBegan() {
      sums.requests += 1;
      inFlight += 1;
      sums.mostInFlight = Math.max(sums.mostInFlight, inFlight);
    },
    requestEnded() {
      inFlight -= 1;
    },
    received(task) {
      if (!keepsReceived || task.kind === "authentication") return;
      received.push(describeTask(task));
      if (received.length > MOST_RECEIVED) received.shift();
    },
    accepted(taskUuid, modelId) {
      const entry = tasks.get(taskUuid) ?? { modelId, timesAccepted: 0, billedMicroUsd: 0 };
      entry.timesAccepted += 1;
      tasks.set(taskUuid, entry);
      sums.accepted += 1;
    },
    billed(taskUuid, microUsd) {
      const entry = tasks.get(taskUuid);
      if (entry) entry.billedMicroUsd += microUsd;
      sums.billedMicroUsd += microUsd;
    },
    conflicted() {
      sums.conflicts += 1;
    },
    get billedMicroUsd() {
      return sums.billedMicroUsd;
    },
    report: () => ({
      tasks: Object.fromEntries(tasks.entries()),
      ...sums,
      received: [...received],
    }),
  };
}

function describeTask(task: Exclude<WireTask, { kind: "authentication" }>): ReceivedTask {
  const picture = "picture" in task ? task.picture : null;
  return {
    taskType: task.taskType,
    taskUuid: task.taskUuid,
    modelId: task.kind === "caption" ? task.model.id : null,
    prompt: task.kind === "caption" ? task.prompt : null,
    delivery: task.kind === "caption" ? task.delivery : null,
    pictureForm: picture === null ? null : pictureForm(picture),
    pictureCharacters: picture?.length ?? 0,
  };
}
