import type { Purse } from "#src/domain/connection.ts";
import type { Failure } from "#src/domain/failure.ts";
import type { FieldId } from "#src/domain/field.ts";
import type { ImageId, SheetId } from "#src/domain/image.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { Mount } from "#src/domain/mount.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import type { AskedBy, RunId, Task, TaskUuid } from "#src/domain/task.ts";

/** One recipe for one image. */
export interface RunQuestion {
  imageId: ImageId;
  /** The field whose text is asked for; null from Compare and Age check. */
  fieldId: FieldId | null;
  recipe: Recipe;
  /** The recipe's prompt with its variables filled in. */
  promptSent: string | null;
  /** The language of its field, a BCP 47 tag; null if it is left to the prompt. */
  language: string | null;
  /** What its picture is laid on; null if it needs nothing. */
  mount: Mount | null;
  /** From 1; above 1 an answer is never reused. */
  repeat: number;
  /** True if an answer given before must not be used instead, whatever the plan says. */
  fresh?: boolean;
}

/** What one press of the run button asks for, in the order it is to be sent. */
export interface RunPlan {
  sheetId: SheetId;
  askedBy: AskedBy;
  questions: readonly RunQuestion[];
  /** Whether answers this device already has for the same bytes and recipe may be used instead of paying. */
  reuse: boolean;
  /**
   * Unsettled tasks of the sheet. A question that belongs to one of them is not asked, and paid for, again: its task is
   * sent again under its own id, as long as the service can be expected to know that, and later only looked up.
   */
  unsettled?: readonly TaskUuid[];
  /**
   * The run of an earlier press that these questions belong to, since their images were not ready then. If it has stopped,
   * they wait with the rest of it.
   */
  joins?: RunId;
}

/** Why a run has stopped with work left. */
export type RunStop =
  | { kind: "person" }
  | { kind: "offline" }
  /**
   * Task after task reached nobody. The run carries on by itself once somebody answers: the proxy, or the service
   * behind it.
   */
  | { kind: "outage"; silent: "proxy" | "service" }
  /** One message for the whole run: wrong key, no credit, full disk. */
  | { kind: "failure"; failure: Failure }
  | { kind: "cap"; raiseByMicroUsd: MicroUsd }
  /**
   * The connection in use pays from another purse than the user agreed to. `isSent`: the task went out already, so only
   * the service of its own purse knows of it.
   */
  | { kind: "purse"; asked: Purse; isSent: boolean }
  | { kind: "dearer"; taskUuid: TaskUuid; costMicroUsd: MicroUsd; holdMicroUsd: MicroUsd };

export interface RunStatus {
  sheetId: SheetId;
  runId: RunId | null;
  phase: "idle" | "running" | "paused";
  /** True while another tab runs the sheet: this tab follows it, and passes orders on. */
  following: boolean;
  stop: RunStop | null;
  inFlight: number;
  /** Images that were asked about and whose tasks are yet to be written: a run with these is under way. */
  toCome: number;
  /** Tasks currently allowed in flight. */
  limit: number;
  /** True while the service has asked to slow down and the limit has not recovered. */
  slowedDown: boolean;
  /**
   * How long the service asked for quiet, epoch milliseconds: until then the run waits, then it carries
   * on by itself.
   */
  quietUntil: number | null;
  spentMicroUsd: MicroUsd;
  heldMicroUsd: MicroUsd;
}

/**
 * Everything the engine does is one of these; screen, ledger and tests read the same events. A task that is
 * reported twice replaces what was known about it.
 */
export type RunEvent =
  | { type: "tasks-added"; sheetId: SheetId; tasks: readonly Task[] }
  | { type: "task-changed"; sheetId: SheetId; task: Task }
  | { type: "run-changed"; status: RunStatus }
  /** One run is cancelled or, by another tab, all (null) are: what is still to come does not come. */
  | { type: "run-cancelled"; sheetId: SheetId; runId: RunId | null }
  /**
   * This tab runs the sheet or follows the tab that does: from now on every task that is written is reported. If it is
   * not `alone`, others may have written some that were not reported, before it listened or as they died: read the
   * sheet again.
   */
  | { type: "sheet-linked"; sheetId: SheetId; alone: boolean };

/** The status of a sheet about which nothing is known. */
export function blankStatus(sheetId: SheetId): RunStatus {
  return {
    sheetId,
    runId: null,
    phase: "idle",
    following: false,
    stop: null,
    inFlight: 0,
    toCome: 0,
    limit: 0,
    slowedDown: false,
    quietUntil: null,
    spentMicroUsd: 0,
    heldMicroUsd: 0,
  };
}

export function isSameStatus(left: RunStatus, right: RunStatus): boolean {
  const values = Object.values(right);
  return Object.values(left).every((value, at) => value === values[at]);
}
