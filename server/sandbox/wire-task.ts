import * as v from "valibot";
import { modelById } from "#src/catalog/find-models.ts";
import { type Model, MODELS } from "#src/catalog/models.ts";
import { pictureForm, taskUuid } from "#src/contract/requests.ts";
import { badRequest, type Checked, type WireError } from "./wire-error.ts";

/** A caption or an age, for one picture. */
export interface CaptionOrder {
  kind: "caption";
  taskType: string;
  taskUuid: string;
  model: Model;
  prompt: string;
  picture: string;
  includeCost: boolean;
  delivery: "sync" | "async";
}

/** A task as the sandbox understands it, whichever of the service's forms it came in. */
export type WireTask =
  | CaptionOrder
  | { kind: "look-up"; taskType: string; taskUuid: string }
  | { kind: "account"; taskType: string; taskUuid: string }
  | { kind: "upload"; taskType: string; taskUuid: string; picture: string; form: "image" | "media" }
  | { kind: "authentication"; key: string };

type Fields = Record<string, unknown>;

const CAPTION_TYPES = ["caption", "imageCaption"];
const TASK_TYPES = [
  "authentication",
  ...CAPTION_TYPES,
  "getResponse",
  "accountManagement",
  "imageUpload",
  "mediaStorage",
];
const CAPTION_FIELDS = new Set([
  "taskType",
  "taskUUID",
  "model",
  "prompt",
  "includeCost",
  "deliveryMethod",
  "inputs",
  "inputImage",
  "inputImages",
  // The model pages name it, but it has no effect on captions.
  "outputType",
  "outputFormat",
  "outputQuality",
  "ttl",
]);
// The page of 2025 names no model in its example; it talks about this one.
const FIRST_CAPTION_MODEL = "runware:150@2";

/** Reads one entry of a request, in the current or the older forms, as strictly as the service does. */
export function readWireTask(candidate: unknown): Checked<WireTask> {
  const read = v.safeParse(v.record(v.string(), v.unknown()), candidate);
  if (!read.success) return badRequest("invalidTask", "Each entry must be an object.");
  const checked = readFields(read.output);
  return checked.ok ? checked : { ok: false, error: { ...nameOf(read.output), ...checked.error } };
}

function readFields(fields: Fields): Checked<WireTask> {
  const { taskType } = fields;
  if (typeof taskType !== "string") {
    return badRequest("missingTaskType", "A task needs its taskType.", { parameter: "taskType" });
  }
  if (!TASK_TYPES.includes(taskType)) {
    const details = { parameter: "taskType", allowedValues: TASK_TYPES };
    return badRequest("invalidTaskType", "There is no such taskType.", details);
  }
  if (taskType === "authentication") {
    return { ok: true, value: { kind: "authentication", key: textOf(fields["apiKey"]) } };
  }
  const id = v.safeParse(taskUuid, fields["taskUUID"]);
  if (!id.success) {
    const code = fields["taskUUID"] === undefined ? "missingTaskUUID" : "invalidTaskUUID";
    return badRequest(code, "taskUUID must be a UUID v4.", { parameter: "taskUUID" });
  }
  return readIdentified(fields, { taskType, taskUuid: id.output.toLowerCase() });
}

function readIdentified(fields: Fields, named: Named): Checked<WireTask> {
  const { taskType } = named;
  if (CAPTION_TYPES.includes(taskType)) return readCaption(fields, named);
  if (taskType === "getResponse") return { ok: true, value: { kind: "look-up", ...named } };
  if (taskType === "imageUpload") return readUpload(fields["image"], named, "image");
  const { operation } = fields;
  if (taskType === "accountManagement" && operation === "getDetails") {
    return { ok: true, value: { kind: "account", ...named } };
  }
  if (taskType === "mediaStorage" && operation === "upload") {
    return readUpload(fields["media"], named, "media");
  }
  const details = { parameter: "operation" };
  return badRequest("invalidOperation", "The sandbox does not know this operation.", details);
}

