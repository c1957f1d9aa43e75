import type { ComparedColumn } from "#src/domain/comparison.ts";
import type {
  CompareData,
  CompareDataRow,
  DataCell,
  DataVote,
  ShownAnswer,
} from "./compare-data.ts";
import { csvText, type CsvCell } from "./csv.ts";

interface Line {
  row: CompareDataRow;
  cell: DataCell;
  compared: ComparedColumn | undefined;
}

const COLUMNS: readonly (readonly [string, (line: Line) => CsvCell | undefined])[] = [
  ["frame", ({ row }) => row.frame],
  ["file_name", ({ row }) => row.name],
  ["folder", ({ row }) => row.folder],
  ["column", ({ compared }) => compared?.label],
  ["model", ({ compared }) => compared?.recipe.modelId],
  ["prompt", ({ compared }) => compared?.recipe.prompt],
  ["sent_size", ({ compared }) => compared?.recipe.sentSize],
  ["repeat", ({ cell }) => cell.repeat],
  ["status", ({ cell }) => cell.status],
  ["answer", ({ cell }) => cell.text],
  ["age_label", ({ cell }) => cell.age?.label],
  ["age_low", ({ cell }) => cell.age?.range?.low],
  ["age_high", ({ cell }) => cell.age?.range?.high],
  ["confidence", ({ cell }) => cell.age?.confidence],
  ["words", ({ cell }) => cell.words],
  ["cost_usd", ({ cell }) => (cell.costMicroUsd === null ? null : cell.costMicroUsd / 1_000_000)],
  ["queue_ms", ({ cell }) => rounded(cell.times?.queueMs)],
  ["preparing_ms", ({ cell }) => rounded(cell.times?.preparingMs)],
  ["retries_ms", ({ cell }) => rounded(cell.times?.retriesMs)],
  ["service_ms", ({ cell }) => rounded(cell.times?.serviceMs)],
  ["model_ms", ({ cell }) => rounded(cell.times?.modelMs)],
  ["source", ({ cell }) => cell.source],
  ["simulated", ({ cell }) => cell.simulated],
  ["error", ({ cell }) => cell.error],
  ["vote", ({ row }) => voteText(row.vote)],
  ["picked", ({ row, cell }) => row.vote.picked && row.vote.picked.taskUuid === cell.taskUuid],
  ["shown_place", ({ row, cell }) => placeOf(row.vote, cell)],
  ["vote_note", ({ row }) => row.vote.note],
  ["vote_seconds", ({ row }) => row.vote.seconds],
  ["reference", ({ row }) => row.reference],
  ["sha256", ({ row }) => row.sha256],
  ["task_uuid", ({ cell }) => cell.taskUuid],
];

/** Every cell as a line: image by image, column by column, repeat by repeat, each with its row's vote. */
export function compareCsv({ columns, rows }: CompareData): string {
  const lines = rows.flatMap((row) =>
    row.cells.map((cell) => {
      const line = { row, cell, compared: columns[cell.column] };
      return COLUMNS.map(([, cellOf]) => cellOf(line) ?? null);
    }),
  );
  return csvText(
    COLUMNS.map(([name]) => name),
    lines,
  );
}

// Times are differences, which would end in the dust of binary fractions.
function rounded(ms: number | null | undefined): number | null {
  return ms == null ? null : Math.round(ms * 1e6) / 1e6;
}

function voteText({ kind, why }: DataVote): string | null {
  if (kind === "none") return null;
  return why === null ? kind : `void: ${why}`;
}

/** From 1, in the order shown. */
function placeOf({ shown }: DataVote, cell: DataCell): number | null {
  const place = shown.findIndex(({ taskUuid }) => taskUuid === cell.taskUuid);
  return place < 0 ? null : place + 1;
}

/** Everything that is known about a comparison, as JSON. Dollars are in millionths, times in milliseconds. */
export function compareJson({ columns, rows, ...about }: CompareData): string {
  return JSON.stringify(
    {
      ...about,
      exportedAt: new Date(about.exportedAt).toISOString(),
      columns: columns.map(({ label, recipe, column }) => ({
        label,
        model: recipe.modelId,
        prompt: recipe.prompt,
        sentSize: recipe.sentSize,
        repeats: column.repeats,
      })),
      images: rows.map(({ vote, ...row }) => ({ ...row, vote: jsonVote(vote) })),
    },
    null,
    2,
  );
}

/**
 * Preferences, a line for each answer that lost to a picked one: for tuning a model on what people prefer. Ties, rows
 * in which all were bad, and void votes give no preference. Answers that are ages or empty are left out.
 */
export function preferenceLines({ rows }: CompareData): string[] {
  return rows.flatMap(({ name, sha256, vote }) => {
    const { picked, shown } = vote;
    if (vote.kind !== "pick" || picked === null || isWordless(picked)) return [];
    return shown
      .filter((other) => other !== picked && !isWordless(other))
      .map((other) =>
        JSON.stringify({
          image: name,
          sha256,
          prompt: picked.prompt,
          ...(other.prompt === picked.prompt ? {} : { prompt_rejected: other.prompt }),
          chosen: picked.text,
          rejected: other.text,
          chosen_model: picked.modelId,
          rejected_model: other.modelId,
          vote: vote.kind,
          shown_order: shown.map(({ modelId }) => modelId),
          chosen_place: shown.indexOf(picked) + 1,
          rejected_place: shown.indexOf(other) + 1,
          note: vote.note,
          voted_at: vote.at === null ? null : new Date(vote.at).toISOString(),
          seconds: vote.seconds,
          simulated: picked.simulated || other.simulated,
        }),
      );
  });
}

function jsonVote({ at, picked, shown, ...vote }: DataVote) {
  return {
    ...vote,
    at: at === null ? null : new Date(at).toISOString(),
    picked: picked === null ? null : { column: picked.label, taskUuid: picked.taskUuid },
    shown: shown.map(({ label, taskUuid }) => ({ column: label, taskUuid })),
  };
}

function isWordless({ text }: ShownAnswer): boolean {
  return text === null || text === "";
}
