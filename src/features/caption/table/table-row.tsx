import { memo, type ReactNode } from "react";
import type { FieldId, Fields } from "#src/domain/field.ts";
import { folderOf, frameText } from "#src/domain/frame.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import { lengthOver } from "#src/domain/text-length.ts";
import { problemWords } from "#src/features/caption/checks/problem-notes.tsx";
import type { TextProblem } from "#src/features/caption/listing/problems.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import { canEdit, type Standing, type TextStanding } from "#src/features/caption/list/standing.ts";
import { classNames } from "#src/lib/class-names.ts";
import { shortened } from "#src/lib/shortened.ts";
import { SelectBox } from "#src/features/caption/texts/select-box.tsx";
import { FramePicture } from "#src/sheet/frame.tsx";
import { Highlighted } from "#src/ui/highlighted.tsx";
import { costWords, lengthWords, stateOf, textWords } from "./cell-words.ts";
import { CellEditor, type AfterEdit } from "./cell-editor.tsx";
import type { TableColumn } from "./table-columns.ts";

export interface TableRowProps {
  image: SheetImage;
  standing: Standing;
  fields: Fields;
  columns: readonly TableColumn[];
  tracks: string;
  /** From 0, among the listed rows. */
  index: number;
  startPx: number;
  heightPx: number;
  isSelected: boolean;
  /** What is wrong with its texts, the most telling first. */
  problems: readonly TextProblem[];
  /** The column that takes the focus, if it is in this row. */
  focused: number | null;
  /** The first and last column of the range that this row has a part of, and whether the range begins or ends here. */
  from: number | null;
  to: number | null;
  isTop: boolean;
  isBottom: boolean;
  editedField: FieldId | null;
  actions: RowActions;
  onEditEnd: (then: AfterEdit) => void;
}

/** One image as a row of the table, named by its file. */
export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { image, columns, index, isSelected } = props;
  return (
    <div
      role="row" // oxlint-disable-line jsx-a11y/prefer-tag-over-role -- a virtual table is made of boxes
      aria-label={imageName(image)}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-index={index}
      className={classNames(
        "absolute top-0 left-0 grid w-full border-b border-line",
        // An editor grows over the rows below.
        props.editedField !== null && "z-4",
      )}
      style={{
        gridTemplateColumns: props.tracks,
        height: props.heightPx,
        transform: `translateY(${props.startPx}px)`,
      }}
    >
      {columns.map((column, place) => (
        <Cell key={column.id} row={props} column={column} place={place} />
      ))}
    </div>
  );
});

interface CellProps {
  row: TableRowProps;
  column: TableColumn;
  place: number;
}

function Cell({ row, column, place }: CellProps) {
  const { from, to, isTop, isBottom, focused, editedField, standing } = row;
  const { kind, fieldId } = column;
  const text = standing.texts.find((one) => one.fieldId === fieldId) ?? null;
  const isEdited = fieldId !== null && editedField === fieldId && text !== null;
  const isInRange = from !== null && to !== null && place >= from && place <= to;
  return (
    <div
      role={kind === "name" ? "rowheader" : "gridcell"}
      aria-colindex={place + 1}
      aria-selected={kind === "name" ? undefined : isInRange}
      aria-readonly={text === null || !canEdit(text) ? true : undefined}
      data-column={place}
      tabIndex={focused === place ? 0 : -1}
      className={classNames(
        "relative min-w-0 border-r border-line text-control leading-[1.8125rem] -outline-offset-2",
        CELL_LOOKS[kind],
        isEdited ? "z-10 overflow-visible!" : "overflow-hidden",
        isInRange && "bg-[color-mix(in_oklab,var(--info)_11%,var(--sheet))]",
      )}
    >
      {isEdited ? (
        <EditedCell row={row} text={text} />
      ) : (
        <CellContent row={row} column={column} text={text} />
      )}
      {isInRange && (
        <span
          aria-hidden="true"
          className={classNames(
            "pointer-events-none absolute inset-0 border-info",
            place === from && "border-l-2",
            place === to && "border-r-2",
            isTop && "border-t-2",
            isBottom && "border-b-2",
          )}
        />
      )}
    </div>
  );
}

