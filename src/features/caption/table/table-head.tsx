import { ChevronDown, ChevronUp } from "lucide-react";
import { useState, type PointerEvent } from "react";
import type { CaptionSettings } from "#src/features/caption/settings.ts";
import { classNames } from "#src/lib/class-names.ts";
import { boundedWidth, type TableColumn } from "./table-columns.ts";

interface TableHeadProps {
  columns: readonly TableColumn[];
  tracks: string;
  settings: Pick<CaptionSettings, "sort" | "isDescending">;
  /** The column whose head takes the focus, if the user is in the head. */
  focused: number | null;
  onSort: (column: TableColumn) => void;
  /** While a width is being dragged, and with `isKept` when it has been set. */
  onResize: (column: TableColumn, widthPx: number, isKept: boolean) => void;
}

/** The names of the columns: pressing one orders by it, dragging its edge widens it. */
export function TableHead({ columns, tracks, settings, focused, ...acts }: TableHeadProps) {
  return (
    <div
      role="row" // oxlint-disable-line jsx-a11y/prefer-tag-over-role -- a virtual table is made of boxes
      aria-rowindex={1}
      data-index={-1}
      className="sticky top-0 z-5 grid h-8 border-b border-line-2 bg-sheet"
      style={{ gridTemplateColumns: tracks }}
    >
      {columns.map((column, place) => (
        <HeadCell
          key={column.id}
          column={column}
          place={place}
          settings={settings}
          isFocused={focused === place}
          {...acts}
        />
      ))}
    </div>
  );
}

interface HeadCellProps extends Pick<TableHeadProps, "settings" | "onSort" | "onResize"> {
  column: TableColumn;
  place: number;
  isFocused: boolean;
}

function HeadCell({ column, place, settings, isFocused, onSort, onResize }: HeadCellProps) {
  const isSorted = column.sort !== null && column.sort === settings.sort;
  const Arrow = settings.isDescending ? ChevronDown : ChevronUp;
  const isNumber = column.kind === "length" || column.kind === "cost";
  return (
    <div
      role="columnheader" // oxlint-disable-line jsx-a11y/prefer-tag-over-role -- a virtual table is made of boxes
      aria-colindex={place + 1}
      aria-sort={
        column.sort === null
          ? undefined
          : !isSorted
            ? "none"
            : settings.isDescending
              ? "descending"
              : "ascending"
      }
      aria-keyshortcuts="Enter Alt+ArrowLeft Alt+ArrowRight"
      data-column={place}
      tabIndex={isFocused ? 0 : -1}
      onClick={() => onSort(column)}
      onKeyDown={() => undefined}
      className={classNames(
        "relative flex min-w-0 items-center gap-1 border-r border-line px-2.25 text-xs font-semibold -outline-offset-2",
        column.sort !== null && "cursor-pointer hover:bg-paper",
        isSorted ? "text-ink" : "text-ink-2",
        isNumber && "justify-end",
        column.kind === "image" && "sticky left-0 z-2 bg-film! text-edge! border-film",
        column.kind === "name" && "bg-sheet sm:sticky sm:left-26.5 sm:z-2",
      )}
    >
      <span className="truncate">{column.title}</span>
      {isSorted && <Arrow size={12} aria-hidden="true" className="shrink-0" />}
      {column.kind !== "image" && <Edge column={column} onResize={onResize} />}
    </div>
  );
}

/** The right edge of a head, by which a pointer widens its column. Keys do it from the head itself. */
function Edge({ column, onResize }: Pick<HeadCellProps, "column" | "onResize">) {
  const [drag, setDrag] = useState<{ fromPx: number; widthPx: number } | null>(null);
  const widthAt = (event: PointerEvent): number =>
    drag === null ? 0 : boundedWidth(drag.widthPx + event.clientX - drag.fromPx);
  return (
    <span
      aria-hidden="true"
      className="absolute inset-y-0 -right-1 z-3 w-2 cursor-col-resize touch-none hover:bg-focus/40 pointer-coarse:w-4"
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        event.preventDefault();
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        const widthPx = event.currentTarget.parentElement?.offsetWidth ?? column.widthPx;
        setDrag({ fromPx: event.clientX, widthPx });
      }}
      onPointerMove={(event) => {
        if (drag !== null) onResize(column, widthAt(event), false);
      }}
      onPointerUp={(event) => {
        if (drag !== null) onResize(column, widthAt(event), true);
        setDrag(null);
      }}
      onPointerCancel={() => setDrag(null)}
    />
  );
}
