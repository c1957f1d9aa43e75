import * as v from "valibot";
import { MOST_TASKS } from "#src/contract/endpoint.ts";
import { task, type WireTask } from "#src/contract/requests.ts";
import { MODELS } from "#src/catalog/models.ts";
import type { ApiError } from "./api-error.ts";

export type Admission =
  | { kind: "admitted"; tasks: WireTask[] }
  | { kind: "refused"; refusal: ApiError };

/** Reads a body as the task array it must be: 1 to 20 entries, of any kind. */
export function readTaskArray(
  body: Buffer,
): { kind: "read"; tasks: unknown[] } | { kind: "refused"; refusal: ApiError } {
  const tasks = parseJson(body);
  if (!Array.isArray(tasks) || tasks.length === 0) {
    return refuse("invalidBody", "The body must be a JSON array of tasks.");
  }
  if (tasks.length > MOST_TASKS) {
    return refuse("tooManyTasks", `A request may hold ${MOST_TASKS} tasks at most.`);
  }
  return { kind: "read", tasks };
}

/**
 * What may be sent with the operator's key: the task types the app uses, the catalogue's models, and no field beyond
 * the contract's. The caller's own authentication tasks are dropped. One refused task refuses the request, so that
 * nothing is half paid for.
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
    // Alone, so that its whole answer can be cut down to the balance.
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
    // The path alone: valibot's own messages repeat what they received, be it a prompt or a picture.
    const parameter = v.getDotPath(read.issues[0]) ?? "task";
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

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}

function refuse(
  code: string,
  message: string,
  details: Pick<ApiError, "parameter" | "allowedValues"> = {},
): { kind: "refused"; refusal: ApiError } {
  return { kind: "refused", refusal: { status: 400, code, message, ...details } };
}