interface Named {
  taskType: string;
  taskUuid: string;
}

function readCaption(fields: Fields, named: Named): Checked<WireTask> {
  const unknown = Object.keys(fields).find((name) => !CAPTION_FIELDS.has(name));
  if (unknown !== undefined) {
    return badRequest("unknownParameter", "A caption has no such parameter.", {
      parameter: unknown,
    });
  }
  const model = readModel(fields["model"], named.taskType);
  if (!model.ok) return model;
  const picture = readPicture(fields);
  if (!picture.ok) return picture;
  const { prompt, deliveryMethod } = fields;
  if (prompt !== undefined && typeof prompt !== "string") {
    return badRequest("invalidPrompt", "prompt must be text.", { parameter: "prompt" });
  }
  if (prompt !== undefined && model.value.answers === "age") {
    const details = { parameter: "prompt" };
    return badRequest("unsupportedParameter", "This model takes no prompt.", details);
  }
  if (deliveryMethod !== undefined && deliveryMethod !== "sync" && deliveryMethod !== "async") {
    const details = { parameter: "deliveryMethod", allowedValues: ["sync", "async"] };
    return badRequest("invalidDeliveryMethod", "deliveryMethod is sync or async.", details);
  }
  return {
    ok: true,
    value: {
      kind: "caption",
      ...named,
      model: model.value,
      prompt: prompt ?? "",
      picture: picture.value,
      includeCost: fields["includeCost"] !== false,
      delivery: deliveryMethod ?? "sync",
    },
  };
}

function readModel(model: unknown, taskType: string): Checked<Model> {
  if (model === undefined && taskType === "caption") {
    return badRequest("missingModel", "A caption needs its model.", { parameter: "model" });
  }
  const found = modelById(textOf(model ?? FIRST_CAPTION_MODEL));
  return found ? { ok: true, value: found } : unknownModel();
}

/** The error for a model that the service does not have, or no longer has. */
export function unknownModel(): { ok: false; error: WireError } {
  const allowedValues = MODELS.map(({ id }) => id);
  const details = { parameter: "model", allowedValues };
  return badRequest("invalidModel", "There is no such model for captions.", details);
}

const inputsField = v.object({ image: v.unknown() });

function readPicture(fields: Fields): Checked<string> {
  const inputs = v.safeParse(inputsField, fields["inputs"]);
  const { inputImage, inputImages } = fields;
  const given = [
    ...(inputs.success ? [inputs.output.image] : []),
    ...(inputImage === undefined ? [] : [inputImage]),
    ...(Array.isArray(inputImages) ? [...inputImages] : []),
  ];
  if (given.length > 1) {
    return badRequest("incompatibleParameters", "A caption takes one picture, given in one way.", {
      parameter: "inputs.image, inputImage, inputImages",
    });
  }
  return checkPicture(given[0], "inputs.image");
}

function readUpload(picture: unknown, named: Named, form: "image" | "media"): Checked<WireTask> {
  const checked = checkPicture(picture, form);
  if (!checked.ok) return checked;
  return { ok: true, value: { kind: "upload", ...named, picture: checked.value, form } };
}

function checkPicture(picture: unknown, parameter: string): Checked<string> {
  if (picture === undefined) {
    return badRequest("missingInputImage", "The task holds no picture.", { parameter });
  }
  if (typeof picture !== "string" || pictureForm(picture) === null) {
    const message = "A picture is a UUID, a URL, a data URI or base64.";
    return badRequest("invalidInputImage", message, { parameter });
  }
  return { ok: true, value: picture };
}

function nameOf(fields: Fields): { taskType?: string; taskUUID?: string } {
  const { taskType, taskUUID } = fields;
  return {
    ...(typeof taskType === "string" && { taskType }),
    ...(typeof taskUUID === "string" && { taskUUID }),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
