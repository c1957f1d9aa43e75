import { fixedText, fixedWhole, type CheckId } from "#src/domain/checks/checks.ts";
import { imageName, type ImageId } from "#src/domain/image.ts";
import type { ImageRole } from "#src/domain/image-role.ts";
import { isLongDescription } from "#src/domain/role-rules.ts";
import { roleMark, standingMarks } from "#src/domain/shown-answer.ts";
import { hasEnded, isInDoubt, type Task, type TaskUuid } from "#src/domain/task.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { dropDraft } from "#src/state/use-draft.ts";
import { editOf } from "#src/features/caption/bulk/preview.ts";
import { ask } from "#src/features/caption/run/run-scope.ts";
import { parseCaption, type Layout } from "#src/features/caption/settings.ts";
import {
  edit,
  select,
  selectRow,
  type CaptionView,
  type TextOf,
} from "#src/features/caption/view-state.ts";
import { canEdit, type StandingKind, type Standings } from "./standing.ts";
import { copyText } from "#src/features/taking-away/save-file.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import { showToast } from "#src/ui/toasts.ts";

/** What can be done to an image, in whatever layout it is. */
export interface RowActions {
  activate: (id: ImageId) => void;
  select: (id: ImageId, how: "toggle" | "range") => void;
  startEdit: (text: TextOf) => void;
  /** Ends editing and gives the image the focus. */
  endEdit: () => void;
  /** Ends editing because the user went elsewhere. */
  leaveEdit: (text: TextOf) => void;
  /** `seen` is the answer that was on screen when the user began to write. */
  saveEdit: (text: TextOf, words: string, seen: TaskUuid | null) => void;
  dropEdit: (text: TextOf) => void;
  keepEdit: (text: TextOf) => void;
  /** Goes on to the same field of the next listed image that can be edited, or the one before. */
  editBeside: (text: TextOf, by: 1 | -1) => void;
  /** The next field of the same image that can be edited, or the one before; null if there is none. */
  fieldBeside: (text: TextOf, by: 1 | -1) => TextOf | null;
  /** Drops what was typed and not saved. */
  dropTyped: (text: TextOf) => void;
  copy: (text: TextOf) => void;
  /** Mends what a check finds in a text, as an edit. */
  fix: (text: TextOf, check: CheckId) => void;
  /** Mends all that can be mended in an image's texts, with one undo. */
  fixAll: (id: ImageId) => void;
  ask: (text: TextOf) => void;
  /** The same by a key: if it costs, and the sheet does not say otherwise, it names the price first. */
  askFirst: (text: TextOf) => void;
  /** Marks images as reviewed, with one undo; takes the marks back if all of them have one. */
  review: (ids: readonly ImageId[]) => void;
  /** Asks what an image is for. */
  chooseRole: (id: ImageId) => void;
  /** Says what images are for, with one undo. */
  setRole: (ids: readonly ImageId[], role: ImageRole) => void;
  enlarge: (id: ImageId) => void;
  tellSent: (id: ImageId) => void;
  tellHistory: (text: TextOf) => void;
  remove: (id: ImageId) => void;
  /** Splits long images into parts, with one undo; tells a failure, and which can’t be split. Never rejects. */
  split: (ids: readonly ImageId[]) => Promise<void>;
}

/** What the layout on screen does for whatever moves the user about in it. */
export interface ListHandle {
  /** Brings an image into view and gives it the focus. */
  focus: (id: ImageId) => void;
  /** Brings an image into view, or the first for null. The focus stays. */
  show: (id: ImageId | null) => void;
  /** Brings an image into view and edits its text. */
  edit: (text: TextOf) => void;
  hasFocus: () => boolean;
  /** How many images lie side by side. */
  columns: () => number;
}

/** What the rows act on. */
export interface RowParts {
  open: OpenSheet;
  view: CaptionView;
  standings: () => Standings;
  listed: () => readonly ImageId[];
  list: () => ListHandle | null;
  setLayout: (layout: Layout) => void;
}

/** The name under which what is typed in a text is held. */
export function draftName({ imageId, fieldId }: TextOf): string {
  return `${fieldId}/${imageId}`;
}

/** Makes what a row's buttons and keys do. */
export function createRowActions(parts: RowParts): RowActions {
  const { open, view, listed, setLayout } = parts;
  return {
    activate: (activeId) => view.setState({ activeId }),
    select: (id, how) => selectRow(view, listed(), { id, how }),
    enlarge: (activeId) => {
      view.setState({ activeId });
      setLayout("one");
    },
    tellHistory: (text) => view.setState({ dialog: { kind: "history", ...text } }),
    tellSent: (imageId) => view.setState({ dialog: { kind: "sent", imageId } }),
    remove: (id) => {
      const { selected } = view.getState();
      const others = [...selected].filter((other) => other !== id);
      report(open.images.remove([id]).then(() => select(view, others)));
    },
    split: (ids) => split(open, ids),
    review: (ids) => review(parts, ids),
    chooseRole: (id) => view.setState({ dialog: { kind: "role", imageIds: [id] } }),
    setRole: (ids, role) => setRole(parts, ids, role),
    ...editingIn(parts),
    ...textsIn(parts),
  };
}

