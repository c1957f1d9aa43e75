import { useState } from "react";
import { type ComparedRow, shownOrder, shownTask, votableColumns } from "#src/domain/comparison.ts";
import { type ImageId, imageName } from "#src/domain/image.ts";
import { FramePicture } from "#src/sheet/frame.tsx";
import { Button } from "#src/ui/button.tsx";
import { useActs } from "#src/ui/acts.ts";
import { STAGE_ACTS } from "#src/features/compare/actions.ts";
import { type Comparison, useDesk } from "#src/features/compare/compare-desk.ts";
import { FullDialog } from "./full-dialog.tsx";
import { isSimulatedTask } from "#src/domain/task.ts";
import { classNames } from "#src/lib/class-names.ts";
import { SimulatedTag } from "#src/sheet/answer.tsx";
import { CellAnswer, PaidFacts } from "#src/features/compare/grid/cell-answer.tsx";
import {
  PickButton,
  RowVoteButtons,
  useVoteText,
} from "#src/features/compare/voting/vote-controls.tsx";
import {
  isPicked,
  isRevealed,
  visibleAgainst,
  whyNoVote,
} from "#src/features/compare/voting/blind-rules.ts";
import { controlLook } from "#src/ui/field.tsx";

interface StageDialogProps {
  comparison: Comparison;
  onClose: () => void;
}

