import { plainUsd } from "./caption-row.ts";
import type { CompareData, CompareDataRow, DataCell } from "./compare-data.ts";
import { csvText, type CsvCell } from "./csv.ts";

const COLUMNS = [
  "frame",
  "file_name",
  "folder",
  "column",
  "model",
  "prompt",
  "sent_size",
  "repeat",
  "status",
  "answer",
  "age_label",
  "age_low",
  "age_high",
  "confidence",
  "words",
  "cost_usd",
  "queue_ms",
  "preparing_ms",
  "retries_ms",
  "service_ms",
  "model_ms",
  "source",
  "simulated",
  "error",
  "vote",
  "picked",
  "shown_place",
  "vote_note",
  "vote_seconds",
  "reference",
  "sha256",
  "task_uuid",
] as const;

/** Every cell as a line: image by image, column by column, repeat by repeat, each with its row's vote. */
export function compareCsv({ columns, rows }: CompareData): string {
  const lines = rows.flatMap((row) =>
    row.cells.map((cell): CsvCell[] => {
      const compared = columns[cell.column];
      const { vote } = row;
      const place = vote.shown.findIndex(({ taskUuid }) => taskUuid === cell.taskUuid);
      return [
        row.frame,
        row.name,
        row.folder,
        compared?.label ?? null,
        compared?.recipe.modelId ?? null,
        compared?.recipe.prompt ?? null,
        compared?.recipe.sentSize ?? null,
        cell.repeat,
        cell.status,
        ...answerCells(cell),
        ...paidCells(cell),
        cell.error,
        voteText(row),
        vote.picked === null ? null : vote.picked.taskUuid === cell.taskUuid,
        place < 0 ? null : place + 1,
        vote.note,
        vote.seconds,
        row.reference,
        row.sha256,
        cell.taskUuid,
      ];
    }),
  );
  return csvText(COLUMNS, lines);
}

function answerCells({ text, age, words }: DataCell): CsvCell[] {
  return [
    text,
    age?.label ?? null,
    age?.range?.low ?? null,
    age?.range?.high ?? null,
    age?.confidence ?? null,
    words,
  ];
}

function paidCells({ costMicroUsd, times, source, simulated }: DataCell): CsvCell[] {
  return [
    costMicroUsd === null ? null : Number(plainUsd(costMicroUsd)),
    times?.queueMs ?? null,
    times?.preparingMs ?? null,
    times?.retriesMs ?? null,
    times?.serviceMs ?? null,
    times?.modelMs ?? null,
    source,
    simulated,
  ].map((cell) => (typeof cell === "number" ? Math.round(cell * 1e6) / 1e6 : cell));
}

function voteText({ vote }: CompareDataRow): string | null {
  if (vote.kind === "none") return null;
  return vote.why === null ? vote.kind : `void: ${vote.why}`;
}
