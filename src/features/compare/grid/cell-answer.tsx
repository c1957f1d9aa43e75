import type { ReactNode } from "react";
import type { Against } from "#src/domain/compare-settings.ts";
import { answerText } from "#src/domain/cell.ts";
import { shownTask, type ComparedColumn, type ComparedRow } from "#src/domain/comparison.ts";
import { type Task } from "#src/domain/task.ts";
import { timeSplit } from "#src/domain/time-split.ts";
import { costText, secondsText, splitText } from "#src/features/compare/compare-words.ts";
import { failureText } from "#src/domain/failure-text.ts";
import { MOST_COMPARED_CHARACTERS, type TextPart } from "#src/domain/own-words.ts";
import { AgeBadge, LongText, FailureLine } from "#src/sheet/answer.tsx";
import { UnsettledLine } from "#src/sheet/unsettled-line.tsx";
import { partCount } from "#src/state/pictures/parts.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Pulse } from "#src/ui/pulse.tsx";
import type { AgeRelation } from "#src/domain/age-overlap.ts";
import { markedText, relationOf, verdictOf } from "./row-differences.ts";

interface CellAnswerProps {
  row: ComparedRow;
  columns: readonly ComparedColumn[];
  against: Against;
  index: number;
}

/** A cell's current answer, and the state of the latest try. */
export function CellAnswer({ row, columns, against, index }: CellAnswerProps) {
  const cell = row.cells[index];
  const task = shownTask(cell);
  const latest = cell?.repeats[cell.drawn]?.latest ?? null;
  const text = answerText(task);
  const verdict = verdictOf(row, index);
  const isSplit = useSheet((state) => partCount(state, row.image.id) > 0);
  const relation = verdict === null ? null : relationOf(row, columns, { index, against });
  return (
    <>
      {text !== null && text !== "" && (
        <MarkedText parts={markedText(row, columns, { index, against })} />
      )}
      {text === "" && <Quiet>The model answered with nothing.</Quiet>}
      {verdict !== null && <AgeBadge verdict={verdict} />}
      {relation !== null && (
        <p className="text-xs text-ink-2">
          {RELATION_WORDS[relation]} with{" "}
          {against.kind === "column" ? "that column" : `the ${against.kind}`}
        </p>
      )}
      {latest !== null && <LatestTry task={latest} standsAlone={task === null} />}
      {task === null && latest === null && (
        <Quiet>{isSplit ? "Its parts are asked about instead." : restText(row)}</Quiet>
      )}
    </>
  );
}

const RELATION_WORDS: Record<AgeRelation, string> = {
  agree: "agrees",
  overlap: "overlaps",
  disjoint: "disjoint",
  unknown: "cannot be compared",
};

/** A text with its own words underlined. */
export function MarkedText({ parts }: { parts: readonly TextPart[] }) {
  const text = parts.map((part) => part.text).join("");
  const className = "max-h-96 overflow-y-auto text-caption whitespace-pre-line wrap-anywhere";
  if (text.length > MOST_COMPARED_CHARACTERS) return <LongText text={text} className={className} />;
  return (
    <p dir="auto" className={className}>
      {parts.map((part, index) =>
        part.own ? (
          <mark
            // oxlint-disable-next-line react/no-array-index-key -- parts have no name but their place
            key={index}
            className="bg-transparent text-inherit underline decoration-info decoration-2 underline-offset-3"
          >
            {part.text}
          </mark>
        ) : (
          part.text
        ),
      )}
    </p>
  );
}

function LatestTry({ task, standsAlone }: { task: Task; standsAlone: boolean }) {
  const { state } = task;
  switch (state.phase) {
    case "failed":
      return (
        <FailureLine
          failure={state.failure}
          lead={standsAlone ? "Not answered." : "Asking again failed."}
          className="text-control"
        />
      );
    case "refused":
      return <FailureLine failure={state.failure} lead="Refused." className="text-control" />;
    case "unsettled":
      return <UnsettledLine task={task} className="text-control" />;
    case "done":
    case "empty":
    case "cancelled":
      return null;
    case "waiting":
      return <Quiet>In the queue.</Quiet>;
    case "preparing":
      return <UnderWay>Getting the copy ready…</UnderWay>;
    case "sending":
      return (
        <UnderWay>
          {state.attempt === 1 ? "Waiting for the answer…" : `Waiting, try ${state.attempt}…`}
        </UnderWay>
      );
    case "polling":
      return <UnderWay>The service may have it; waiting…</UnderWay>;
    case "resting":
      return (
        <UnderWay>
          Pausing before try {state.attempt + 1}. {failureText(state.failure)}
        </UnderWay>
      );
  }
}

function UnderWay({ children }: { children: ReactNode }) {
  return (
    <div>
      <Pulse className="mb-2" />
      <Quiet>{children}</Quiet>
    </div>
  );
}

function Quiet({ children }: { children: ReactNode }) {
  return <p className="text-ink-2">{children}</p>;
}

function restText({ image }: ComparedRow): string {
  switch (image.preparation.phase) {
    case "queued":
    case "preparing":
      return "The picture is being prepared.";
    case "unseen":
      return "The picture isn’t on this device: add the file to ask about it.";
    case "rejected":
      return "The picture could not be added.";
    case "ready":
    case "remote":
      return "Not asked yet.";
  }
}

/** What an answer cost, and how long it took. */
export function PaidFacts({ task }: { task: Task }) {
  const split = timeSplit(task);
  return (
    <>
      <span>{costText(task)}</span>
      {split !== null && (
        <span title={splitText(split)} className="whitespace-nowrap">
          {secondsText(split.serviceMs)}
          <span className="sr-only"> ({splitText(split)})</span>
        </span>
      )}
    </>
  );
}
