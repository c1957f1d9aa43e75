import type { StoreApi } from "zustand/vanilla";
import type { Field, FieldId, Fields } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Layout } from "./settings.ts";
import { createSheetView, useSheetView } from "#src/state/sheet/use-sheet.ts";
import type { ListFilter } from "./listing/list-filter.ts";

/** One text of one image: what a task is asked for, and what an edit changes. */
export interface TextOf {
  imageId: ImageId;
  fieldId: FieldId;
}

/** One text of one image: as it stands ("" if there is none), and as it would read. A preview is a list of these. */
export interface TextChange extends TextOf {
  before: string;
  after: string;
}

/** Edits of many texts, to be looked at before they are made. */
export interface ReadyChanges {
  title: string;
  changes: readonly TextChange[];
  /** Completes "Undo …" together with the number of texts: "fixing". */
  doing: string;
  /** What is shown when it is closed, whether or not they were made. */
  back?: CaptionDialog;
}

/** What covers the view. */
export type CaptionDialog =
  | { kind: "sent"; imageId: ImageId }
  | { kind: "sent-all" }
  /** A key asks for one text, and that may cost. */
  | { kind: "ask"; text: TextOf; how: { reuse: boolean; overwrites?: string } }
  /** The prompts of every field, to the letter. */
  | { kind: "prompt-sent"; imageId: ImageId }
  /** Everything that was answered and written for one text. */
  | { kind: "history"; imageId: ImageId; fieldId: FieldId }
  /** What each model of the sheet cost, and how much of its words was changed. */
  | { kind: "models" }
  /** Texts that are much alike, and words that are missing. */
  | { kind: "consistency" }
  | { kind: "near-pictures" }
  | { kind: "prompts" }
  /** Null adds a field. */
  | { kind: "field"; fieldId: FieldId | null }
  /** Notes for prompts: on the sheet, a folder and an image. */
  | { kind: "context"; folder: string | null; imageId: ImageId | null }
  /** Many texts are edited at once. */
  | { kind: "bulk" }
  /** What these images are for. */
  | { kind: "role"; imageIds: readonly ImageId[] }
  /** What each field's texts are looked through for. */
  | { kind: "checks" }
  /** The tags of a field on the whole sheet; null for the first field that has tags. */
  | { kind: "tags"; fieldId: FieldId | null }
  /** A preview of edits that something has made: shown, then written as one change. */
  | ({ kind: "changes" } & ReadyChanges)
  /** Asking for these would replace old answers, or might pay again for unsettled ones. */
  | { kind: "again"; texts: readonly TextOf[]; answered: number; unsettled: number };

/** Where the user is in Caption. */
export interface CaptionViewState {
  /** What is searched for, as typed. */
  search: string;
  filters: readonly ListFilter[];
  selected: ReadonlySet<ImageId>;
  /** Where a range starts. */
  anchor: ImageId | null;
  /** The row that keys act on. */
  activeId: ImageId | null;
  /** The row under the pointer. */
  hoveredId: ImageId | null;
  /** The field that the panel shows, and that keys act on; null for the sheet’s first. */
  fieldId: FieldId | null;
  /** The text that is being edited. */
  editing: TextOf | null;
  dialog: CaptionDialog | null;
  /** Where one by one was opened from. */
  layoutBefore: Exclude<Layout, "one">;
  /** Whether answers this device has already are used instead of paying. */
  reuses: boolean;
}

export type CaptionView = StoreApi<CaptionViewState>;

const NO_FILTERS: readonly ListFilter[] = [];

export const captionView = createSheetView<CaptionViewState>({
  search: "",
  filters: NO_FILTERS,
  selected: new Set(),
  anchor: null,
  activeId: null,
  hoveredId: null,
  fieldId: null,
  editing: null,
  dialog: null,
  layoutBefore: "list",
  reuses: true,
});

/** A part of where the user is in Caption. */
export function useCaptionView<Part>(selector: (state: CaptionViewState) => Part): Part {
  return useSheetView(captionView, selector);
}

/** Selects these and no others. */
export function select(
  view: CaptionView,
  ids: Iterable<ImageId>,
  anchor: ImageId | null = null,
): void {
  view.setState({ selected: new Set(ids), anchor });
}

/** Selects or unselects one row, or selects everything from the last one to this. */
export function selectRow(
  view: CaptionView,
  ids: readonly ImageId[],
  { id, how }: { id: ImageId; how: "toggle" | "range" },
): void {
  const { selected, anchor } = view.getState();
  // An anchor that a filter hides does not count: otherwise the range would have no visible start.
  if (how === "toggle" || anchor === null || !ids.includes(anchor)) {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    select(view, next, id);
    return;
  }
  const [from = 0, to = 0] = [ids.indexOf(anchor), ids.indexOf(id)].toSorted((a, b) => a - b);
  select(view, [...selected, ...ids.slice(from, to + 1)], anchor);
}

/** Edits a text, whose image and field then are those that keys act on; null ends editing. */
export function edit(view: CaptionView, editing: TextOf | null): void {
  view.setState(
    editing === null
      ? { editing }
      : { editing, activeId: editing.imageId, fieldId: editing.fieldId },
  );
}

/** The field that keys act on. */
export function fieldOf({ fieldId }: Pick<CaptionViewState, "fieldId">, fields: Fields): Field {
  return fields.find(({ id }) => id === fieldId) ?? fields[0];
}

/** Lists these images alone, whatever was listed before; `words` say what they have in common. */
export function showFound(view: CaptionView, words: string, ids: Iterable<ImageId>): void {
  view.setState({ search: "", filters: [{ kind: "found", words, ids: new Set(ids) }] });
}

/** Lists every image again. */
export function listAll(view: CaptionView): void {
  view.setState({ search: "", filters: NO_FILTERS });
}
