import type { Task } from "#src/domain/task.ts";
import { shownTask, type ComparedRow } from "#src/domain/comparison.ts";
import { formatUsd } from "#src/domain/money.ts";
import { isSimulatedTask } from "#src/domain/simulated.ts";
import { costOf } from "#src/domain/task.ts";
import { timeSplit } from "#src/domain/time-split.ts";
import { classNames } from "#src/lib/class-names.ts";
import { SimulatedTag } from "#src/sheet/answer-facts.tsx";
import { CellAnswer } from "#src/features/compare/grid/cell-answer.tsx";
import type { Comparison } from "#src/features/compare/compare-desk.ts";
import { secondsText } from "#src/features/compare/compare-words.ts";
import { PickButton } from "#src/features/compare/voting/pick-button.tsx";
import {
  isPicked,
  isRevealed,
  visibleAgainst,
  whyNoVote,
} from "#src/features/compare/voting/blind-rules.ts";

interface StageAnswerProps {
  row: ComparedRow;
  comparison: Comparison;
  /** The column's. */
  index: number;
  /** Where it stands, from 1: the key that picks it. */
  place: number;
  seconds: () => number;
}

/** One answer on the stage: a card with its number, its words and, once they may be seen, its name and price. */
export function StageAnswer({ row, comparison, index, place, seconds }: StageAnswerProps) {
  const { columns, settings } = comparison;
  const cell = row.cells[index];
  const compared = columns[index];
  if (cell === undefined || compared === undefined) return null;
  const task = shownTask(cell);
  const revealed = isRevealed(row, settings.blind);
  const name = revealed ? compared.label : `Answer ${place}`;
  const picked = isPicked(row, index, settings.blind);
  const canVote = task !== null && whyNoVote(row, settings.blind) === null;
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
        {task !== null && revealed && (
          <>
            <span>{isReusedTask(task) ? "reused" : formatUsd(costOf(task))}</span>
            <span>{secondsText(timeSplit(task)?.serviceMs ?? null)}</span>
          </>
        )}
        {task !== null && isSimulatedTask(task) && <SimulatedTag />}
        {(canVote || picked) && (
          <span className="ml-auto font-sans">
            <PickButton
              place={place}
              isPicked={picked}
              disabled={!canVote}
              name={name}
              onPick={{ imageId: row.image.id, index }}
              seconds={seconds}
            />
          </span>
        )}
      </div>
    </fieldset>
  );
}

function isReusedTask({ state }: Task): boolean {
  return (state.phase === "done" || state.phase === "empty") && state.source === "reused";
}
