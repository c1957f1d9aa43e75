import { useDeferredValue, useMemo } from "react";
import { askedRecipes } from "#src/catalog/find-models.ts";
import type { Field, Fields } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { showToast } from "#src/ui/toasts.ts";
import { isMissing } from "./listing/list-index.ts";
import { createListing, type Listing, type ListQuery, type Lists } from "./listing/listing.ts";
import { createStandings, type Standing, type Standings } from "./list/standing.ts";
import {
  captionView,
  fieldOf,
  select,
  selectRow,
  type CaptionView,
  type CaptionViewState,
} from "./view-state.ts";
import {
  changeCaption,
  parseCaption,
  useCaptionSettings,
  type CaptionSettings,
  type Layout,
} from "./settings.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import {
  createRowActions,
  type ListHandle,
  type RowActions,
  type RowParts,
} from "./list/row-actions.ts";
import {
  ask,
  primaryRun,
  restRun,
  answeredAmong,
  textsOf,
  unsettledAmong,
  type RunScope,
} from "./run/run-scope.ts";
import { report } from "#src/sheet/tell.ts";

/** Everything that a press or a key in Caption does, apart from what is on screen. */
export interface Desk {
  view: CaptionView;
  standings: () => Standings;
  /** The same for rows that are at hand, so that screen and desk make them only once. */
  standingsOf: ReturnType<typeof createStandings>;
  /** The images that search and filters let through, in their order. */
  listing: () => Listing;
  /** The same for a query and standings that are at hand. */
  listingOf: (standings: Standings, query: ListQuery) => Listing;
  prepareSearch: Lists["prepareSearch"];
  checkTexts: Lists["check"];
  /** The field that keys act on. */
  field: () => Field;
  fields: () => Fields;
  /** The images that are listed. */
  listed: () => readonly ImageId[];
  /** What the buttons and keys of an image do. */
  rows: RowActions;
  rowParts: RowParts;
  layout: () => Layout;
  /** Shows the images in another layout. The image that has the focus keeps it. */
  setLayout: (layout: Layout) => void;
  /** From one by one back to the layout before it. */
  leaveOne: () => void;
  /** Asks about a scope. If there are answers already, or a question may be paid for twice, it asks the user first. */
  run: (scope: RunScope) => void;
  /** Does what the run button says. During a run that button is not there, and nothing is asked again. */
  runPrimary: () => void;
  /** By images in the order that is listed. */
  move: (by: number, extend: boolean) => void;
  /** By rows of the layout on screen. */
  moveRows: (by: number, extend: boolean) => void;
  nextMissing: () => void;
  nextProblem: () => void;
  nextUnreviewed: () => void;
  /** Marks the selected images as reviewed, or the active one; takes the marks back if all have one. */
  review: () => void;
  /** The selected images or, if there are none, the active one. */
  chosen: () => readonly ImageId[];
  /** Marks them as decorative; as informative, if all of them are decorative. */
  toggleDecorative: () => void;
  selectAll: () => void;
  removeSelected: () => void;
  /** The layout on screen, which focuses and edits; null while there is none. */
  setList: (list: ListHandle | null) => void;
}

const desks = new WeakMap<OpenSheet, Desk>();

/** The desk of an open sheet: always the same one. */
export function deskOf(open: OpenSheet): Desk {
  const desk = desks.get(open) ?? createDesk(open);
  desks.set(open, desk);
  return desk;
}

