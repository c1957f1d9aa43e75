import { useState } from "react";
import { votableColumns, type ComparedRow } from "#src/domain/comparison.ts";
import { imageName, type ImageId } from "#src/domain/image.ts";
import { FramePicture } from "#src/sheet/frame-picture.tsx";
import { Button } from "#src/ui/button.tsx";
import { useActs } from "#src/ui/acts.ts";
import { STAGE_ACTS } from "#src/features/compare/actions.ts";
import { useDesk, type Comparison } from "#src/features/compare/compare-desk.ts";
import { FullDialog } from "./full-dialog.tsx";
import { StageAnswer } from "./stage-answer.tsx";
import { StageFoot } from "./stage-foot.tsx";

interface StageDialogProps {
  comparison: Comparison;
  onClose: () => void;
}

/** One row at a time, large, to be voted on by key. */
export function StageDialog({ comparison, onClose }: StageDialogProps) {
  const ids = votableIds(comparison);
  const stage = useStage(ids, comparison);
  const { row } = stage;
  return (
    <FullDialog label="Vote one by one" onClose={onClose}>
      <div className="flex items-center gap-3 border-b border-line bg-sheet px-4 py-2">
        <h2 className="font-semibold">
          {row === undefined ? "Vote one by one" : imageName(row.image)}
        </h2>
        <p className="text-control text-ink-2">{progressText(comparison, ids, stage.at)}</p>
        <Button look="ghost" keys="Escape" className="ml-auto" onClick={onClose}>
          Close
        </Button>
      </div>
      {row === undefined ? (
        <p className="m-auto max-w-md p-6 text-center text-caption text-ink-2">
          There is no row to vote on yet: a vote needs answers of two columns. Run the columns
          first.
        </p>
      ) : (
        <>
          <StageRow key={row.image.id} row={row} comparison={comparison} seconds={stage.seconds} />
          <StageFoot
            row={row}
            isBlind={comparison.settings.blind}
            seconds={stage.seconds}
            onMove={stage.move}
          />
        </>
      )}
    </FullDialog>
  );
}

function StageRow({
  row,
  comparison,
  seconds,
}: {
  row: ComparedRow;
  comparison: Comparison;
  seconds: () => number;
}) {
  const { settings, columns } = comparison;
  const order = settings.blind ? row.blindOrder : [...columns.keys()];
  return (
    <div className="grid min-h-0 flex-1 grid-rows-[minmax(8rem,30dvh)_minmax(0,1fr)] lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:grid-rows-1">
      <FramePicture image={row.image} size="copy" className="h-full" />
      <div className="grid min-h-0 auto-rows-max grid-cols-[repeat(auto-fit,minmax(min(19rem,100%),1fr))] gap-3 overflow-y-auto p-3 sm:p-4">
        {order.map((index, place) => (
          <StageAnswer
            key={columns[index]?.column.id ?? index}
            row={row}
            comparison={comparison}
            index={index}
            place={place + 1}
            seconds={seconds}
          />
        ))}
      </div>
    </div>
  );
}

interface Stage {
  row: ComparedRow | undefined;
  /** Its place among the votable rows, from 0. */
  at: number;
  /** How long it has been looked at. */
  seconds: () => number;
  /** Goes to the next or previous row. */
  move: (by: 1 | -1) => void;
}

function useStage(ids: readonly ImageId[], comparison: Comparison): Stage {
  const desk = useDesk();
  const [id, setId] = useState(() => firstId(ids, comparison, desk.view.getState().activeId));
  const [watch] = useState(createStopwatch);
  const at = Math.max(0, ids.indexOf(id));
  const row = comparison.rows.get(ids[at] ?? "");
  const show = (next: ImageId | undefined): void => {
    if (next === undefined) return;
    watch.restart();
    setId(next);
    desk.view.setState({ activeId: next });
  };
  const move = (by: 1 | -1): void => show(ids[at + by]);
  useActs(STAGE_ACTS, {
    desk,
    imageId: () => row?.image.id ?? null,
    seconds: watch.seconds,
    move,
  });
  return { row, at, seconds: watch.seconds, move };
}

/** The row that was active or, where that has its vote, the first that has none. */
function firstId(ids: readonly ImageId[], { rows }: Comparison, activeId: ImageId | null): ImageId {
  const isOpen = (id: ImageId): boolean => !isVoted(rows.get(id));
  if (activeId !== null && ids.includes(activeId) && isOpen(activeId)) return activeId;
  return ids.find(isOpen) ?? ids[0] ?? "";
}

function votableIds({ rows, settings }: Comparison): ImageId[] {
  return [...rows.values()]
    .filter((row) => votableColumns(row, settings.blind).length > 1)
    .map(({ image }) => image.id);
}

function progressText({ rows }: Comparison, ids: readonly ImageId[], at: number): string {
  if (ids.length === 0) return "";
  const voted = ids.filter((id) => isVoted(rows.get(id))).length;
  return `${at + 1} of ${ids.length} · ${voted} voted`;
}

/** True where the vote is on all the answers there are. */
function isVoted(row: ComparedRow | undefined): boolean {
  return row?.vote.kind === "cast" && row.vote.isWhole;
}

interface Stopwatch {
  restart: () => void;
  /** Since it was made or last restarted. */
  seconds: () => number;
}

/** Tells how long a person has looked at something. */
function createStopwatch(): Stopwatch {
  let since = performance.now();
  return {
    restart: () => {
      since = performance.now();
    },
    seconds: () => (performance.now() - since) / 1000,
  };
}
