import type { ClipboardEvent, KeyboardEvent, PointerEvent } from "react";
import { disarmed } from "#src/exports/csv.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import type { TextOf } from "#src/features/caption/view-state.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { showToast } from "#src/ui/toasts.ts";
import type { AfterEdit } from "./cell-editor.tsx";
import {
  moved,
  planFill,
  planPaste,
  type CellBox,
  type CellPlace,
  type CellText,
  type TableSize,
} from "./cell-range.ts";
import { cellWords } from "./cell-words.ts";
import { fromTabs, toTabs } from "./tab-separated.ts";
import type { TableColumn } from "./table-columns.ts";
import { editsOf, textAt, wordsOf, type TableCells } from "./table-edits.ts";

/** The table as it is on screen, and what moves the user about in it. */
export interface TableNow extends TableCells {
  open: OpenSheet;
  desk: Desk;
  problems: Listing["problems"];
  /** The cell with the focus. */
  at: CellPlace;
  box: CellBox;
  size: TableSize;
  /** Goes to a cell; with `extend` the range grows or shrinks to it. */
  focus: (at: CellPlace, extend?: boolean) => void;
  /** Goes to a text and edits it. */
  edit: (text: TextOf) => void;
  /** Marks a range. The focus stays. */
  mark: (box: CellBox) => void;
  sort: (column: TableColumn) => void;
  widen: (column: TableColumn, steps: number) => void;
}

/** What a key does, as in a spreadsheet. */
export function pressIn(table: TableNow, event: KeyboardEvent): void {
  if (event.nativeEvent.isComposing || event.defaultPrevented) return;
  if (event.target instanceof HTMLTextAreaElement || isForControl(event)) return;
  const isDone = table.at.row < 0 ? pressInHead(table, event) : pressInCell(table, event);
  if (!isDone && !moveBy(table, event)) return;
  // What is a key of the table is none of the page’s.
  event.preventDefault();
  event.stopPropagation();
}

// A checkbox or button that was pressed has the focus, and goes on with these.
function isForControl({ key, target }: KeyboardEvent): boolean {
  const isControl = target instanceof Element && target.closest("button, input") !== null;
  return isControl && (key === " " || key === "Enter");
}

function moveBy({ at, size, focus }: TableNow, event: KeyboardEvent): boolean {
  if (event.altKey) return false;
  const next = moved(at, { key: event.key, isFar: event.ctrlKey || event.metaKey }, size);
  if (next === null) return false;
  const extend = event.shiftKey && at.row >= 0;
  focus(extend ? { ...next, row: Math.max(0, next.row) } : next, extend);
  return true;
}

function pressInHead({ at, columns, sort, widen }: TableNow, event: KeyboardEvent): boolean {
  const column = columns[at.column];
  if (column === undefined) return false;
  if (event.altKey) {
    const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (by !== 0) widen(column, by);
    return by !== 0;
  }
  if (event.key !== "Enter" && event.key !== " ") return false;
  sort(column);
  return true;
}

function pressInCell(table: TableNow, event: KeyboardEvent): boolean {
  const { at, box } = table;
  if (event.altKey) return false;
  if (event.ctrlKey || event.metaKey) {
    if (event.shiftKey) return false;
    if (event.key === "a") markMore(table);
    else if (event.key === "d")
      write(table, { cells: planFill(box, (place) => wordsAt(table, place)) }, "filling");
    else return false;
    return true;
  }
  switch (event.key) {
    case "F2":
    case "Enter":
      return startEdit(table, at);
    case " ":
      return toggle(table);
    case "Delete":
    case "Backspace":
      write(table, { cells: cellsIn(box).map((place) => ({ ...place, text: "" })) }, "clearing");
      return true;
    case "Escape":
      if (box.top === box.bottom && box.left === box.right) return false;
      table.focus(at);
      return true;
    default:
      return false;
  }
}

/** Edits a text, or does what else the cell is for. Whether there is anything. */
export function startEdit(table: TableNow, at: CellPlace): boolean {
  const text = textAt(table, at);
  if (text !== null) table.desk.rows.startEdit(text);
  else return toggle(table);
  return true;
}

function toggle({ desk, ids, columns, at }: TableNow): boolean {
  const id = ids[at.row];
  const kind = columns[at.column]?.kind;
  if (id === undefined) return false;
  if (kind === "reviewed") desk.rows.review([id]);
  else if (kind === "image") desk.rows.select(id, "toggle");
  else if (kind === "name") desk.rows.enlarge(id);
  else return false;
  return true;
}

/** From an edited cell to where its last key leads. */
export function endEdit(table: TableNow, then: AfterEdit): void {
  const { at, desk, size, focus } = table;
  const text = textAt(table, at);
  if (then === "edit-next" && text !== null) {
    desk.rows.editBeside(text, 1);
    return;
  }
  desk.view.setState({ editing: null });
  const key = { stay: "", down: "ArrowDown", right: "ArrowRight", left: "ArrowLeft" } as const;
  const next = then === "edit-next" ? null : moved(at, { key: key[then], isFar: false }, size);
  focus(next ?? at);
}

