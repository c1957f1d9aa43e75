import { type CsvCell, csvText } from "./csv.ts";
import type { AgeVerdict, AnswerSource } from "#src/domain/answer.ts";
import type { Failure } from "#src/domain/failure.ts";
import type { ImageRole } from "#src/domain/image-role.ts";
import { folderOf, frameNumber } from "#src/domain/frame.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { captionText, isEdited, type ShownAnswer } from "#src/domain/shown-answer.ts";
import { wordDistance } from "#src/domain/word-distance.ts";
import { answeredState, isSimulatedTask, type Task } from "#src/domain/task.ts";
import { distinctPaths, safePaths } from "./safe-names.ts";
import { withLines } from "#src/lib/with-lines.ts";
import { downloadZip } from "client-zip";

const ENDED = ["done", "empty", "refused", "failed", "unsettled", "cancelled"] as const;

/** The state of an image, in the words that exports use. */
export type CaptionStatus = (typeof ENDED)[number] | "in progress" | "not asked";

/** One image, as every export of Caption describes it. */
export interface CaptionRow {
  /** 7, or "7·2" for a part. */
  frame: number | string;
  name: string;
  /** With "/"; "" if the image came without one. */
  folder: string;
  /** The name of the field that the caption is in. */
  field: string;
  /**
   * The user's words, the text that the image came with, or the model's; null if there is none. "" if screen readers pass
   * over the image: the text of `alt=""`.
   */
  caption: string | null;
  captionByModel: string | null;
  edited: boolean;
  /**
   * How much of the model's words the user changed, 0–1 (see `wordDistance`); null unless the user edited a model's text.
   */
  wordsChanged: number | null;
  role: ImageRole;
  age: AgeVerdict | null;
  status: CaptionStatus;
  /** Kind and code of what went wrong last, "rejected: invalidModel"; null if nothing did. */
  error: string | null;
  modelId: string | null;
  /** As it was sent. */
  prompt: string | null;
  /** The language that was asked for, a BCP 47 tag; null if it was left to the prompt. */
  language: string | null;
  /** Where the answer came from, or "existing" if the caption is a text that the image came with. */
  source: AnswerSource | "existing" | null;
  simulated: boolean;
  /** Null if the service named none, or nothing was asked: `modelId` shows which. */
  costMicroUsd: MicroUsd | null;
  /** From the latest posting to the answer. */
  latencyMs: number | null;
  width: number | null;
  height: number | null;
  sha256: string | null;
  /** The texts of the sheet's other fields, in their order; empty if there are none. */
  otherTexts: readonly OtherText[];
}

/** A text of another field than the one that a file is about. */
export interface OtherText {
  field: string;
  /** Null if there is none. */
  text: string | null;
  /** Whether these words are the sandbox's, and not what somebody wrote over them. */
  simulated: boolean;
}

/** What is shown of another field. `isPassedOver`: screen readers pass over it, whatever it says. */
export function otherText(
  field: string,
  shown: ShownAnswer,
  { isPassedOver }: { isPassedOver: boolean },
): OtherText {
  const { answered, existing } = shown;
  const text = isPassedOver ? "" : captionText(shown);
  const isByModel = !isEdited(shown) && existing === null && (text ?? "") !== "";
  return { field, text, simulated: isByModel && answered !== null && isSimulatedTask(answered) };
}

/** Whether the sandbox made up anything that a table of this row says. */
export function holdsSimulated({ simulated, otherTexts }: CaptionRow): boolean {
  return simulated || otherTexts.some((other) => other.simulated);
}

interface CaptionRowParts {
  facts: PictureFacts | null;
  field?: string;
  otherTexts?: readonly OtherText[];
  role?: ImageRole;
  /** Whether screen readers pass over this text, whatever it says. */
  isPassedOver?: boolean;
}

/** Gathers what is known about one image and its shown answer. */
export function captionRow(
  image: SheetImage,
  shown: ShownAnswer,
  {
    facts,
    field = "Caption",
    otherTexts = [],
    role = "informative",
    isPassedOver = false,
  }: CaptionRowParts,
): CaptionRow {
  const { answered } = shown;
  const state = answered === null ? null : answeredState(answered);
  const answer = state?.phase === "done" ? state.answer : null;
  const captionByModel = answer?.kind === "caption" ? answer.text : null;
  return {
    frame: frameNumber(image),
    name: imageName(image),
    folder: folderOf(image),
    field,
    caption: isPassedOver ? "" : captionText(shown),
    captionByModel,
    edited: isEdited(shown),
    wordsChanged: wordsChangedOf(shown, captionByModel),
    role,
    age: answer?.kind === "age" ? answer.verdict : null,
    status: statusOf(image, shown),
    error: errorOf(image, shown),
    modelId: answered?.recipe.modelId ?? null,
    prompt: answered?.promptSent ?? null,
    language: answered?.language ?? null,
    source: shown.existing === null ? (state?.source ?? null) : "existing",
    simulated: answered !== null && isSimulatedTask(answered),
    costMicroUsd: state?.costMicroUsd ?? null,
    latencyMs: answered === null ? null : latencyMsOf(answered),
    width: facts?.width ?? null,
    height: facts?.height ?? null,
    sha256: pictureHashOf(image),
    otherTexts,
  };
}