async function split(open: OpenSheet, ids: readonly ImageId[]): Promise<void> {
  const splitting = open.images.split(ids).then(({ withoutFile: [first, ...others] }) => {
    if (first === undefined) return;
    const what = others.length === 0 ? imageName(first) : counted(others.length + 1, "file");
    const they = others.length === 0 ? "it" : "them";
    showToast({
      text: `Add ${what} again to split ${they}: only a small copy is kept here, and its parts would be blurred.`,
      tone: "warn",
      kind: "split",
    });
  });
  report(splitting);
  await splitting.catch(() => undefined);
}

/** Where the user is while editing. */
function editingIn({ open, view, standings, listed, list }: RowParts) {
  const canBeEdited = ({ imageId, fieldId }: TextOf): boolean =>
    standings()
      .byId.get(imageId)
      ?.texts.some((text) => text.fieldId === fieldId && canEdit(text)) === true;
  const endEdit = (): void => {
    const { editing } = view.getState();
    edit(view, null);
    if (editing !== null) list()?.focus(editing.imageId);
  };
  return {
    startEdit: (text: TextOf) => {
      if (canBeEdited(text)) list()?.edit(text);
    },
    endEdit,
    leaveEdit: ({ imageId, fieldId }: TextOf) => {
      const { editing } = view.getState();
      if (editing?.imageId === imageId && editing.fieldId === fieldId) edit(view, null);
    },
    editBeside: ({ imageId, fieldId }: TextOf, by: 1 | -1) => {
      const ids = listed();
      const at = ids.indexOf(imageId);
      const onwards = by === 1 ? ids.slice(at + 1) : ids.slice(0, at).toReversed();
      const next = onwards.find((id) => canBeEdited({ imageId: id, fieldId }));
      if (next !== undefined) return list()?.edit({ imageId: next, fieldId });
      endEdit();
      showToast({
        text: by === 1 ? "That was the last text listed." : "That was the first text listed.",
        kind: "next",
      });
    },
    fieldBeside: ({ imageId, fieldId }: TextOf, by: 1 | -1): TextOf | null => {
      const { fields } = open.store.getState().sheet;
      const at = fields.findIndex(({ id }) => id === fieldId);
      const onwards = by === 1 ? fields.slice(at + 1) : fields.slice(0, at).toReversed();
      const next = onwards.find(({ id }) => canBeEdited({ imageId, fieldId: id }));
      return next === undefined ? null : { imageId, fieldId: next.id };
    },
    dropTyped: (text: TextOf) => dropDraft(open, draftName(text)),
  };
}

const CANNOT_ASK: ReadonlySet<StandingKind> = new Set(["running", "unseen", "decorative"]);

/** What is done to one text. */
function textsIn({ open, view, standings }: RowParts) {
  const standingOf = ({ imageId, fieldId }: TextOf) =>
    standings()
      .byId.get(imageId)
      ?.texts.find((text) => text.fieldId === fieldId);
  /** Null if it can't be asked for now. */
  const howToAsk = (text: TextOf): { reuse: boolean; overwrites?: string } | null => {
    const standing = standingOf(text);
    if (standing === undefined || standing.isSplit || CANNOT_ASK.has(standing.kind)) return null;
    const { shown } = standing;
    const isAgain =
      shown.answered !== null ||
      shown.edit !== null ||
      (shown.existing !== null && standing.kind !== "missing");
    return {
      reuse: shown.latest === null && !isAgain && view.getState().reuses,
      ...(isAgain ? { overwrites: `asking about ${nameOf(open, text.imageId)} again` } : {}),
    };
  };
  return {
    saveEdit: ({ imageId, fieldId }: TextOf, text: string, seen: TaskUuid | null) => {
      const shown = standingOf({ imageId, fieldId })?.shown;
      if (shown === undefined) return;
      const value = { kind: "edit", fieldId, text } as const;
      const replaces = shown.edit?.id ?? null;
      const mark = { imageId, value, shown: seen === null ? [] : [seen], replaces };
      const saving = open.marks.add([mark], `editing ${nameOf(open, imageId)}`);
      // What can’t be kept stays a draft.
      report(saving.then(() => dropDraft(open, draftName({ imageId, fieldId }), text)));
    },
    dropEdit: (of: TextOf) => {
      const text = standingOf(of);
      const answered = text?.shown.answered ?? null;
      if (text === undefined || answered === null) return;
      // Nothing is taken back: what the user wrote stays in the history.
      const mark = editOf(of.imageId, text, modelsWords(answered));
      const label = `going back to the model’s words for ${nameOf(open, of.imageId)}`;
      report(open.marks.add([{ ...mark, shown: [answered.taskUuid] }], label));
    },
    keepEdit: (text: TextOf) => {
      const shown = standingOf(text)?.shown;
      if (shown === undefined || shown.edit === null || shown.answered === null) return;
      const { value, id: replaces } = shown.edit;
      const mark = { imageId: text.imageId, value, shown: [shown.answered.taskUuid], replaces };
      report(open.marks.add([mark], `keeping your words for ${nameOf(open, text.imageId)}`));
    },
    fix: (of: TextOf, check: CheckId) => {
      const text = standingOf(of);
      if (text === undefined || !canEdit(text) || text.text === null) return;
      const words = fixedText(text.text, check, text.rules);
      if (words === null) return;
      report(
        open.marks.add([editOf(of.imageId, text, words)], `fixing ${nameOf(open, of.imageId)}`),
      );
    },
    fixAll: (id: ImageId) => {
      const standing = standings().byId.get(id);
      // Nobody reads its texts, and none of them is checked.
      if (standing?.role === "decorative") {
        showToast({ text: "Decorative images are not checked.", kind: "next" });
        return;
      }
      const marks = (standing?.texts ?? []).flatMap((text) => {
        const words = text.text === null ? null : fixedWhole(text.text, text.rules);
        return words === null || !canEdit(text) ? [] : [editOf(id, text, words)];
      });
      if (marks.length > 0) report(open.marks.add(marks, `fixing ${nameOf(open, id)}`));
      else showToast({ text: "Nothing here that can be fixed without you.", kind: "next" });
    },
    copy: (text: TextOf) => copyText(standingOf(text)?.text ?? "", "Caption copied."),
    ask: (text: TextOf) => {
      const how = howToAsk(text);
      if (how !== null) ask(open, [text], how);
    },
    askFirst: (text: TextOf) => {
      const how = howToAsk(text);
      if (how === null) return;
      if (parseCaption(open.store.getState().sheet.caption).asksFirst)
        view.setState({ dialog: { kind: "ask", text, how } });
      else ask(open, [text], how);
    },
  };
}

