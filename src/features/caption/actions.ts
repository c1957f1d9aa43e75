import { type Act, IN_PROMPT } from "#src/ui/acts.ts";
import type { Desk } from "./desk.ts";
import type { RowActions } from "./list/row-actions.ts";
import { select, type TextOf } from "./view-state.ts";
import type { Layout } from "./settings.ts";
import { longImages } from "#src/state/pictures/parts.ts";
import { report } from "#src/sheet/tell.ts";
import { countOf, primaryRun, type RunScope } from "./run/run-scope.ts";

const GROUP = "Caption";
const RUN_GROUP = "Run";
const LAYOUT_GROUP = "Layout";

/** Everything that can be done in Caption by a key or by its name. */
export const CAPTION_ACTS = {
  run: {
    id: "caption.run",
    label: "Run",
    keys: ["$mod+Enter"],
    group: RUN_GROUP,
    whileTyping: IN_PROMPT,
    // One by one the same key goes on to the next image, and must never pay, not even before that layout has come.
    isEnabled: (desk) =>
      desk.layout() !== "one" &&
      primaryRun(desk.standings(), desk.view.getState().selected).count.images > 0,
    run: (desk) => desk.runPrimary(),
  },
  one: { id: "caption.run-one", label: "Try one first", ...scoped("one") },
  missing: { id: "caption.run-missing", label: "Run what is missing", ...scoped("missing") },
  selected: { id: "caption.run-selected", label: "Run the selected", ...scoped("selected") },
  all: { id: "caption.run-all", label: "Run all again", ...scoped("all") },
  failed: { id: "caption.run-failed", label: "Retry failed", ...scoped("failed") },
  unsettled: {
    id: "caption.run-unsettled",
    label: "Send the unsettled again",
    ...scoped("unsettled"),
  },
  reuse: {
    id: "caption.reuse",
    label: "Use answers this device already has",
    keys: [],
    group: RUN_GROUP,
    isChecked: ({ view }) => view.getState().reuses,
    run: ({ view }) => view.setState(({ reuses }) => ({ reuses: !reuses })),
  },
  list: { id: "caption.list", label: "List", ...showing("list", "1") },
  grid: { id: "caption.grid", label: "Grid", ...showing("grid", "2") },
  table: { id: "caption.table", label: "Table", ...showing("table", "3") },
  oneByOne: { id: "caption.one", label: "One by one", ...showing("one", "4") },
  next: {
    id: "caption.next",
    label: "Next image",
    keys: ["j"],
    ...moving((desk) => desk.move(1, false)),
  },
  previous: {
    id: "caption.previous",
    label: "Previous image",
    keys: ["k"],
    ...moving((desk) => desk.move(-1, false)),
  },
  below: {
    id: "caption.below",
    label: "Image below",
    keys: ["ArrowDown"],
    ...moving((desk) => desk.moveRows(1, false)),
  },
  above: {
    id: "caption.above",
    label: "Image above",
    keys: ["ArrowUp"],
    ...moving((desk) => desk.moveRows(-1, false)),
  },
  right: {
    id: "caption.right",
    label: "Image to the right",
    keys: ["ArrowRight"],
    ...moving((desk) => desk.move(1, false)),
    isEnabled: isSideways,
  },
  left: {
    id: "caption.left",
    label: "Image to the left",
    keys: ["ArrowLeft"],
    ...moving((desk) => desk.move(-1, false)),
    isEnabled: isSideways,
  },
  selectNext: {
    id: "caption.select-next",
    label: "Extend the selection",
    keys: ["Shift+J", "Shift+ArrowRight"],
    ...moving((desk) => desk.move(1, true)),
  },
  selectPrevious: {
    id: "caption.select-previous",
    label: "Extend the selection backwards",
    keys: ["Shift+K", "Shift+ArrowLeft"],
    ...moving((desk) => desk.move(-1, true)),
  },
  selectDown: {
    id: "caption.select-down",
    label: "Extend the selection down",
    keys: ["Shift+ArrowDown"],
    ...moving((desk) => desk.moveRows(1, true)),
  },
  selectUp: {
    id: "caption.select-up",
    label: "Extend the selection up",
    keys: ["Shift+ArrowUp"],
    ...moving((desk) => desk.moveRows(-1, true)),
  },
  nextMissing: {
    id: "caption.next-missing",
    label: "Next image without an answer",
    keys: ["m"],
    group: GROUP,
    run: (desk) => desk.nextMissing(),
  },
  nextProblem: {
    id: "caption.next-problem",
    label: "Next with a problem",
    keys: ["n"],
    group: GROUP,
    run: (desk) => desk.nextProblem(),
  },
  nextUnreviewed: {
    id: "caption.next-unreviewed",
    label: "Next unreviewed",
    keys: ["u"],
    group: GROUP,
    run: (desk) => desk.nextUnreviewed(),
  },
  review: {
    id: "caption.review",
    label: "Mark as reviewed",
    keys: ["v"],
    group: GROUP,
    isEnabled: (desk) => hasSelected(desk) || hasActive(desk),
    run: (desk) => desk.review(),
  },
  checks: {
    id: "caption.checks",
    label: "Checks",
    keys: [],
    group: GROUP,
    run: ({ view }) => view.setState({ dialog: { kind: "checks" } }),
  },
  role: {
    id: "caption.role",
    label: "Role",
    keys: ["o"],
    group: GROUP,
    isEnabled: (desk) => hasSelected(desk) || hasActive(desk),
    run: (desk) => desk.view.setState({ dialog: { kind: "role", imageIds: desk.chosen() } }),
  },
  decorative: {
    id: "caption.decorative",
    label: "Decorative or not",
    keys: ["d"],
    group: GROUP,
    isEnabled: (desk) => hasSelected(desk) || hasActive(desk),
    run: (desk) => desk.toggleDecorative(),
  },
  edit: {
    id: "caption.edit",
    label: "Edit the caption",
    keys: ["Enter", "e"],
    ...onActive((rows, text) => rows.startEdit(text)),
  },
  copy: {
    id: "caption.copy",
    label: "Copy the caption",
    keys: ["c"],
    ...onActive((rows, text) => rows.copy(text)),
  },
  fix: {
    id: "caption.fix",
    label: "Fix what can be fixed",
    keys: ["f"],
    ...onActive((rows, { imageId }) => rows.fixAll(imageId)),
  },
  ask: {
    id: "caption.ask",
    label: "Ask about this image again",
    keys: ["r"],
    ...onActive((rows, text) => rows.askFirst(text)),
  },
  promptSent: {
    id: "caption.prompt-sent",
    label: "Show the prompt as it is sent",
    keys: ["p"],
    group: GROUP,
    isEnabled: hasActive,
    run: ({ view }) => {
      const { activeId } = view.getState();
      if (activeId !== null) view.setState({ dialog: { kind: "prompt-sent", imageId: activeId } });
    },
  },
  bulk: {
    id: "caption.bulk",
    label: "Find and replace",
    keys: ["b"],
    group: GROUP,
    isEnabled: (desk) => desk.standings().counts.total > 0,
    run: ({ view }) => view.setState({ dialog: { kind: "bulk" } }),
  },
  history: {
    id: "caption.history",
    label: "History of the caption",
    keys: ["h"],
    ...onActive((rows, text) => rows.tellHistory(text)),
  },
  consistency: lookingOver("consistency", "Consistency of the texts"),
  nearPictures: lookingOver("near-pictures", "Near-duplicate pictures"),
  models: lookingOver("models", "Models on this sheet"),
  splitLong: {
    id: "caption.split-long",
    label: "Split all long images into parts",
    keys: [],
    group: GROUP,
    isEnabled: (desk) => longImages(desk.rowParts.open.store.getState()).size > 0,
    run: ({ rows, rowParts }) =>
      report(rows.split([...longImages(rowParts.open.store.getState()).keys()])),
  },
  tags: {
    id: "caption.tags",
    label: "Tags",
    keys: ["t"],
    group: GROUP,
    isEnabled: (desk) => desk.fields().some(({ kind }) => kind === "tags"),
    run: ({ view }) => view.setState({ dialog: { kind: "tags", fieldId: null } }),
  },
  select: {
    id: "caption.select",
    label: "Select or unselect",
    keys: ["x"],
    ...onActive((rows, { imageId }) => rows.select(imageId, "toggle")),
  },
  selectAll: {
    id: "caption.select-all",
    label: "Select all that are listed",
    keys: ["$mod+a"],
    group: GROUP,
    run: (desk) => desk.selectAll(),
  },
  selectNone: {
    id: "caption.select-none",
    label: "Select none",
    keys: ["Escape"],
    group: GROUP,
    isEnabled: hasSelected,
    run: ({ view }) => select(view, []),
  },
  remove: {
    id: "caption.remove",
    label: "Remove the selected images",
    keys: ["Delete", "Backspace"],
    group: GROUP,
    isEnabled: (desk) => hasSelected(desk) || hasActive(desk),
    run: (desk) => desk.removeSelected(),
  },
} satisfies Record<string, Act<Desk>>;

