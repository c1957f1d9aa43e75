import type { CaptionOutcome } from "./caption-desk.ts";
import { findUploadable } from "./picture-desk.ts";
import type { SandboxRoom } from "./sandbox-room.ts";
import type { WireTask } from "./wire-task.ts";

type IdentifiedTask = Exclude<WireTask, { kind: "authentication" }>;
type UploadTask = Extract<WireTask, { kind: "upload" }>;

const PLENTY_MICRO_USD = 100_000_000;

/** Does what one task asks for. */
export async function takeTask(
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
