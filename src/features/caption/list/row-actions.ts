import { imageName, type ImageId } from "#src/domain/image.ts";
import type { TaskUuid } from "#src/domain/task.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { ask } from "#src/features/caption/run/run-scope.ts";
import {
  edit,
  select,
  selectRow,
  type CaptionView,
  type TextOf,
} from "#src/features/caption/view-state.ts";
import type { Standings } from "./standing.ts";
import { copyText } from "#src/features/taking-away/save-file.ts";
import { report } from "#src/sheet/tell.ts";

/** What a row can ask for. One object for all rows, which stays the same as long as the list is there. */
export interface RowActions {
  activate: (id: ImageId) => void;
  select: (id: ImageId, how: "toggle" | "range") => void;
  startEdit: (text: TextOf) => void;
  endEdit: () => void;
  /** `seen` is the answer that was on screen when the user began to write. */
  saveEdit: (text: TextOf, words: string, seen: TaskUuid | null) => void;
  dropEdit: (text: TextOf) => void;
  keepEdit: (text: TextOf) => void;
  editBeside: (text: TextOf, by: 1 | -1) => void;
  copy: (text: TextOf) => void;
  ask: (text: TextOf) => void;
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
  /** Brings a row into view, or the first for null. The focus stays. */
  show: (id: ImageId | null) => void;
  /** Brings a row into view and edits its text. */
  edit: (text: TextOf) => void;
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
  const standingOf = ({ imageId, fieldId }: TextOf) =>
    standings()
      .byId.get(imageId)
      ?.texts.find((text) => text.fieldId === fieldId);
  const addEdit = (mark: Parameters<OpenSheet["marks"]["add"]>[0][number], what: string): void =>
    report(open.marks.add([mark], `${what} ${nameOf(open, mark.imageId)}`));
  return {
    activate: (activeId) => view.setState({ activeId }),
    select: (id, how) => selectRow(view, listed(), { id, how }),
    startEdit: (text) => {
      if (standingOf(text)?.answers === "text") edit(view, text);
    },
    endEdit: () => {
      const { editing } = view.getState();
      edit(view, null);
      if (editing !== null) list()?.focus(editing.imageId);
    },
    editBeside: ({ imageId, fieldId }, by) => {
      const ids = listed();
      const next = ids[ids.indexOf(imageId) + by];
      if (next === undefined) edit(view, null);
      else list()?.edit({ imageId: next, fieldId });
    },
    saveEdit: ({ imageId, fieldId }, text, seen) => {
      const shown = standingOf({ imageId, fieldId })?.shown;
      if (shown === undefined) return;
      const value = { kind: "edit", fieldId, text } as const;
      const replaces = shown.edit?.id ?? null;
      addEdit({ imageId, value, shown: seen === null ? [] : [seen], replaces }, "editing");
    },
    dropEdit: ({ imageId, fieldId }) => {
      const edits = (open.store.getState().marks.get(imageId) ?? []).filter(
        ({ value, deletedAt }) =>
          value.kind === "edit" && value.fieldId === fieldId && deletedAt === null,
      );
      const label = `going back to the model’s words for ${nameOf(open, imageId)}`;
      report(open.marks.remove(edits, label));
    },
    keepEdit: (text) => {
      const shown = standingOf(text)?.shown;
      if (shown === undefined || shown.edit === null || shown.answered === null) return;
      const { value, id: replaces } = shown.edit;
      const seen = [shown.answered.taskUuid];
      addEdit({ imageId: text.imageId, value, shown: seen, replaces }, "keeping your words for");
    },
    copy: (text) => copyText(standingOf(text)?.text ?? "", "Caption copied."),
    ask: (text) => {
      const shown = standingOf(text)?.shown;
      const isAgain = shown !== undefined && (shown.answered !== null || shown.edit !== null);
      const isFirst = shown?.latest === null && !isAgain;
      ask(open, [text], {
        reuse: isFirst && view.getState().reuses,
        ...(isAgain ? { overwrites: `asking about ${nameOf(open, text.imageId)} again` } : {}),
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