/** What a model said; "" if it said nothing. */
function modelsWords({ state }: Task): string {
  return state.phase === "done" && state.answer.kind === "caption" ? state.answer.text : "";
}

function review({ open, standings }: RowParts, ids: readonly ImageId[]): void {
  const { byId } = standings();
  const known = ids.filter((id) => byId.has(id));
  const due = known.filter((id) => byId.get(id)?.reviewed !== true);
  const [one = "", ...others] = due.length > 0 ? due : known;
  if (one === "") return;
  const what = others.length === 0 ? nameOf(open, one) : counted(others.length + 1, "image");
  if (due.length > 0) {
    const marks = due.map((imageId) => ({
      imageId,
      value: { kind: "reviewed" } as const,
      // What the user takes as it is: an answer that comes later has not been seen.
      shown: (byId.get(imageId)?.texts ?? []).flatMap(({ shown }) =>
        shown.answered === null ? [] : [shown.answered.taskUuid],
      ),
    }));
    report(open.marks.add(marks, `marking ${what} as reviewed`, { quiet: due.length === 1 }));
    return;
  }
  const { marks } = open.store.getState();
  const standing = known.flatMap((id) =>
    standingMarks(marks.get(id) ?? []).filter(({ value }) => value.kind === "reviewed"),
  );
  report(open.marks.remove(standing, `taking the review of ${what} back`));
}

function setRole(
  { open, view, standings }: RowParts,
  ids: readonly ImageId[],
  role: ImageRole,
): void {
  const { byId } = standings();
  const { marks, sheet } = open.store.getState();
  const due = ids.filter((id) => {
    const standing = byId.get(id);
    // Who says that an image informs has looked at what was suggested.
    return standing !== undefined && (standing.role !== role || !standing.hasRole);
  });
  const [one = "", ...others] = due;
  if (one === "") return;
  const what = others.length === 0 ? nameOf(open, one) : counted(due.length, "image");
  const added = due.map((imageId) => ({
    imageId,
    value: { kind: "role", role } as const,
    shown: [],
    replaces: roleMark(marks.get(imageId) ?? [])?.id ?? null,
  }));
  const isNeedless = role === "decorative";
  report(
    open.marks
      .add(added, `marking ${what} as ${role}`)
      .then(() => (isNeedless ? cancelWaiting(open, due) : undefined)),
  );
  if (role !== "complex" || sheet.fields.some(isLongDescription)) return;
  showToast({
    text: "Complex images ask for a long description, which this sheet has no field for yet.",
    kind: "long-description",
    action: {
      label: "Add a field",
      run: () => view.setState({ dialog: { kind: "field", fieldId: null } }),
    },
  });
}

/** Nobody needs texts of a decorative image: what Caption asked and has not sent yet is not paid for. */
async function cancelWaiting(open: OpenSheet, ids: readonly ImageId[]): Promise<void> {
  const { tasks } = open.store.getState();
  const waiting = ids
    .flatMap((id) => tasks.get(id) ?? [])
    .filter((task) => task.askedBy === "caption" && !hasEnded(task) && !isInDoubt(task));
  if (waiting.length > 0) await open.runs.cancel(waiting.map(({ taskUuid }) => taskUuid));
}

function nameOf(open: OpenSheet, id: ImageId): string {
  const image = open.store.getState().images.get(id);
  return image === undefined ? "an image" : imageName(image);
}
