import type { AgeVerdict, AnswerSource } from "#src/domain/answer.ts";
import type { Failure } from "#src/domain/failure.ts";
import { imageName, pictureHashOf, type SheetImage } from "#src/domain/image.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { captionText, type ShownAnswer } from "#src/domain/shown-answer.ts";
import { isSimulatedTask, type Task } from "#src/domain/task.ts";

/** The state of an image, in the words that exports use. */
export type CaptionStatus =
  | "done"
  | "empty"
  | "refused"
  | "failed"
  | "unsettled"
  | "cancelled"
  | "in progress"
  | "not asked";

/** One image, as every export of Caption describes it. */
export interface CaptionRow {
  frame: number;
  name: string;
  /** With "/"; "" if the image came without one. */
  folder: string;
  /** The user's words if there are any, otherwise the model's; null if neither. */
  caption: string | null;
  captionByModel: string | null;
  edited: boolean;
  age: AgeVerdict | null;
  status: CaptionStatus;
  /** Kind and code of what went wrong last, "rejected: invalidModel"; null if nothing did. */
  error: string | null;
  modelId: string | null;
  prompt: string | null;
  source: AnswerSource | null;
  simulated: boolean;
  /** Null if the service named none, or nothing was asked: `source` shows which. */
  costMicroUsd: MicroUsd | null;
  /** From the latest posting to the answer. */
  latencyMs: number | null;
  width: number | null;
  height: number | null;
  sha256: string | null;
}

/** Gathers what is known about one image and its shown answer. */
export function captionRow(
  image: SheetImage,
  shown: ShownAnswer,
  facts: PictureFacts | null,
): CaptionRow {
  const { answered } = shown;
  const state = answered?.state ?? null;
  const answer = state?.phase === "done" ? state.answer : null;
  const hasEnd = state?.phase === "done" || state?.phase === "empty";
  return {
    frame: image.frame,
    name: imageName(image),
    folder: image.source.kind === "file" ? image.source.folder : "",
    caption: captionText(shown),
    captionByModel: answer?.kind === "caption" ? answer.text : null,
    edited: shown.edit !== null,
    age: answer?.kind === "age" ? answer.verdict : null,
    status: statusOf(image, shown),
    error: errorOf(image, shown),
    modelId: answered?.recipe.modelId ?? null,
    prompt: answered?.recipe.prompt ?? null,
    source: hasEnd ? state.source : null,
    simulated: answered !== null && isSimulatedTask(answered),
    costMicroUsd: hasEnd ? state.costMicroUsd : null,
    latencyMs: answered === null ? null : latencyMsOf(answered),
    width: facts?.width ?? null,
    height: facts?.height ?? null,
    sha256: pictureHashOf(image),
  };
}

/** A caption in one line: trainers read a line break as the start of another caption. */
export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  return text.replaceAll(/[\s\u0000-\u001F\u007F-\u009F\u2028\u2029]+/gu, " ").trim();
}

/** US dollars as a plain decimal, "0.0019", which spreadsheets and scripts can add up. */
export function plainUsd(microUsd: MicroUsd): string {
  return (microUsd / 1_000_000).toFixed(6).replace(/0{1,4}$/u, "");
}

function statusOf(image: SheetImage, { answered, latest, edit }: ShownAnswer): CaptionStatus {
  if (image.preparation.phase === "rejected") return "failed";
  const phase = (answered ?? latest)?.state.phase ?? null;
  switch (phase) {
    case null:
      return edit === null ? "not asked" : "done";
    case "done":
    case "empty":
    case "refused":
    case "failed":
    case "unsettled":
    case "cancelled":
      return phase;
    case "waiting":
    case "preparing":
    case "sending":
    case "resting":
    case "polling":
      return "in progress";
  }
}

function errorOf(image: SheetImage, { latest }: ShownAnswer): string | null {
  if (image.preparation.phase === "rejected") return failureCode(image.preparation.failure);
  const state = latest?.state;
  if (state?.phase === "refused" || state?.phase === "failed" || state?.phase === "unsettled")
    return failureCode(state.failure);
  return null;
}

function failureCode(failure: Failure): string {
  return "code" in failure && failure.code !== null
    ? `${failure.kind}: ${failure.code}`
    : failure.kind;
}

function latencyMsOf({ times }: Task): number | null {
  const { sentAt, endedAt } = times;
  return sentAt === null || endedAt === null ? null : Math.max(0, endedAt - sentAt);
}
