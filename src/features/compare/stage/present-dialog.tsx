import { useState } from "react";
import { type ComparedRow, shownOrder, shownTask } from "#src/domain/comparison.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { isSimulatedTask } from "#src/domain/task.ts";
import { SimulatedTag } from "#src/sheet/answer.tsx";
import { FilmStrip, FramePicture } from "#src/sheet/frame.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { useActs } from "#src/ui/acts.ts";
import { PRESENT_ACTS } from "#src/features/compare/actions.ts";
import { CellAnswer } from "#src/features/compare/grid/cell-answer.tsx";
import { type Comparison, useDesk } from "#src/features/compare/compare-desk.ts";
import { FullDialog } from "./full-dialog.tsx";
import { isPicked, isRevealed } from "#src/features/compare/voting/blind-rules.ts";

/** Where a presentation is: which row, and how many of its columns are shown. */
export interface Step {
  /** From 0. */
  row: number;
  shown: number;
}

interface PresentDialogProps {
  comparison: Comparison;
  onClose: () => void;
}

/**
 * For an audience: one picture, big type, its columns revealed one by one. It shows what is stored and asks for
 * nothing.
 */
export function PresentDialog({ comparison, onClose }: PresentDialogProps) {
  const { view } = useDesk();
  const rows = [...comparison.rows.values()];
  const shape = { rows: rows.length, columns: comparison.columns.length };
  const [step, setStep] = useState<Step>(() => {
    const { activeId } = view.getState();
    const row = rows.findIndex(({ image }) => image.id === activeId);
    return { row: Math.max(0, row), shown: 0 };
  });
  const go = (by: 1 | -1) => setStep((from) => nextStep(from, by, shape));
  const goToRow = (by: 1 | -1) =>
    setStep((from) => ({ row: Math.min(shape.rows - 1, Math.max(0, from.row + by)), shown: 0 }));
  const revealAll = () => setStep((from) => ({ ...from, shown: shape.columns }));
  useActs(PRESENT_ACTS, { go, goToRow, revealAll });
  const row = rows[step.row];
  return (
    <FullDialog label="Present" wantsScreen onClose={onClose}>
      {row === undefined ? (
        <p className="m-auto text-caption text-ink-2">There is no picture to present.</p>
      ) : (
        <Slide key={row.image.id} row={row} comparison={comparison} shown={step.shown} />
      )}
      <div className="flex items-center gap-3 border-t border-line bg-sheet px-5 py-2">
        <output className="figures text-ink-2">
          {row === undefined
            ? ""
            : `${step.row + 1} of ${rows.length} · ${step.shown} of ${shape.columns} columns`}
        </output>
        <span className="ml-auto flex gap-2.5">
          <Button keys="ArrowLeft" onClick={() => go(-1)}>
            Back
          </Button>
          <Button look="strong" keys="Space" onClick={() => go(1)}>
            {step.shown < shape.columns ? "Reveal" : "Next picture"}
          </Button>
          <Button keys="Escape" onClick={onClose}>
            End
          </Button>
        </span>
      </div>
    </FullDialog>
  );
}

function Slide({
  row,
  comparison,
  shown,
}: {
  row: ComparedRow;
  comparison: Comparison;
  shown: number;
}) {
  const { settings } = comparison;
  const hash = pictureHashOf(row.image);
  const facts = useSheet((state) => state.pictures.get(hash ?? ""));
  const order = shownOrder(row, settings.blind);
  return (
    <div className="grid min-h-0 flex-1 grid-rows-[minmax(8rem,34dvh)_minmax(0,1fr)] lg:grid-cols-[minmax(0,4fr)_minmax(0,5fr)] lg:grid-rows-1">
      <div className="flex min-h-0 flex-col bg-film">
        <FilmStrip image={row.image} facts={facts ?? null} isShort />
        <FramePicture image={row.image} size="copy" className="min-h-0 flex-1" />
      </div>
      <div
        aria-live="polite"
        className="flex min-h-0 flex-col gap-[2.5dvh] overflow-y-auto px-[3vw] py-[4dvh]"
      >
        {order.slice(0, shown).map((index, place) => (
          <SlideAnswer
            key={index}
            row={row}
            comparison={comparison}
            index={index}
            place={place + 1}
          />
        ))}
        {shown === 0 && (
          <p className="m-auto text-[clamp(1rem,1.6vw,1.6rem)] text-ink-2">What do they say?</p>
        )}
      </div>
    </div>
  );
}

function SlideAnswer({
  row,
  comparison,
  index,
  place,
}: {
  row: ComparedRow;
  comparison: Comparison;
  index: number;
  place: number;
}) {
  const { columns, settings } = comparison;
  const task = shownTask(row.cells[index]);
  const name = isRevealed(row, settings.blind) ? columns[index]?.label : `Answer ${place}`;
  return (
    <section className="dialog-enter">
      <h2 className="mb-1 flex flex-wrap items-baseline gap-3 text-[clamp(0.9rem,1.1vw,1.25rem)] font-semibold text-ink-2">
        {name}
        {isPicked(row, index, settings.blind) && <span className="text-pencil">picked</span>}
        {task !== null && isSimulatedTask(task) && <SimulatedTag />}
      </h2>
      <div className="[&_p[dir=auto]]:max-h-none [&_p[dir=auto]]:text-[clamp(1.15rem,2vw,2.4rem)] [&_p[dir=auto]]:leading-snug">
        <CellAnswer row={row} columns={columns} against={{ kind: "nothing" }} index={index} />
      </div>
    </section>
  );
}

/** The step after or before: column by column, then the next picture without any; it stays at either end. */
export function nextStep(
  { row, shown }: Step,
  by: 1 | -1,
  shape: { rows: number; columns: number },
): Step {
  if (by === 1) {
    if (shown < shape.columns) return { row, shown: shown + 1 };
    return row < shape.rows - 1 ? { row: row + 1, shown: 0 } : { row, shown };
  }
  if (shown > 0) return { row, shown: shown - 1 };
  return row > 0 ? { row: row - 1, shown: shape.columns } : { row, shown };
}
