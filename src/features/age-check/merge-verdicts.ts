import { formatAgeRange } from "#src/domain/age-label.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import type { ImageId, SheetId } from "#src/domain/image.ts";
import type { Judgement, Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import type { VerdictRow } from "#src/exports/verdict-files.ts";
import type { ForeignRows } from "#src/state/sheet/actions.ts";
import { shortened } from "#src/lib/shortened.ts";
import { ageRecipe, type Face } from "./grid/faces.ts";
import { isJudgement } from "./judging/judgements.ts";

interface MergeOptions {
  /** What is already on the sheet: nothing is added twice. */
  faces: Iterable<Face>;
  now: () => number;
  newId: () => string;
}

/**
 * Turns the rows of verdict files into what a sheet holds: pictures by hash, tasks with the models' verdicts, marks
 * with the judges' judgements.
 */
export function foreignVerdicts(rows: readonly VerdictRow[], options: MergeOptions): ForeignRows {
  const named = rows.flatMap((row) =>
    row.sha256 === null ? [] : [{ ...row, sha256: row.sha256 }],
  );
  const names = new Map<string, string | null>();
  for (const { sha256, file_name } of named)
    names.set(sha256, names.get(sha256) ?? (file_name === null ? null : shortened(file_name, 255)));
  return {
    pictures: [...names].map(([pictureHash, fileName]) => ({ pictureHash, fileName })),
    rows: ({ sheetId, imageIdOf }) => {
      const placed = named.flatMap((row) => {
        const imageId = imageIdOf(row.sha256);
        return imageId === null ? [] : [{ row, imageId }];
      });
      const { knownTasks, knownMarks } = knownOn(options.faces);
      return {
        tasks: newTasks(placed, knownTasks, { ...options, sheetId, runId: options.newId() }),
        marks: newMarks(placed, knownMarks, { ...options, sheetId }),
      };
    },
  };
}

interface Placed {
  row: VerdictRow;
  imageId: ImageId;
}

interface Place extends MergeOptions {
  sheetId: SheetId;
}

function newTasks(
  placed: readonly Placed[],
  known: ReadonlySet<string>,
  place: Place & { runId: string },
): Task[] {
  const tasks = new Map<string, Task>();
  for (const { row, imageId } of placed) {
    const state = stateOf(row);
    if (row.model === null || state === null) continue;
    // Without its UUID an answer counts as the same if it is the same model's on the same picture.
    const key = row.task ?? `${imageId} ${row.model}`;
    if (known.has(key) || tasks.has(key)) continue;
    const answeredAt = momentOf(row.answered_at) ?? place.now();
    tasks.set(key, {
      taskUuid: row.task ?? place.newId(),
      sheetId: place.sheetId,
      imageId,
      runId: place.runId,
      askedBy: "age-check",
      fieldId: null,
      recipe: ageRecipe(row.model),
      mount: null,
      promptSent: null,
      language: null,
      repeat: 1,
      purse: row.simulated ? "sandbox" : "runware",
      state,
      times: {
        createdAt: answeredAt,
        preparingAt: null,
        firstSentAt: null,
        sentAt: null,
        endedAt: answeredAt,
        serviceMs: null,
      },
      sent: null,
      holdMicroUsd: 0,
      deletedAt: null,
    });
  }
  return [...tasks.values()];
}

/** A task as it ended elsewhere: nothing is paid for it here. */
function stateOf(row: VerdictRow): TaskState | null {
  switch (row.status) {
    case "group": {
      const range = rangeOf(row.predicted_from, row.predicted_to);
      const label = row.raw_label ?? (range === null ? "" : formatAgeRange(range));
      return {
        phase: "done",
        answer: { kind: "age", verdict: { label, range, confidence: row.confidence } },
        source: "reused",
        costMicroUsd: 0,
      };
    }
    case "no-group":
      return { phase: "empty", source: "reused", costMicroUsd: 0 };
    case "refused":
      return {
        phase: "refused",
        failure: { kind: "refused", code: "refused", message: "As a verdict file tells." },
      };
    case "failed":
      return { phase: "failed", failure: { kind: "internal", detail: "as a verdict file tells" } };
    case "not-asked":
      return null;
  }
}

function newMarks(
  placed: readonly Placed[],
  known: ReadonlySet<string>,
  place: Place,
): UnwrittenMark[] {
  const marks = new Map<string, UnwrittenMark[]>();
  for (const { row, imageId } of placed) {
    const judgement = judgementOf(row.judgement, row.true_from, row.true_to);
    if (judgement === null) continue;
    const key = markKey(imageId, {
      by: row.reviewer,
      from: row.truth_source ?? "person",
      judgement,
    });
    const shown = row.task === null ? [] : [row.task];
    const made = marks.get(key);
    if (made !== undefined)
      marks.set(
        key,
        made.map((mark) => ({ ...mark, shown: [...new Set([...mark.shown, ...shown])] })),
      );
    else if (!known.has(key)) marks.set(key, chainOf(row, { imageId, judgement, shown }, place));
  }
  return [...marks.values()].flat();
}

/** A judgement and, if it was changed after the reveal, the blind one before it. */
function chainOf(
  row: VerdictRow,
  { imageId, judgement, shown }: Pick<Mark, "imageId" | "shown"> & { judgement: Judgement },
  place: Place,
): UnwrittenMark[] {
  const at = momentOf(row.judged_at) ?? place.now();
  const from = row.truth_source ?? "person";
  const mark = (said: Judgement, blind: boolean): UnwrittenMark => ({
    id: place.newId(),
    sheetId: place.sheetId,
    seq: null,
    imageId,
    value: { kind: "judgement", judgement: said, blind, from },
    shown,
    note: null,
    by: row.reviewer,
    at,
    secondsTaken: null,
    sample: row.sample,
    replaces: null,
    deletedAt: null,
  });
  const blindly = judgementOf(row.blind_judgement, row.blind_from, row.blind_to);
  if (blindly === null || !row.changed)
    return [{ ...mark(judgement, row.blind === true), secondsTaken: row.seconds }];
  const first = { ...mark(blindly, true), secondsTaken: row.seconds, at: at - 1 };
  return [first, { ...mark(judgement, false), replaces: first.id }];
}

function knownOn(faces: Iterable<Face>): { knownTasks: Set<string>; knownMarks: Set<string> } {
  const knownTasks = new Set<string>();
  const knownMarks = new Set<string>();
  for (const face of faces) {
    for (const task of face.tasks.values()) {
      knownTasks.add(task.taskUuid);
      knownTasks.add(`${face.image.id} ${task.recipe.modelId}`);
    }
    for (const mark of face.marks) {
      if (!isJudgement(mark)) continue;
      const { judgement, from } = mark.value;
      knownMarks.add(markKey(face.image.id, { by: mark.by, from, judgement }));
    }
  }
  return { knownTasks, knownMarks };
}

function markKey(
  imageId: ImageId,
  { by, from, judgement }: { by: string | null; from: string; judgement: Judgement },
): string {
  return JSON.stringify([imageId, by, from, judgement]);
}

function judgementOf(
  kind: Judgement["kind"] | null,
  low: number | null,
  high: number | null,
): Judgement | null {
  if (kind === null) return null;
  if (kind === "age") return low === null ? null : { kind, years: low };
  if (kind === "range") {
    const range = rangeOf(low, high);
    return range === null ? null : { kind, range, label: formatAgeRange(range) };
  }
  return { kind };
}

function rangeOf(low: number | null, high: number | null): AgeRange | null {
  return low === null || (high !== null && high < low) ? null : { low, high };
}

function momentOf(text: string | null): number | null {
  const at = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : at;
}