// Neither an answer that came after the edit is what was changed, nor one below a text that the image came with.
function wordsChangedOf(shown: ShownAnswer, captionByModel: string | null): number | null {
  const { edit, besideEdit, isOfExisting } = shown;
  if (edit?.value.kind !== "edit" || captionByModel === null || !isEdited(shown)) return null;
  if (besideEdit !== null || isOfExisting) return null;
  return Math.round(wordDistance(captionByModel, edit.value.text) * 1000) / 1000;
}

function statusOf(
  image: SheetImage,
  { answered, latest, edit, existing }: ShownAnswer,
): CaptionStatus {
  if (image.preparation.phase === "rejected") return "failed";
  if (existing !== null || edit !== null) return "done";
  const task = answered ?? latest;
  if (task === null) return "not asked";
  return ENDED.find((phase) => phase === task.state.phase) ?? "in progress";
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

const COLUMNS: readonly (readonly [string, (row: CaptionRow) => CsvCell])[] = [
  ["file_name", (row) => row.name],
  ["folder", (row) => row.folder],
  ["caption", (row) => row.caption],
  ["caption_ai", (row) => row.captionByModel],
  ["edited", (row) => row.edited],
  ["role", (row) => row.role],
  ["age_group", (row) => groupOf(row)],
  ["age_label", (row) => row.age?.label ?? null],
  ["confidence", (row) => row.age?.confidence ?? null],
  ["status", (row) => row.status],
  ["error", (row) => row.error],
  ["simulated", (row) => row.simulated],
  ["source", (row) => row.source],
  ["model", (row) => row.modelId],
  ["prompt", (row) => row.prompt],
  ["lang", (row) => row.language],
  ["cost_usd", costCell],
  ["latency_ms", (row) => row.latencyMs],
  ["chars", (row) => row.caption?.length ?? null],
  ["words_changed", (row) => row.wordsChanged],
  ["width", (row) => row.width],
  ["height", (row) => row.height],
  ["field", (row) => row.field],
  ["simulated_fields", (row) => simulatedCell(row, ({ field }) => field)],
  ["simulated_texts", (row) => simulatedCell(row, ({ text }) => text ?? "")],
  // Whatever comes after it is a field's (imports/table-rows.ts).
  ["sha256", (row) => row.sha256],
];

/**
 * The sheet as a CSV file for spreadsheets: one line per image, in the sheet's order. Texts of other fields come last,
 * each in a column with its field's name, with "field: " in front if a column of ours has that name.
 */
export function captionsCsv(rows: readonly CaptionRow[]): string {
  const others = rows[0]?.otherTexts.map(({ field }) => field) ?? [];
  return csvText(
    [...COLUMNS.map(([name]) => name), ...others.map(headingOf)],
    rows.map((row) => [
      ...COLUMNS.map(([, cell]) => cell(row)),
      ...others.map((_, index) => row.otherTexts[index]?.text ?? null),
    ]),
  );
}

/** Names or texts of the other fields that are the sandbox's, as a JSON list. By the texts a reader tells what was changed. */
function simulatedCell({ otherTexts }: CaptionRow, partOf: (other: OtherText) => string): CsvCell {
  const parts = otherTexts.filter(({ simulated }) => simulated).map(partOf);
  return parts.length === 0 ? null : JSON.stringify(parts);
}

function headingOf(field: string): string {
  const key = field.trim().toLowerCase();
  const isOurs = COLUMNS.some(([name]) => name === key) || key.startsWith("field:");
  return isOurs ? `field: ${field.trim()}` : field;
}

// Spreadsheets read "3-9" as the third of September; words between the years keep it text.
function groupOf({ age }: CaptionRow): string | null {
  if (age === null) return null;
  if (age.range === null) return age.label;
  const { low, high } = age.range;
  return high === null ? `${low} and over` : `${low} to ${high}`;
}

// A price that the service did not name is never 0.
function costCell({ modelId, costMicroUsd }: CaptionRow): CsvCell {
  if (modelId === null) return null;
  return costMicroUsd === null ? "unknown" : costMicroUsd / 1_000_000;
}

/** The whole sheet as one JSON document. `exportedAt` is epoch milliseconds. */
export function captionsJson(
  sheetName: string,
  rows: readonly CaptionRow[],
  exportedAt: number,
): string {
  const document = {
    sheet: sheetName,
    exported_at: new Date(exportedAt).toISOString(),
    simulated: rows.some(holdsSimulated),
    images: rows.map((row) => ({
      file_name: row.name,
      folder: row.folder,
      frame: row.frame,
      ...factsOf(row),
      caption: row.caption,
      ...(row.otherTexts.length === 0
        ? {}
        : {
            other_texts: row.otherTexts.map((other) =>
              other.simulated ? { ...other, simulated_text: other.text } : other,
            ),
          }),
      age: row.age,
      status: row.status,
      error: row.error,
      cost_usd: row.costMicroUsd === null ? null : row.costMicroUsd / 1_000_000,
      latency_ms: row.latencyMs,
      words_changed: row.wordsChanged,
      width: row.width,
      height: row.height,
      sha256: row.sha256,
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function oneLine(text: string): string {
  return withLines(text).replaceAll(/\s+/gu, " ");
}

/**
 * `metadata.jsonl` as Hugging Face's image folder reads it: one object per line, with a `file_name` that is relative to
 * the file and different on every line, since the loader pairs lines and pictures by it. Images without a caption are
 * left out, since it requires every field on every line.
 */
export function captionsJsonl(rows: readonly CaptionRow[]): string {
  const captioned = rows.flatMap((row) =>
    row.caption === null ? [] : [{ ...row, caption: row.caption }],
  );
  const paths = distinctPaths(captioned);
  return captioned
    .map((row, index) => {
      const fileName = paths[index]?.path ?? row.name;
      return `${JSON.stringify({ file_name: fileName, text: withLines(row.caption), ...factsOf(row) })}\n`;
    })
    .join("");
}

function factsOf(row: CaptionRow) {
  return {
    field: row.field,
    caption_ai: row.captionByModel,
    edited: row.edited,
    role: row.role,
    model: row.modelId,
    prompt: row.prompt,
    lang: row.language,
    source: row.source,
    simulated: row.simulated,
  };
}

export interface TextFile {
  path: string;
  text: string;
}

/** One text file per captioned image, and what the user should know about them. */
export interface Sidecars {
  files: readonly TextFile[];
  captionCount: number;
  /** Files that share a base name with an earlier one, and so got a number. */
  renumbered: readonly { name: string; path: string }[];
  withoutCaption: readonly string[];
  /** Decorative images, which get no file. */
  decorativeCount: number;
  simulatedCount: number;
  /** Captions of several lines, which some trainers read as several captions. */
  brokenCount: number;
}

/**
 * The captions as `.txt` files named after their images: UTF-8, nothing but the caption, with its line breaks. If a
 * caption is simulated or has several lines, or a name had to change, a note in a separate file says so.
 */
export function captionSidecars(rows: readonly CaptionRow[]): Sidecars {
  const described = rows.filter((row) => !isDecorative(row));
  const captioned = described.filter((row) => row.caption !== null);
  const paths = safePaths(captioned, ".txt");
  const files = captioned.map((row, index) => ({
    path: paths[index]?.path ?? "",
    text: withLines(row.caption ?? ""),
  }));
  const sidecars = {
    captionCount: files.length,
    renumbered: captioned.flatMap((row, index) => {
      const path = paths[index];
      return path?.renumbered === true ? [{ name: row.name, path: path.path }] : [];
    }),
    decorativeCount: rows.length - described.length,
    withoutCaption: described.flatMap((row) => (row.caption === null ? [row.name] : [])),
    simulatedCount: captioned.filter((row) => row.simulated && row.source !== "existing").length,
    brokenCount: files.filter(({ text }) => text.includes("\n")).length,
  };
  const note = noteOf(sidecars);
  return { ...sidecars, files: note === null ? files : [...files, note] };
}

function isDecorative({ role, caption }: CaptionRow): boolean {
  return role === "decorative" && (caption ?? "") === "";
}

/** The files as one ZIP archive. `modifiedAt` is epoch milliseconds. */
export function zipOf(files: readonly TextFile[], modifiedAt: number): Promise<Blob> {
  const lastModified = new Date(modifiedAt);
  return downloadZip(
    files.map(({ path, text }) => ({ name: path, input: text, lastModified })),
  ).blob();
}

function noteOf(sidecars: Omit<Sidecars, "files">): TextFile | null {
  const lines: string[] = [];
  if (sidecars.simulatedCount > 0) {
    lines.push(
      `SIMULATED: ${sidecars.simulatedCount} of these ${sidecars.captionCount} captions come from the sandbox. No model has seen the pictures.`,
    );
  }
  if (sidecars.brokenCount > 0) {
    lines.push(
      `${sidecars.brokenCount} of these captions have several lines. Some trainers read every line as a caption of its own.`,
    );
  }
  if (sidecars.renumbered.length > 0) {
    lines.push(
      "These images have the same name as another except for the extension, so their captions got a number:",
      ...sidecars.renumbered.map(({ name, path }) => `  ${oneLine(name)} -> ${path}`),
    );
  }
  return lines.length === 0
    ? null
    : { path: "_about these captions/read me.txt", text: `${lines.join("\n")}\n` };
}