/** One row at a time, large, to be voted on by key. */
export function StageDialog({ comparison, onClose }: StageDialogProps) {
  const ids = votableIds(comparison);
  const { settings, columns } = comparison;
  const { row, at, seconds, move } = useStage(ids, comparison);
  return (
    <FullDialog label="Vote one by one" onClose={onClose}>
      <div className="flex items-center gap-3 border-b border-line bg-sheet px-4 py-2">
        <h2 className="font-semibold">
          {row === undefined ? "Vote one by one" : imageName(row.image)}
        </h2>
        <p className="text-control text-ink-2">{progressText(comparison, ids, at)}</p>
        <Button look="ghost" keys="Escape" className="ml-auto" onClick={onClose}>
          Close
        </Button>
      </div>
      {row === undefined ? (
        <p className="m-auto max-w-md p-6 text-center text-caption text-ink-2">
          There is no row to vote on yet: a vote needs answers from two columns. Run the columns
          first.
        </p>
      ) : (
        <>
          <div
            key={row.image.id}
            className="grid min-h-0 flex-1 grid-rows-[minmax(8rem,30dvh)_minmax(0,1fr)] lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:grid-rows-1"
          >
            <FramePicture image={row.image} size="copy" className="h-full" />
            <div className="grid min-h-0 auto-rows-max grid-cols-[repeat(auto-fit,minmax(min(19rem,100%),1fr))] gap-3 overflow-y-auto p-3 sm:p-4">
              {shownOrder(row, settings.blind).map((index, place) => (
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
          <StageFoot row={row} isBlind={settings.blind} seconds={seconds} onMove={move} />
        </>
      )}
    </FullDialog>
  );
}

/** The row on the stage: `at` is its place among the votable ones, `seconds` how long it has been looked at. */
function useStage(ids: readonly ImageId[], comparison: Comparison) {
  const desk = useDesk();
  const [id, setId] = useState(() => firstId(ids, comparison, desk.view.getState().activeId));
  const [since, setSince] = useState(() => performance.now());
  const seconds = () => (performance.now() - since) / 1000;
  const at = Math.max(0, ids.indexOf(id));
  const row = comparison.rows.get(ids[at] ?? "");
  const move = (by: 1 | -1): void => {
    const next = ids[at + by];
    if (next === undefined) return;
    setSince(performance.now());
    setId(next);
    desk.view.setState({ activeId: next });
  };
  useActs(STAGE_ACTS, { desk, imageId: () => row?.image.id ?? null, seconds, move });
  return { row, at, seconds, move };
}

/** The row that was active or, if that has its vote, the first that has none. */
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

/** True if the vote is on all the answers there are. */
function isVoted(row: ComparedRow | undefined): boolean {
  return row?.vote.kind === "cast" && row.vote.isWhole;
}

interface StageAnswerProps {
  row: ComparedRow;
  comparison: Comparison;
  /** The column's. */
  index: number;
  /** Its place, from 1: the key that picks it. */
  place: number;
  seconds: () => number;
}

/** One answer on the stage: a card with its number, its words and, once they may be seen, its name and price. */
function StageAnswer({ row, comparison, index, place, seconds }: StageAnswerProps) {
  const { columns, settings } = comparison;
  const cell = row.cells[index];
  const compared = columns[index];
  if (cell === undefined || compared === undefined) return null;
  const task = shownTask(cell);
  const revealed = isRevealed(row, settings.blind);
  const name = revealed ? compared.label : `Answer ${place}`;
  const picked = isPicked(row, index, settings.blind);
  return (
    <fieldset
      aria-label={name}
      className={classNames(
        "flex min-w-0 flex-col gap-2.5 rounded-lg border bg-sheet p-4",
        picked ? "border-pencil" : "border-line",
      )}
    >
      <p className="text-control font-semibold text-ink-2">{name}</p>
      <div className="flex flex-col gap-2 [&_p[dir=auto]]:max-h-none [&_p[dir=auto]]:text-[clamp(1rem,0.8rem+0.6vw,1.35rem)] [&_p[dir=auto]]:leading-normal">
        <CellAnswer
          row={row}
          columns={columns}
          against={visibleAgainst(row, settings.against, settings.blind)}
          index={index}
        />
      </div>
      <div className="figures mt-auto flex flex-wrap items-center gap-x-3 gap-y-1.5 text-ink-2">
        {task !== null && revealed && <PaidFacts task={task} />}
        {task !== null && isSimulatedTask(task) && <SimulatedTag />}
        <span className="ml-auto font-sans">
          <PickButton
            row={row}
            isBlind={settings.blind}
            index={index}
            place={place}
            name={name}
            seconds={seconds}
          />
        </span>
      </div>
    </fieldset>
  );
}

interface StageFootProps {
  row: ComparedRow;
  isBlind: boolean;
  seconds: () => number;
  onMove: (by: 1 | -1) => void;
}

/** What can be said about a row as a whole, and the way to the next. */
function StageFoot({ row, isBlind, seconds, onMove }: StageFootProps) {
  const { votes } = useDesk();
  const words = useVoteText(row, isBlind);
  const isCast = row.vote.kind === "cast" && isRevealed(row, isBlind);
  return (
    <div className="flex flex-wrap items-center gap-2.5 border-t border-line bg-sheet px-4 py-2.5">
      <RowVoteButtons row={row} isBlind={isBlind} seconds={seconds} />
      <output className={classNames("text-control", isCast ? "text-pencil" : "text-ink-2")}>
        {words ?? whyNoVote(row, isBlind) ?? ""}
      </output>
      {row.vote.kind === "cast" && isCast && (
        <NoteField
          key={row.vote.mark.id}
          note={row.vote.mark.note ?? ""}
          onSave={(note) => votes.note(row.image.id, note)}
        />
      )}
      <span className="ml-auto flex gap-2.5">
        <Button keys="ArrowLeft" onClick={() => onMove(-1)}>
          Back
        </Button>
        <Button look="strong" keys="ArrowRight" onClick={() => onMove(1)}>
          Next
        </Button>
      </span>
    </div>
  );
}

/** A few words with the vote. Enter and leaving the field save them. */
function NoteField({ note, onSave }: { note: string; onSave: (note: string) => void }) {
  const save = (text: string) => {
    if (text.trim() !== note) onSave(text);
  };
  return (
    <input
      type="text"
      aria-label="Note on the vote"
      placeholder="Note…"
      defaultValue={note}
      maxLength={10_000}
      onBlur={(event) => save(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
      className={classNames(controlLook, "w-44 py-1 text-control")}
    />
  );
}
