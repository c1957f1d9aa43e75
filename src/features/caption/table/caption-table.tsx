import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import {
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
} from "react";
import { flushSync } from "react-dom";
import type { ImageId } from "#src/domain/image.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import type { LayoutProps } from "#src/features/caption/layout-props.ts";
import { changeCaption, useCaptionSettings } from "#src/features/caption/settings.ts";
import { fieldOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { useShownRow } from "#src/features/caption/shown-row.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { KeyHint } from "#src/ui/key-hint.tsx";
import type { AfterEdit } from "./cell-editor.tsx";
import { boxOf, type CellBox, type CellPlace } from "./cell-range.ts";
import { boundedWidth, columnLayout, tableColumns, type TableColumn } from "./table-columns.ts";
import { textAt } from "./table-edits.ts";
import { TableHead } from "./table-head.tsx";
import {
  copyFrom,
  dragTo,
  endEdit,
  pasteInto,
  placeOf,
  point,
  pressIn,
  startEdit,
  tap,
  type TableNow,
} from "./table-keys.ts";
import { TableRow, type TableRowProps } from "./table-row.tsx";

const ROW_PX = 30;
const HEAD_PX = 32;
const STEP_PX = 16;

/** Where the user is in the table, and what they have marked. */
interface Marked {
  /** The cell with the focus. */
  at: CellPlace;
  /** Its image, which it stays with whatever the order; null for the head. */
  imageId: ImageId | null;
  anchor: CellPlace;
  head: CellPlace;
  /** The list that the places are of. */
  ids: readonly ImageId[];
}

/**
 * The images as a table that works as a spreadsheet does: arrows move, texts are edited in their cells, blocks are copied
 * and pasted. Only the rows near the window are in the document.
 */
export function CaptionTable({ listing, standings, desk }: LayoutProps) {
  const fields = useSheet((state) => state.sheet.fields);
  const settings = useCaptionSettings();
  const { table, layout, resize, scroller, setScroller } = useTable(listing, standings, desk);
  const { ids, columns, at, box } = table;
  const virtualizer = useRows(ids, scroller, at.row);
  useHandle(table, scroller, (row) => virtualizer.scrollToIndex(row, { align: "auto" }));
  const latest = useLatest(table);
  const onEditEnd = useCallback((then: AfterEdit) => endEdit(latest.current, then), [latest]);
  const isHead = at.row < 0;
  return (
    <div className="-mb-4 flex h-[calc(100%+1rem)] min-h-60 flex-col">
      <div
        ref={setScroller}
        role="grid"
        tabIndex={-1}
        aria-label="Images"
        aria-rowcount={ids.length + 1}
        aria-colcount={columns.length}
        aria-multiselectable
        className="relative min-h-0 flex-1 overflow-auto overscroll-contain rounded border border-line bg-sheet select-none"
        style={{ scrollPaddingTop: HEAD_PX, scrollPaddingLeft: stuckPx(columns) }}
        {...eventsOf(table)}
      >
        <div style={{ minWidth: layout.widthPx }}>
          <TableHead
            columns={columns}
            tracks={layout.tracks}
            settings={settings}
            focused={isHead ? at.column : null}
            onSort={table.sort}
            onResize={resize}
          />
          <div
            role="rowgroup" // oxlint-disable-line jsx-a11y/prefer-tag-over-role -- a virtual table is made of boxes
            className="relative"
            style={{ height: virtualizer.getTotalSize() }}
          >
            {virtualizer.getVirtualItems().map(({ key, index, start }) => (
              <Row
                key={key}
                id={ids[index] ?? ""}
                index={index}
                startPx={start}
                heightPx={ROW_PX}
                fields={fields}
                columns={columns}
                tracks={layout.tracks}
                standings={standings}
                found={listing.problems.get(ids[index] ?? "")}
                focused={at.row === index ? at.column : null}
                actions={desk.rows}
                onEditEnd={onEditEnd}
                {...partOf(box, index)}
              />
            ))}
          </div>
        </div>
      </div>
      <TableFoot columns={columns} box={box} isHead={isHead} />
    </div>
  );
}

/** The table as it is now, and what moves the user about in it. */
function useTable({ ids, problems }: Listing, standings: Standings, desk: Desk) {
  const open = useOpenSheet();
  const settings = useCaptionSettings();
  const { columns, layout, resize } = useColumns();
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const { marked, mark } = useMarked(ids, desk);
  const { at } = marked;
  const cellAt = ({ row, column }: CellPlace) =>
    scroller?.querySelector<HTMLElement>(`[data-index="${row}"] [data-column="${column}"]`) ?? null;
  const table: TableNow = {
    ids,
    columns,
    standings,
    open,
    desk,
    problems,
    at,
    box: boxOf(marked),
    size: {
      rows: ids.length,
      columns: columns.length,
      page: Math.max(1, Math.floor(((scroller?.clientHeight ?? 0) - HEAD_PX) / ROW_PX) - 1),
    },
    focus: (next, extend = false) => {
      flushSync(() => mark(next, extend ? marked.anchor : next));
      const cell = cellAt(next);
      cell?.focus({ preventScroll: true });
      cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
    edit: (text) => {
      const row = ids.indexOf(text.imageId);
      const column = columns.findIndex(({ fieldId }) => fieldId === text.fieldId);
      if (row < 0 || column < 0) return;
      const place = { row, column };
      flushSync(() => {
        mark(place, place);
        desk.view.setState({ editing: text });
      });
      cellAt(place)?.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
    mark: ({ top, left, bottom, right }) =>
      mark(at, { row: top, column: left }, { row: bottom, column: right }),
    sort: ({ sort }) => {
      if (sort === null) return;
      const isDescending = settings.sort === sort && !settings.isDescending;
      report(changeCaption(open, { sort, isDescending }));
    },
    widen: (column, steps) => {
      const head = cellAt({ row: -1, column: columns.indexOf(column) });
      const widthPx = head?.offsetWidth ?? column.widthPx;
      resize(column, boundedWidth(widthPx + steps * STEP_PX), true);
    },
  };
  return { table, layout, resize, scroller, setScroller };
}

/** What the desk asks of whichever layout is on screen. */
function useHandle(
  { ids, at, desk, focus, edit }: TableNow,
  scroller: HTMLElement | null,
  showRow: (row: number) => void,
): void {
  useImperativeHandle(desk.setList, () => ({
    focus: (id) => {
      const row = ids.indexOf(id);
      if (row >= 0) focus({ row, column: at.column });
    },
    show: (id) => {
      const row = id === null ? -1 : ids.indexOf(id);
      if (row < 0) scroller?.scrollTo({ top: 0 });
      else showRow(row);
    },
    edit,
    hasFocus: () => scroller?.contains(document.activeElement) === true,
    columns: () => 1,
  }));
}

function eventsOf(table: TableNow) {
  return {
    onKeyDown: (event: KeyboardEvent) => pressIn(table, event),
    onCopy: (event: ClipboardEvent) => copyFrom(table, event),
    onPaste: (event: ClipboardEvent) => pasteInto(table, event),
    onPointerDown: (event: PointerEvent) => point(table, event),
    onPointerOver: (event: PointerEvent) => {
      if (event.buttons === 1 && event.pointerType === "mouse") dragTo(table, event.target);
    },
    onClick: ({ nativeEvent, target }: MouseEvent) => {
      if (nativeEvent instanceof window.PointerEvent && nativeEvent.pointerType === "touch")
        tap(table, target);
    },
    onDoubleClick: ({ target }: MouseEvent) => {
      const at = placeOf(target);
      if (at !== null && textAt(table, at) !== null) startEdit(table, at);
    },
  };
}

function useLatest<Value>(value: Value): { readonly current: Value } {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return latest;
}

/** The columns as the sheet remembers them, and as they are being dragged. */
function useColumns() {
  const open = useOpenSheet();
  const fields = useSheet((state) => state.sheet.fields);
  const fieldId = useCaptionView((state) => state.fieldId);
  const { columnWidths } = useCaptionSettings();
  const [dragged, setDragged] = useState<Readonly<Record<string, number>>>({});
  const measured = fieldOf({ fieldId }, fields);
  const columns = useMemo(
    () => tableColumns(fields, measured, { ...columnWidths, ...dragged }),
    [fields, measured, columnWidths, dragged],
  );
  const layout = useMemo(() => columnLayout(columns), [columns]);
  const resize = (column: TableColumn, widthPx: number, isKept: boolean): void => {
    setDragged({ [column.id]: widthPx });
    if (isKept)
      report(changeCaption(open, { columnWidths: { ...columnWidths, [column.id]: widthPx } }));
  };
  return { columns, layout, resize };
}

const FIRST_TEXT = 2;

/** Where the user is. Another order or filter leaves them at their image, and forgets the range. */
function useMarked(ids: readonly ImageId[], desk: Desk) {
  const [kept, setKept] = useState<Marked>(() => {
    const { activeId } = desk.view.getState();
    const at = { row: Math.max(0, ids.indexOf(activeId ?? "")), column: FIRST_TEXT };
    return { at, imageId: ids[at.row] ?? null, anchor: at, head: at, ids };
  });
  const marked = useMemo(() => {
    if (kept.ids === ids) return kept;
    const row = kept.imageId === null ? -1 : ids.indexOf(kept.imageId);
    const isGone = kept.imageId !== null && row < 0;
    const at = { ...kept.at, row: isGone ? Math.min(kept.at.row, ids.length - 1) : row };
    return { at, imageId: ids[at.row] ?? null, anchor: at, head: at, ids };
  }, [kept, ids]);
  const mark = (at: CellPlace, anchor: CellPlace, head = at): void => {
    const imageId = ids[at.row] ?? null;
    setKept({ at, imageId, anchor, head, ids });
    if (imageId !== null) desk.view.setState({ activeId: imageId });
  };
  return { marked, mark };
}

function useRows(ids: readonly ImageId[], scroller: HTMLElement | null, activeRow: number) {
  // The active row stays in the document however far the user scrolls, so that it keeps the focus.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const rows = defaultRangeExtractor(range);
      if (activeRow < 0 || activeRow >= range.count || rows.includes(activeRow)) return rows;
      return [...rows, activeRow].toSorted((a, b) => a - b);
    },
    [activeRow],
  );
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the component that calls this is small
  return useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 4,
    // Drawn in a task of its own, rows don’t hold up the scrolling that asks for them.
    useFlushSync: false,
    scrollPaddingEnd: HEAD_PX,
    rangeExtractor,
  });
}

