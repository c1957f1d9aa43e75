import { CAPTION_FIELD } from "#src/domain/field.ts";
import { imageName, type ImageId } from "#src/domain/image.ts";
import { captionText } from "#src/domain/shown-answer.ts";
import type { TaskUuid } from "#src/domain/task.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { ask } from "#src/features/caption/run/run-scope.ts";
import { edit, select, selectRow, type CaptionView } from "#src/features/caption/view-state.ts";
import type { Standings } from "./standing.ts";
import { copyText } from "#src/features/taking-away/save-file.ts";
import { report } from "#src/sheet/tell.ts";

/** What a row can ask for. One object for all rows, which stays the same as long as the list is there. */
export interface RowActions {
  activate: (id: ImageId) => void;
  select: (id: ImageId, how: "toggle" | "range") => void;
  startEdit: (id: ImageId) => void;
  endEdit: () => void;
  /** `seen` is the answer that was on screen when the user began to write. */
  saveEdit: (id: ImageId, text: string, seen: TaskUuid | null) => void;
  dropEdit: (id: ImageId) => void;
  keepEdit: (id: ImageId) => void;
  editBeside: (id: ImageId, by: 1 | -1) => void;
  copy: (id: ImageId) => void;
  ask: (id: ImageId) => void;
  enlarge: (id: ImageId) => void;
  tellSent: (id: ImageId) => void;
  remove: (id: ImageId) => void;
}

/** For whatever moves the user about in the list. */
export interface ListHandle {
  /** What the buttons and keys of a row do. */
  rows: RowActions;
  /** Brings a row into view and gives it the focus. */
  focus: (id: ImageId) => void;
  /** Brings a row into view and edits its caption. */
  edit: (id: ImageId) => void;
}

/** What the rows act on. */
export interface RowParts {
  open: OpenSheet;
  view: CaptionView;
  standings: () => Standings;
  listed: () => readonly ImageId[];
  list: () => ListHandle | null;
}

/** What a row's buttons do. */
export function createRowActions({ open, view, standings, listed, list }: RowParts): RowActions {
  const shownOf = (id: ImageId) => standings().byId.get(id)?.shown;
  const addEdit = (mark: Parameters<OpenSheet["marks"]["add"]>[0][number], what: string): void =>
    report(open.marks.add([mark], `${what} ${nameOf(open, mark.imageId)}`));
  return {
    activate: (activeId) => view.setState({ activeId }),
    select: (id, how) => selectRow(view, listed(), { id, how }),
    startEdit: (id) => {
      if (standings().byId.get(id)?.answers === "text") edit(view, id);
    },
    endEdit: () => {
      const { editingId } = view.getState();
      edit(view, null);
      if (editingId !== null) list()?.focus(editingId);
    },
    editBeside: (id, by) => {
      const ids = listed();
      const next = ids[ids.indexOf(id) + by];
      if (next === undefined) edit(view, null);
      else list()?.edit(next);
    },
    saveEdit: (id, text, seen) => {
      const shown = shownOf(id);
      if (shown === undefined) return;
      const value = { kind: "edit", fieldId: CAPTION_FIELD, text } as const;
      const replaces = shown.edit?.id ?? null;
      addEdit({ imageId: id, value, shown: seen === null ? [] : [seen], replaces }, "editing");
    },
    dropEdit: (id) => {
      const edits = (open.store.getState().marks.get(id) ?? []).filter(
        (mark) => mark.value.kind === "edit" && mark.deletedAt === null,
      );
      report(open.marks.remove(edits, `going back to the model’s words for ${nameOf(open, id)}`));
    },
    keepEdit: (id) => {
      const shown = shownOf(id);
      if (shown === undefined || shown.edit === null || shown.answered === null) return;
      const { value, id: replaces } = shown.edit;
      const seen = [shown.answered.taskUuid];
      addEdit({ imageId: id, value, shown: seen, replaces }, "keeping your words for");
    },
    copy: (id) => {
      const shown = shownOf(id);
      copyText(shown === undefined ? "" : (captionText(shown) ?? ""), "Caption copied.");
    },
    ask: (id) => {
      const shown = shownOf(id);
      const isAgain = shown !== undefined && (shown.answered !== null || shown.edit !== null);
      const isFirst = shown?.latest === null && !isAgain;
      ask(open, [id], {
        reuse: isFirst && view.getState().reuses,
        ...(isAgain ? { overwrites: `asking about ${nameOf(open, id)} again` } : {}),
      });
    },
    enlarge: (imageId) => view.setState({ dialog: { kind: "enlarge", imageId } }),
    tellSent: (imageId) => view.setState({ dialog: { kind: "sent", imageId } }),
    remove: (id) => {
      const { selected } = view.getState();
      const others = [...selected].filter((other) => other !== id);
      report(open.images.remove([id]).then(() => select(view, others)));
    },
  };
}

function nameOf(open: OpenSheet, id: ImageId): string {
  const image = open.store.getState().images.get(id);
  return image === undefined ? "an image" : imageName(image);
}