/** All of the columns that are marked and then, pressed again, the whole table. */
function markMore({ box, size, mark }: TableNow): void {
  const bottom = size.rows - 1;
  const isWhole = box.top === 0 && box.bottom === bottom;
  const columns = isWhole ? { left: 0, right: size.columns - 1 } : {};
  mark({ ...box, ...columns, top: 0, bottom });
}

function cellsIn({ top, bottom, left, right }: CellBox): CellPlace[] {
  const cells: CellPlace[] = [];
  for (let row = top; row <= bottom; row += 1)
    for (let column = left; column <= right; column += 1) cells.push({ row, column });
  return cells;
}

function wordsAt(table: TableNow, place: CellPlace): string {
  const text = textAt(table, place);
  return text === null ? "" : (wordsOf(table, text) ?? "");
}

/** Writes cells as one change, and says how many changed and how many could not. */
function write(
  table: TableNow,
  { cells, unplaced = 0 }: { cells: readonly CellText[]; unplaced?: number },
  what: "pasting into" | "filling" | "clearing",
): void {
  const texts = cells.filter((place) => textAt(table, place) !== null);
  const { marks, locked } = editsOf(table, texts);
  const left = locked + unplaced + cells.length - texts.length;
  if (left > 0)
    showToast({
      text: `${counted(left, "cell")} left as ${left === 1 ? "it was" : "they were"}: only texts can be written in, inside the table, and not while a model is asked.`,
      kind: "cells-left",
    });
  if (marks.length > 0)
    report(table.open.marks.add(marks, `${what} ${counted(marks.length, "cell")}`));
  else if (left === 0)
    showToast({ text: "Nothing to change: these cells read so already.", kind: "cells-left" });
}

/** Copies the range for a spreadsheet, and for this table. */
export function copyFrom(table: TableNow, event: ClipboardEvent): void {
  if (event.target instanceof HTMLTextAreaElement || table.at.row < 0) return;
  const { top, bottom, left, right } = table.box;
  const rows = Array.from({ length: bottom - top + 1 }, (_, down) =>
    Array.from({ length: right - left + 1 }, (__, across) =>
      shownAt(table, { row: top + down, column: left + across }),
    ),
  );
  event.preventDefault();
  // A spreadsheet would run some texts as formulas; this table gets them back as they are.
  event.clipboardData.setData("text/plain", toTabs(rows.map((cells) => cells.map(disarmed))));
  event.clipboardData.setData(OWN_TYPE, toTabs(rows));
}

const OWN_TYPE = "application/x-contact-sheet-cells";

function shownAt({ ids, columns, standings, open, problems }: TableNow, at: CellPlace): string {
  const column = columns[at.column];
  const { images, sheet } = open.store.getState();
  const id = ids[at.row] ?? "";
  const image = images.get(id);
  const standing = standings.byId.get(id);
  if (column === undefined || image === undefined || standing === undefined) return "";
  const { fields } = sheet;
  return cellWords(column, { image, standing, fields, problems: problems.get(id) ?? [] });
}

/** Pastes what a spreadsheet or this table copied. Elsewhere than on texts the page takes what is pasted. */
export function pasteInto(table: TableNow, event: ClipboardEvent): void {
  const { columns, box, size, at } = table;
  if (event.target instanceof HTMLTextAreaElement || at.row < 0) return;
  const { clipboardData } = event;
  const text = clipboardData.getData(OWN_TYPE) || clipboardData.getData("text/plain");
  if (text === "" || columns[box.left]?.fieldId == null) return;
  event.preventDefault();
  event.stopPropagation();
  const { cells, unplaced } = planPaste(fromTabs(text), box, size);
  write(table, { cells, unplaced }, "pasting into");
  const last = cells.at(-1);
  if (last !== undefined) table.mark({ ...box, bottom: last.row, right: last.column });
}

/** The cell that an event is in; null if it is in none. */
export function placeOf(target: EventTarget): CellPlace | null {
  if (!(target instanceof Element)) return null;
  const column = target.closest<HTMLElement>("[data-column]")?.dataset["column"];
  const row = target.closest<HTMLElement>("[data-index]")?.dataset["index"];
  return row === undefined || column === undefined
    ? null
    : { row: Number(row), column: Number(column) };
}

/** Goes to the cell that is pressed; with Shift the range reaches to it. */
export function point(table: TableNow, event: PointerEvent): void {
  if (event.button !== 0 || event.pointerType === "touch") return;
  const at = pressedCell(event.target);
  if (at !== null) table.focus(at, event.shiftKey);
}

/** A finger scrolls; only a tap goes to a cell, and a second one edits it. */
export function tap(table: TableNow, target: EventTarget): void {
  const at = pressedCell(target);
  if (at === null) return;
  if (at.row === table.at.row && at.column === table.at.column) startEdit(table, at);
  else table.focus(at);
}

/** Stretches the range to the cell that the pointer has been dragged to. */
export function dragTo(table: TableNow, target: EventTarget): void {
  const at = pressedCell(target);
  if (at !== null) table.focus(at, true);
}

// What is pressed inside a cell has a meaning of its own.
function pressedCell(target: EventTarget): CellPlace | null {
  const isOwn = target instanceof Element && target.closest("button, input, textarea") !== null;
  const at = isOwn ? null : placeOf(target);
  return at === null || at.row < 0 ? null : at;
}