const CELL_LOOKS: Record<TableColumn["kind"], string> = {
  image: "sticky left-0 z-2 flex items-center bg-film! text-edge border-film",
  name: "truncate bg-sheet px-2.25 figures sm:sticky sm:left-26.5 sm:z-2",
  text: "truncate px-2.25 cursor-cell",
  length: "truncate px-2.25 text-right figures",
  state: "truncate px-2.25",
  cost: "truncate px-2.25 text-right figures",
  reviewed: "flex items-center justify-center border-r-0",
};

function EditedCell({ row, text }: { row: TableRowProps; text: TextStanding }) {
  const field = row.fields.find(({ id }) => id === text.fieldId);
  if (field === undefined) return null;
  return (
    <CellEditor
      image={row.image}
      text={text}
      field={field}
      actions={row.actions}
      onEnd={row.onEditEnd}
    />
  );
}

// What a line shows at most, with room to spare: a browser lays a long word out letter by letter.
const SHOWN_LETTERS = 400;

interface CellContentProps {
  row: TableRowProps;
  column: TableColumn;
  text: TextStanding | null;
}

function CellContent({ row, column, text }: CellContentProps): ReactNode {
  const { image, standing, isSelected, actions } = row;
  const name = imageName(image);
  switch (column.kind) {
    case "image":
      return (
        <>
          <span className="min-w-8 shrink-0 px-1 text-center font-mono text-[0.6875rem]">
            {frameText(image)}
          </span>
          <SelectBox
            image={image}
            name={name}
            isSelected={isSelected}
            isReachable={false}
            className="mr-2 size-3.25"
            actions={actions}
          />
          <FramePicture image={image} className="h-full min-w-0 flex-1" />
        </>
      );
    case "name": {
      const folder = folderOf(image);
      return (
        <span title={folder === "" ? name : `${folder}/${name}`}>
          {folder !== "" && (
            <span className="text-ink-2">
              <Highlighted text={folder} />/
            </span>
          )}
          <Highlighted text={name} />
        </span>
      );
    }
    case "text":
      return <TextCell text={text} />;
    case "length":
      return <LengthCell row={row} measured={column.measures} />;
    case "state":
      return <StateCell row={row} />;
    case "cost":
      return costWords(standing);
    case "reviewed":
      return (
        <button
          type="button"
          tabIndex={-1}
          aria-pressed={standing.reviewed}
          aria-label={`${name} reviewed`}
          onClick={() => actions.review([image.id])}
          className="flex size-6 items-center justify-center rounded-full"
        >
          {standing.reviewed ? (
            <span aria-hidden="true" className="text-base leading-none font-bold text-pencil">
              ✓
            </span>
          ) : (
            <span aria-hidden="true" className="size-3.25 rounded-full border border-ink-3" />
          )}
        </button>
      );
  }
}

/** How long the text is that the panel shows, of what its field allows. */
function LengthCell({ row, measured }: { row: TableRowProps; measured: FieldId | null }) {
  const text = row.standing.texts.find(({ fieldId }) => fieldId === measured);
  const isOver = text !== undefined && lengthOver(text.text ?? "", text.rules.limit) > 0;
  return <span className={isOver ? "text-warn" : undefined}>{lengthWords(text, row.fields)}</span>;
}

function TextCell({ text }: { text: TextStanding | null }) {
  const words = textWords(text ?? undefined);
  if (words === "")
    return (
      <span className="text-ink-2">
        <span aria-hidden="true">{text?.kind === "decorative" ? 'alt=""' : "–"}</span>
        <span className="sr-only">empty</span>
      </span>
    );
  return (
    <span dir="auto" title={shortened(words, 1000)}>
      <Highlighted text={shortened(words, SHOWN_LETTERS)} />
    </span>
  );
}

function StateCell({ row: { standing, problems, fields } }: { row: TableRowProps }) {
  const { words, isProblem, isEdit } = stateOf(standing, problems);
  const reasons = problems.map((problem) => problemWords(problem, fields));
  return (
    <>
      {standing.edited && (
        <span className="mr-1.5 text-pencil">
          <span aria-hidden="true">✎</span>
          {!isEdit && <span className="sr-only">Edited, </span>}
        </span>
      )}
      <span
        title={reasons.length === 0 ? undefined : reasons.join("\n")}
        className={isProblem ? "text-warn" : isEdit ? "text-pencil" : undefined}
      >
        {words}
      </span>
    </>
  );
}
