import type { AgeVerdict, AnswerSource } from "#src/domain/answer.ts";
import { answerText, answerVerdict, type Cell } from "#src/domain/cell.ts";
import type { ComparedColumn, ComparedRow } from "#src/domain/comparison.ts";
import { folderOf, frameNumber } from "#src/domain/frame.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName } from "#src/domain/image.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import { countWords } from "#src/domain/own-words.ts";
import { recipeKey } from "#src/domain/recipe.ts";
import { answeredState, isSimulatedTask, type Task, type TaskUuid } from "#src/domain/task.ts";
import { timeSplit, type TimeSplit } from "#src/domain/time-split.ts";

/** A comparison, as every export of Compare describes it. */
export interface CompareData {
  sheet: string;
  /** Epoch milliseconds. */
  exportedAt: number;
  /** True if any answer was made up by the sandbox. */
  simulated: boolean;
  columns: readonly ComparedColumn[];
  rows: readonly CompareDataRow[];
}

export interface CompareDataRow {
  imageId: string;
  /** 7, or "7·2" for a part. */
  frame: number | string;
  name: string;
  /** With "/"; "" if the image came without one. */
  folder: string;
  sha256: string | null;
  reference: string | null;
  vote: DataVote;
  /** By column, then by repeat. */
  cells: readonly DataCell[];
}

/** What the user said about a row; "none" if nothing counts or was said. */
export interface DataVote {
  kind: "pick" | "tie" | "all-bad" | "void" | "none";
  /** Why it is void. */
  why: "revealed" | "redone" | null;
  picked: ShownAnswer | null;
  /** What was shown, in the order shown. */
  shown: readonly ShownAnswer[];
  note: string | null;
  /** Epoch milliseconds. */
  at: number | null;
  seconds: number | null;
}

/** An answer that was voted on. Its column may be gone by now: then the label is its model. */
export interface ShownAnswer {
  taskUuid: TaskUuid;
  label: string;
  modelId: string;
  prompt: string | null;
  text: string | null;
  age: AgeVerdict | null;
  simulated: boolean;
}

export interface DataCell {
  /** Index among `columns`. */
  column: number;
  repeat: number;
  /** True for the repeat that stands for its column. */
  stands: boolean;
  status: "done" | "empty" | "refused" | "failed" | "unsettled" | "in progress" | "not asked";
  /** Kind and code of what went wrong last; null if nothing did. */
  error: string | null;
  text: string | null;
  age: AgeVerdict | null;
  words: number | null;
  source: AnswerSource | null;
  simulated: boolean;
  costMicroUsd: MicroUsd | null;
  times: TimeSplit | null;
  taskUuid: TaskUuid | null;
}

/** Gathers a comparison for export. */
export function compareData(
  comparison: { columns: readonly ComparedColumn[]; rows: Iterable<ComparedRow> },
  about: { sheet: string; exportedAt: number },
  taskOf: (imageId: string, taskUuid: TaskUuid) => Task | null,
): CompareData {
  const { columns } = comparison;
  const rows = [...comparison.rows].map((row): CompareDataRow => ({
    imageId: row.image.id,
    frame: frameNumber(row.image),
    name: imageName(row.image),
    folder: folderOf(row.image),
    sha256: pictureHashOf(row.image),
    reference: row.reference?.text ?? null,
    vote: dataVote(row, columns, taskOf),
    cells: row.cells.flatMap(({ repeats, drawn }, column) =>
      repeats.map((cell, index) => dataCell(cell, { column, index, drawn })),
    ),
  }));
  const simulated = rows.some(({ cells }) => cells.some((cell) => cell.simulated));
  return { ...about, simulated, columns, rows };
}

function dataVote(
  { image, vote }: ComparedRow,
  columns: readonly ComparedColumn[],
  taskOf: (imageId: string, taskUuid: TaskUuid) => Task | null,
): DataVote {
  if (vote.kind === "open")
    return {
      kind: "none",
      why: null,
      picked: null,
      shown: [],
      note: null,
      at: null,
      seconds: null,
    };
  const { mark } = vote;
  const shown = mark.shown.flatMap((uuid) => {
    const task = taskOf(image.id, uuid);
    return task === null ? [] : [shownAnswer(task, columns)];
  });
  const choice = vote.kind === "cast" ? vote.choice : null;
  const pickedUuid = choice?.kind === "pick" ? choice.taskUuid : null;
  return {
    kind: choice?.kind ?? "void",
    why: vote.kind === "void" ? vote.why : null,
    picked: shown.find(({ taskUuid }) => taskUuid === pickedUuid) ?? null,
    shown,
    note: mark.note,
    at: mark.at,
    seconds: mark.secondsTaken,
  };
}

function shownAnswer(task: Task, columns: readonly ComparedColumn[]): ShownAnswer {
  const key = recipeKey(task.recipe);
  return {
    taskUuid: task.taskUuid,
    label: columns.find((column) => column.key === key)?.label ?? task.recipe.modelId,
    modelId: task.recipe.modelId,
    prompt: task.recipe.prompt,
    text: answerText(task),
    age: answerVerdict(task),
    simulated: isSimulatedTask(task),
  };
}

function dataCell(
  { answered, latest }: Cell,
  at: { column: number; index: number; drawn: number },
): DataCell {
  const state = answered === null ? null : answeredState(answered);
  const text = answerText(answered);
  return {
    column: at.column,
    repeat: at.index + 1,
    stands: at.index === at.drawn,
    status: statusOf({ answered, latest }),
    error: errorOf(latest),
    text,
    age: answerVerdict(answered),
    words: text === null ? null : countWords(text),
    source: state?.source ?? null,
    simulated: answered !== null && isSimulatedTask(answered),
    costMicroUsd: state?.costMicroUsd ?? null,
    times: answered === null ? null : timeSplit(answered),
    taskUuid: answered?.taskUuid ?? null,
  };
}

function statusOf({ answered, latest }: Cell): DataCell["status"] {
  if (answered !== null) return answered.state.phase === "empty" ? "empty" : "done";
  if (latest === null) return "not asked";
  const { phase } = latest.state;
  return phase === "refused" || phase === "failed" || phase === "unsettled" ? phase : "in progress";
}

function errorOf(latest: Task | null): string | null {
  if (latest === null || !("failure" in latest.state) || latest.state.phase === "resting")
    return null;
  const { failure } = latest.state;
  return "code" in failure && failure.code !== null
    ? `${failure.kind}: ${failure.code}`
    : failure.kind;
}
