import * as v from "valibot";
import { MOST_TASKS } from "#src/contract/proxy-limits.ts";
import { task, type WireTask } from "#src/contract/requests.ts";
import { MODELS } from "#src/catalog/models.ts";
import type { ApiError } from "./api-error.ts";
import { outlineJson } from "./outline-body.ts";

export type Admission =
  | { kind: "admitted"; tasks: WireTask[] }
  | { kind: "refused"; refusal: ApiError };

/** A body that is a task array; its entries have not been checked yet. */
export interface TaskArray {
  /** 1 to 20 entries. Of each long picture they hold only the beginning. */
  tasks: readonly unknown[];
  /** The tasks with their pictures, rebuilt at each call. */
  whole: () => unknown[];
  /**
   * Writes those of these tasks that were admitted as a body, with their pictures as they came in.
   */
  write: (admitted: readonly WireTask[]) => Buffer[];
}

// Far more than any body of the app has: twenty tasks of seven fields are some 400 parts, three
// deep.
const LIMITS = { mostDepth: 8, mostParts: 2_000, mostBytesOutside: 64 * 1_024 };

/**
 * Reads a body as the task array it must be. The time is bounded by its length, whatever it holds.
 */
export function readTaskArray(
  body: Buffer,
): { kind: "read"; array: TaskArray } | { kind: "refused"; refusal: ApiError } {
  const outline = outlineJson(body, LIMITS);
  const tasks = outline?.value;
  if (outline === null || !Array.isArray(tasks) || tasks.length === 0) {
    return refuse("invalidBody", "The body must be a JSON array of tasks.");
  }
  if (tasks.length > MOST_TASKS) {
    return refuse("tooManyTasks", `A request may hold at most ${MOST_TASKS} tasks.`);
  }
  const whole = (): unknown[] => v.parse(v.array(v.unknown()), JSON.parse(body.toString("utf8")));
  return { kind: "read", array: { tasks, whole, write: outline.write } };
}

/**
 * What may be sent with the operator's key: the task types the app uses, the catalogue's models, and only the
 * contract's fields. The caller's own authentication tasks are dropped. If one task is refused, so is the whole
 * request, so that nothing is half paid for.
 */
export function admitTasks(tasks: readonly unknown[]): Admission {
  const admitted: WireTask[] = [];
  for (const candidate of tasks) {
    if (typeOf(candidate) === "authentication") continue;
    const admission = admitTask(candidate);
    if (admission.kind === "refused") return admission;
    admitted.push(...admission.tasks);
  }
  if (admitted.length === 0) return refuse("missingTasks", "The request holds no task to send.");
  if (admitted.length > 1 && admitted.some((one) => one.taskType === "accountManagement")) {
    // On its own, so that its whole answer can be cut down to the balance.
    return refuse("unsupportedTaskType", "Send accountManagement in a request of its own.");
  }
  return { kind: "admitted", tasks: admitted };
}

function admitTask(candidate: unknown): Admission {
  for (const parameter of ["webhookURL", "uploadEndpoint"]) {
    if (typeof candidate === "object" && candidate !== null && parameter in candidate) {
      return refuse("unsupportedParameter", `This proxy does not take ${parameter}.`, {
        parameter,
      });
    }
  }
  const type = typeOf(candidate);
  if (type === null || !TASK_TYPES.includes(type)) {
    return refuse("unsupportedTaskType", "This proxy does not take this task type.", {
      parameter: "taskType",
      allowedValues: TASK_TYPES,
    });
  }
  const read = v.safeParse(task, candidate);
  if (!read.success) {
    // Only the path: valibot's own messages repeat what they received, which may be a prompt or a
    // picture. The name of an unknown field is the caller's text too, and may be endless.
    const path = v.getDotPath(read.issues[0]) ?? "";
    const parameter = /^[\w.]{1,64}$/u.test(path) ? path : "task";
    return refuse("invalidParameter", `This proxy does not take this ${parameter}.`, { parameter });
  }
  if (read.output.taskType === "caption" && !MODEL_IDS.includes(read.output.model)) {
    return refuse("invalidModel", "This proxy does not offer this model.", {
      parameter: "model",
      allowedValues: MODEL_IDS,
    });
  }
  return { kind: "admitted", tasks: [read.output] };
}

const TASK_TYPES: readonly string[] = task.options.map((option) => option.entries.taskType.literal);
const MODEL_IDS: readonly string[] = MODELS.map((model) => model.id);

function typeOf(candidate: unknown): string | null {
  const read = v.safeParse(v.object({ taskType: v.string() }), candidate);
  return read.success ? read.output.taskType : null;
}

function refuse(
  code: string,
  message: string,
  details: Pick<ApiError, "parameter" | "allowedValues"> = {},
): { kind: "refused"; refusal: ApiError } {
  return { kind: "refused", refusal: { status: 400, code, message, ...details } };
}
