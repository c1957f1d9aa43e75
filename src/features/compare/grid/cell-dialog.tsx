import { answerText, answerVerdict, type Cell } from "#src/domain/cell.ts";
import type { ComparedColumn, ComparedRow } from "#src/domain/comparison.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import { hasEnded, type Task } from "#src/domain/task.ts";
import { timeSplit } from "#src/domain/time-split.ts";
import { AgeBadge, AnswerFacts, FailureLine } from "#src/sheet/answer.tsx";
import { FramePicture } from "#src/sheet/frame.tsx";
import { copyText } from "#src/features/taking-away/save-file.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { MarkedText } from "./cell-answer.tsx";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import { shareText, splitText } from "#src/features/compare/compare-words.ts";
import { ReferenceDiff } from "./reference-diff.tsx";
import { markedAgainst, stability } from "./row-differences.ts";
import { type RequestForm, requestText } from "#src/exports/request-text.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";

interface CellDialogProps {
  row: ComparedRow;
  columns: readonly ComparedColumn[];
  index: number;
  onClose: () => void;
}

/** One cell at length: every repeat, where its time went, how it differs from the reference, and its request. */
export function CellDialog({ row, columns, index, onClose }: CellDialogProps) {
  const compared = columns[index];
  const cell = row.cells[index];
  if (compared === undefined || cell === undefined) return null;
  const alike = stability(cell.repeats);
  return (
    <Dialog title={`${compared.label}: ${imageName(row.image)}`} width="full" onClose={onClose}>
      <div className="grid gap-6 md:grid-cols-2">
        <FramePicture image={row.image} size="copy" className="h-[38dvh] rounded md:h-[60dvh]" />
        <div className="flex min-w-0 flex-col gap-5">
          {alike !== null && (
            <p className="text-control text-ink-2">
              {cell.repeats.length} repeats, {shareText(alike)} alike. Words that only one of them
              says are underlined.
            </p>
          )}
          {Array.from(cell.repeats, (_, at) => (
            <Repeat key={at + 1} row={row} cells={cell.repeats} at={at} index={index} />
          ))}
        </div>
      </div>
    </Dialog>
  );
}

interface RepeatProps {
  row: ComparedRow;
  cells: readonly Cell[];
  /** The repeat's place among them, from 0. */
  at: number;
  /** The column's. */
  index: number;
}

function Repeat({ row, cells, at, index }: RepeatProps) {
  const desk = useDesk();
  const cell = cells[at];
  const task = cell?.answered ?? null;
  const asked = task ?? cell?.latest ?? null;
  const text = answerText(task);
  const others = cells.toSpliced(at, 1).flatMap(({ answered }) => answerText(answered) ?? []);
  const split = task === null ? null : timeSplit(task);
  const failure =
    cell?.latest != null && "failure" in cell.latest.state ? cell.latest.state.failure : null;
  return (
    <section className="flex flex-col gap-2">
      {cells.length > 1 && <h3 className="text-xs font-semibold text-ink-2">Answer {at + 1}</h3>}
      {task === null ? (
        <p className="text-ink-2">No answer.</p>
      ) : (
        <AnswerAtLength task={task} others={others} />
      )}
      {failure !== null && <FailureLine failure={failure} />}
      {task !== null && (
        <div className="figures flex flex-wrap gap-x-3.5 gap-y-1 text-ink-2">
          <AnswerFacts task={task} />
        </div>
      )}
      {split !== null && <p className="figures text-ink-2">{splitText(split)}</p>}
      {text !== null && row.reference !== null && (
        <ReferenceDiff reference={row.reference.text} text={text} />
      )}
      <div className="-ml-2 flex flex-wrap gap-1">
        {text !== null && text !== "" && (
          <Button look="mini" onClick={() => copyText(text, "Copied.")}>
            Copy
          </Button>
        )}
        {(cell?.latest == null || hasEnded(cell.latest)) && desk.canAsk(row.image.id, index) && (
          <Button look="mini" onClick={() => desk.redo(row.image.id, index, at + 1)}>
            {task === null ? "Ask" : "Redo"}
          </Button>
        )}
        {asked !== null && <CopyRequest task={asked} image={row.image} />}
      </div>
    </section>
  );
}

function AnswerAtLength({ task, others }: { task: Task; others: readonly string[] }) {
  const verdict = answerVerdict(task);
  const text = answerText(task);
  if (verdict !== null) return <AgeBadge verdict={verdict} />;
  if (text === null || text === "")
    return <p className="text-ink-2">The model answered with nothing.</p>;
  return (
    <div className="text-base [&_p]:max-h-none [&_p]:text-caption">
      <MarkedText parts={markedAgainst(text, others)} />
    </div>
  );
}

const FORMS: readonly { form: RequestForm; label: string }[] = [
  { form: "curl", label: "curl" },
  { form: "fetch", label: "fetch" },
  { form: "json", label: "JSON" },
];

/** Copies the request of a task, without the key and with the picture by its name. */
function CopyRequest({ task, image }: { task: Task; image: SheetImage }) {
  const delivery = useSheet((state) => state.sheet.run.delivery);
  return (
    <Menu
      label="Copy the request as"
      trigger={trigger}
      items={FORMS.map(({ form, label }) => ({
        label,
        onChoose: () =>
          copyText(requestText(task, image, { form, delivery }), `Request copied as ${label}.`),
      }))}
    />
  );
}

function trigger(props: PopoverTrigger) {
  return (
    <Button {...props} look="mini">
      Copy as…
    </Button>
  );
}