/** Looks over the whole sheet. */
function lookingOver(dialog: "consistency" | "near-pictures" | "models", label: string) {
  return {
    id: `caption.${dialog}`,
    label,
    keys: [],
    group: GROUP,
    isEnabled: (desk: Desk) => desk.standings().counts.total > 0,
    run: ({ view }: Desk) => view.setState({ dialog: { kind: dialog } }),
  };
}

function scoped(scope: RunScope) {
  return {
    keys: [],
    group: RUN_GROUP,
    isEnabled: (desk: Desk) => countOf(scope, desk.standings(), desk.view.getState()).images > 0,
    run: (desk: Desk) => desk.run(scope),
  };
}

function hasSelected({ view }: Desk): boolean {
  return view.getState().selected.size > 0;
}

function hasActive({ view }: Desk): boolean {
  return view.getState().activeId !== null;
}

function moving(run: (desk: Desk) => void) {
  return { group: GROUP, repeats: true, run };
}

// In a list they are the browser’s: what is wider than the window scrolls.
function isSideways(desk: Desk): boolean {
  return desk.layout() === "grid" || desk.layout() === "one";
}

function showing(layout: Layout, key: string) {
  return {
    keys: [key],
    group: LAYOUT_GROUP,
    isChecked: (desk: Desk) => desk.layout() === layout,
    run: (desk: Desk) => desk.setLayout(layout),
  };
}

function onActive(act: (rows: RowActions, text: TextOf) => void) {
  return {
    group: GROUP,
    isEnabled: hasActive,
    run: (desk: Desk) => {
      const { activeId } = desk.view.getState();
      if (activeId !== null) act(desk.rows, { imageId: activeId, fieldId: desk.field().id });
    },
  };
}