// On a narrow screen the names scroll away, or nothing else would be seen.
const WIDE = "(min-width: 40rem)";

/** What the columns cover that stay while the others scroll sideways. */
function stuckPx(columns: readonly TableColumn[]): number {
  const stuck = columns.slice(0, window.matchMedia(WIDE).matches ? 2 : 1);
  return stuck.reduce((sum, { widthPx }) => sum + widthPx, 0);
}

/** The part of a range that lies in a row. */
function partOf({ top, bottom, left, right }: CellBox, row: number) {
  const isIn = row >= top && row <= bottom;
  return {
    from: isIn ? left : null,
    to: isIn ? right : null,
    isTop: row === top,
    isBottom: row === bottom,
  };
}

interface RowProps extends Omit<
  TableRowProps,
  "image" | "standing" | "isSelected" | "problems" | "editedField"
> {
  id: ImageId;
  standings: Standings;
  found: TableRowProps["problems"] | undefined;
}

/** Looks up what its row shows, so that a row is drawn again only if something of its own changed. */
function Row({ id, standings, found, ...rest }: RowProps) {
  const shown = useShownRow(id, { standing: standings.byId.get(id), problems: found });
  return shown === null ? null : <TableRow {...shown} {...rest} />;
}

interface TableFootProps {
  columns: readonly TableColumn[];
  box: CellBox;
  isHead: boolean;
}

