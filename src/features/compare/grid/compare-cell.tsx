import { memo } from "react";
import type { CompareSettings } from "#src/domain/compare-settings.ts";
import { type ComparedColumn, type ComparedRow, shownTask } from "#src/domain/comparison.ts";
import { answerText } from "#src/domain/cell.ts";
import { countWords } from "#src/domain/own-words.ts";
import { isSimulatedTask, hasEnded } from "#src/domain/task.ts";
import { classNames } from "#src/lib/class-names.ts";
import { SimulatedTag } from "#src/sheet/answer.tsx";
import { copyText } from "#src/features/taking-away/save-file.ts";
import { Button } from "#src/ui/button.tsx";
import { CellAnswer, PaidFacts } from "./cell-answer.tsx";
import { stability } from "./row-differences.ts";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import { shareText } from "#src/features/compare/compare-words.ts";
import { isRevealed, visibleAgainst } from "#src/features/compare/voting/blind-rules.ts";
import { PickButton } from "#src/features/compare/voting/vote-controls.tsx";

interface CompareCellProps {
  row: ComparedRow;
  columns: readonly ComparedColumn[];
  settings: CompareSettings;
  /** The column's. */
  index: number;
  /** Its place in the row, from 1: the key that picks it. */
  place: number;
  widthPx: number;
}

/** What one column says about one picture. */
export const CompareCell = memo(function CompareCell(props: CompareCellProps) {
  const { row, columns, settings, index, place } = props;
  const compared = columns[index];
  const cell = row.cells[index];
  if (compared === undefined || cell === undefined) return null;
  const revealed = isRevealed(row, settings.blind);
  return (
    <fieldset
      aria-label={revealed ? compared.label : `Answer ${place}`}
      className="flex min-w-0 shrink-0 flex-col gap-2 border-r border-line px-3.5 py-3"
      style={{ width: props.widthPx }}
    >
      {settings.blind && revealed && (
        <p className="text-xs font-semibold text-ink-2">{compared.label}</p>
      )}
      <CellAnswer
        row={row}
        columns={columns}
        against={visibleAgainst(row, settings.against, settings.blind)}
        index={index}
      />
      {revealed && <RepeatsLine row={row} index={index} />}
      <CellFoot {...props} label={revealed ? compared.label : null} />
    </fieldset>
  );
});

/** `label` is the column's name; null while it may not be seen. */
function CellFoot(props: CompareCellProps & { label: string | null }) {
  const { row, settings, index, place, label } = props;
  const task = shownTask(row.cells[index]);
  const text = answerText(task);
  const name = label ?? `answer ${place}`;
  return (
    <div className="figures mt-auto flex flex-wrap items-center gap-x-3 gap-y-1.5 text-ink-2">
      {task !== null && label !== null && <PaidFacts task={task} />}
      {text !== null && <span>{countWords(text)} w</span>}
      {task !== null && isSimulatedTask(task) && <SimulatedTag />}
      <span className="ml-auto flex flex-wrap items-center justify-end font-sans">
        {text !== null && text !== "" && (
          <Button look="mini" aria-label={`Copy ${name}`} onClick={() => copyText(text, "Copied.")}>
            Copy
          </Button>
        )}
        {label !== null && <CellButtons row={row} index={index} label={label} />}
        <PickButton row={row} isBlind={settings.blind} index={index} place={place} name={name} />
      </span>
    </div>
  );
}

function CellButtons({ row, index, label }: { row: ComparedRow; index: number; label: string }) {
  const desk = useDesk();
  const cell = row.cells[index];
  const shown = cell?.repeats[cell.drawn];
  if (cell === undefined || shown === undefined) return null;
  const { answered, latest } = shown;
  const isIdle = desk.canAsk(row.image.id, index) && (latest === null || hasEnded(latest));
  const hasFailed = latest !== null && answered === null;
  const verb = hasFailed ? "Try again" : answered === null ? "Ask" : "Redo";
  return (
    <>
      {isIdle && (
        <Button
          look="mini"
          className={classNames(hasFailed && "text-warn")}
          aria-label={`${verb}: ${label}`}
          onClick={() => desk.redo(row.image.id, index, cell.drawn + 1)}
        >
          {verb}
        </Button>
      )}
      {(answered ?? latest) !== null && (
        <Button
          look="mini"
          aria-label={`Open ${label}`}
          onClick={() => desk.open({ kind: "cell", imageId: row.image.id, index })}
        >
          Open
        </Button>
      )}
    </>
  );
}

/** Which of a cell's repeats is shown, and how alike they are. Nothing for cells that are asked once. */
function RepeatsLine({ row, index }: { row: ComparedRow; index: number }) {
  const { open } = useDesk();
  const cell = row.cells[index];
  if (cell === undefined || cell.repeats.length < 2) return null;
  const alike = stability(cell.repeats);
  const running = cell.repeats.filter(({ latest }) => latest !== null && !hasEnded(latest)).length;
  return (
    <Button
      look="mini"
      className="-ml-2 self-start"
      onClick={() => open({ kind: "cell", imageId: row.image.id, index })}
    >
      Answer {cell.drawn + 1} of {cell.repeats.length}
      {running > 0 ? ` · ${running} in flight` : ""}
      {alike === null ? "" : ` · ${shareText(alike)} alike`}
    </Button>
  );
}