/** Makes the desk of one open sheet. */
export function createDesk(open: OpenSheet): Desk {
  const view = captionView(open);
  const standingsOf = createStandings();
  const lists = createListing();
  let list: ListHandle | null = null;
  // Set while a layout takes the place of the one that had the focus.
  let isFocusDue = false;
  const standings = (): Standings => {
    const state = open.store.getState();
    const { asksExisting } = parseCaption(state.sheet.caption);
    return standingsOf({ ...state, fields: askedRecipes(state.sheet.fields), asksExisting });
  };
  const listingOf: Desk["listingOf"] = (...asked) =>
    lists.list(open.store.getState().images, ...asked);
  const listing = () => {
    const { sheet } = open.store.getState();
    return listingOf(standings(), queryOf(view.getState(), sheet, parseCaption(sheet.caption)));
  };
  const listed = () => listing().ids;
  const run = (scope: RunScope): void => {
    const { selected, activeId, reuses } = view.getState();
    const texts = textsOf(scope, standings(), { selected, activeId });
    if (texts.length === 0) return;
    const answered = answeredAmong(texts, standings());
    // If unsettled ones alone are asked for, they are not paid for again.
    const unsettled = scope === "unsettled" ? 0 : unsettledAmong(texts, standings());
    if (answered + unsettled > 0)
      view.setState({ dialog: { kind: "again", texts, answered, unsettled } });
    else {
      const { includesLater } = parseCaption(open.store.getState().sheet.caption);
      ask(open, texts, {
        reuse: reuses && scope !== "unsettled",
        includesLater: includesLater && scope === "missing",
      });
    }
  };
  const move = (by: number, extend: boolean): void => {
    const next = moveIn(view, listed(), { by, extend });
    if (next !== null) list?.focus(next);
  };
  const layout = (): Layout => parseCaption(open.store.getState().sheet.caption).layout;
  const setLayout = (next: Layout): void => {
    const before = layout();
    if (next === before) return;
    isFocusDue = list?.hasFocus() === true || document.activeElement === document.body;
    if (before !== "one") view.setState({ layoutBefore: before });
    report(changeCaption(open, { layout: next }));
  };
  const goTo = (isWanted: (id: ImageId, standing: Standing) => boolean, none: string): void => {
    const { byId } = standings();
    const next = nextIn(view, listed(), (id) => {
      const standing = byId.get(id);
      return standing !== undefined && isWanted(id, standing);
    });
    if (next === null) showToast({ text: none, kind: "next" });
    else list?.focus(next);
  };
  const chosen = (): ImageId[] => {
    const { selected, activeId } = view.getState();
    return selected.size > 0 ? [...selected] : activeId === null ? [] : [activeId];
  };
  const rowParts = { open, view, standings, listed, list: () => list, setLayout };
  const rows = createRowActions(rowParts);
  return {
    view,
    standings,
    standingsOf,
    listing,
    listingOf,
    prepareSearch: lists.prepareSearch,
    checkTexts: lists.check,
    fields: () => open.store.getState().sheet.fields,
    field: () => fieldOf(view.getState(), open.store.getState().sheet.fields),
    listed,
    rows,
    rowParts,
    layout,
    setLayout,
    leaveOne: () => setLayout(view.getState().layoutBefore),
    run,
    runPrimary: () => {
      const { selected } = view.getState();
      const isIdle = open.store.getState().run.phase === "idle";
      // During a run a press is for what was added since, not for what has just failed.
      const { scope } =
        isIdle || selected.size > 0 ? primaryRun(standings(), selected) : restRun(standings());
      if (scope !== "all" || isIdle) run(scope);
    },
    move,
    moveRows: (by, extend) => move(by * (list?.columns() ?? 1), extend),
    nextMissing: () =>
      goTo((_, standing) => isMissing(standing), "Every listed image has an answer."),
    nextProblem: () => {
      let { problemIds, unchecked } = listing();
      // Nobody is told that there is none as long as some are not looked through.
      if (problemIds.size === 0 && unchecked > 0) {
        lists.check(() => true);
        ({ problemIds } = listing());
      }
      goTo((id) => problemIds.has(id), "No listed image has a problem.");
    },
    nextUnreviewed: () =>
      goTo((_, { reviewed }) => !reviewed, "You have reviewed every listed image."),
    review: () => rows.review(chosen()),
    chosen,
    toggleDecorative: () => {
      const { byId } = standings();
      const ids = chosen();
      const isDecorative = ids.every((id) => byId.get(id)?.role === "decorative");
      rows.setRole(ids, isDecorative ? "informative" : "decorative");
    },
    selectAll: () => select(view, listed()),
    removeSelected: () => report(open.images.remove(chosen()).then(() => select(view, []))),
    setList: (shown) => {
      list = shown;
      if (shown === null || !isFocusDue) return;
      isFocusDue = false;
      // A layout can show an image only once it has been laid out itself. By then the user may have gone on.
      requestAnimationFrame(() => {
        const { activeId } = view.getState();
        if (activeId !== null && list?.hasFocus() === false) list.focus(activeId);
      });
    },
  };
}

/** The standings of the open sheet under its current fields. */
export function useStandings({ standingsOf }: Desk): Standings {
  const order = useSheet((state) => state.order);
  const images = useSheet((state) => state.images);
  const tasks = useSheet((state) => state.tasks);
  const marks = useSheet((state) => state.marks);
  const fields = useSheet((state) => state.sheet.fields);
  // Another recipe concerns every image, and typing in the prompt must not wait for that.
  const settled = useDeferredValue(fields);
  const asked = useMemo(() => askedRecipes(settled), [settled]);
  const { asksExisting } = useCaptionSettings();
  return useMemo(
    () => standingsOf({ order, images, tasks, marks, fields: asked, asksExisting }),
    [standingsOf, order, images, tasks, marks, asked, asksExisting],
  );
}

/** What the list is asked for: what the user is looking for, in the order that the sheet remembers. */
export function queryOf(
  view: Pick<CaptionViewState, "search" | "filters" | "editing" | "fieldId">,
  { fields, context }: Pick<Sheet, "fields" | "context">,
  { sort, isDescending }: Pick<CaptionSettings, "sort" | "isDescending">,
): ListQuery {
  const { search, filters, editing } = view;
  const keptId = editing?.imageId ?? null;
  return { search, filters, sort, isDescending, field: fieldOf(view, fields), keptId, context };
}

/** The next listed image of which this is true, from the active one on and round again; null if there is none. */
function nextIn(
  view: CaptionView,
  ids: readonly ImageId[],
  isWanted: (id: ImageId) => boolean,
): ImageId | null {
  const from = ids.indexOf(view.getState().activeId ?? "");
  const inTurn = [...ids.slice(from + 1), ...ids.slice(0, from + 1)];
  return inTurn.find(isWanted) ?? null;
}

function moveIn(
  view: CaptionView,
  ids: readonly ImageId[],
  { by, extend }: { by: number; extend: boolean },
): ImageId | null {
  const { activeId, anchor, selected } = view.getState();
  const at = activeId === null ? -1 : ids.indexOf(activeId);
  const next = ids[Math.min(ids.length - 1, Math.max(0, at + by))];
  if (next === undefined) return null;
  if (extend && activeId !== null) {
    select(view, [...selected, activeId], anchor ?? activeId);
    selectRow(view, ids, { id: next, how: "range" });
  }
  return next;
}