/** What is marked, and what keys do with it. */
function TableFoot({ columns, box, isHead }: TableFootProps) {
  const first = columns[box.left];
  const last = columns[box.right];
  const cells = (box.bottom - box.top + 1) * (box.right - box.left + 1);
  const where = first === last ? first?.title : `${first?.title} to ${last?.title}`;
  const keys = isHead
    ? HEAD_KEYS
    : first?.fieldId == null && last?.fieldId == null
      ? []
      : TEXT_KEYS;
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3.5 gap-y-1 pt-1 text-xs text-ink-2">
      <span className="font-medium text-ink tabular-nums">
        {isHead || cells === 1 ? where : `${where}, ${counted(cells, "cell")}`}
      </span>
      {keys.map(({ press, words }) => (
        <span key={press} className="inline-flex items-center gap-1.5 max-sm:hidden">
          <KeyHint keys={press} className="text-ink" /> {words}
        </span>
      ))}
    </div>
  );
}

const TEXT_KEYS = [
  { press: "$mod+v", words: "paste a column" },
  { press: "$mod+d", words: "fill down" },
  { press: "F2", words: "edit" },
  { press: "Delete", words: "clear" },
] as const;

const HEAD_KEYS = [
  { press: "Enter", words: "order by it" },
  { press: "Alt+ArrowLeft", words: "narrower" },
  { press: "Alt+ArrowRight", words: "wider" },
] as const;
