import { askedRecipes } from "#src/catalog/find-models.ts";
import type { Field } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { showToast } from "#src/ui/toasts.ts";
import { createFilterList } from "./list/filter-list.ts";
import { createStandings, type Standings } from "./list/standing.ts";
import { captionView, fieldOf, select, selectRow, type CaptionView } from "./view-state.ts";
import type { ListHandle, RowActions, RowParts } from "./list/row-actions.ts";
import {
  ask,
  primaryRun,
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
  filterList: ReturnType<typeof createFilterList>;
  /** The field that keys act on. */
  field: () => Field;
  /** The images that the filter lets through. */
  listed: () => readonly ImageId[];
  /** Null while there is no list, and so no row to act on. */
  rows: () => RowActions | null;
  rowParts: RowParts;
  /** Asks about a scope. If there are answers already, or a question may be paid for twice, it asks the user first. */
  run: (scope: RunScope) => void;
  /** Does what the run button says. During a run that button is not there, and nothing is asked again. */
  runPrimary: () => void;
  move: (by: number, extend: boolean) => void;
  nextMissing: () => void;
  selectAll: () => void;
  removeSelected: () => void;
  /** The list on screen, which focuses and edits rows; null while there is none. */
  setList: (list: ListHandle | null) => void;
}

/** Makes the desk of one open sheet. */
export function createDesk(open: OpenSheet): Desk {
  const view = captionView(open);
  const standingsOf = createStandings();
  const filterList = createFilterList();
  let list: ListHandle | null = null;
  const standings = (): Standings => {
    const state = open.store.getState();
    return standingsOf({ ...state, fields: askedRecipes(state.sheet.fields) });
  };
  const listed = () => {
    const { filter, editing } = view.getState();
    return filterList(standings(), filter, editing?.imageId ?? null);
  };
  const run = (scope: RunScope): void => {
    const { selected, activeId, reuses } = view.getState();
    const texts = textsOf(scope, standings(), { selected, activeId });
    if (texts.length === 0) return;
    const answered = answeredAmong(texts, standings());
    // If unsettled ones alone are asked for, they are not paid for again.
    const unsettled = scope === "unsettled" ? 0 : unsettledAmong(texts, standings());
    if (answered + unsettled > 0)
      view.setState({ dialog: { kind: "again", texts, answered, unsettled } });
    else ask(open, texts, { reuse: reuses && scope !== "unsettled" });
  };
  return {
    view,
    standings,
    standingsOf,
    filterList,
    field: () => fieldOf(view.getState(), open.store.getState().sheet.fields),
    listed,
    rows: () => list?.rows ?? null,
    rowParts: { open, view, standings, listed, list: () => list },
    run,
    runPrimary: () => {
      const { scope } = primaryRun(standings(), view.getState().selected);
      if (scope !== "all" || open.store.getState().run.phase === "idle") run(scope);
    },
    move: (by, extend) => {
      const next = moveIn(view, listed(), { by, extend });
      if (next !== null) list?.focus(next);
    },
    nextMissing: () => {
      const next = nextMissing(view, listed(), standings());
      if (next === null) showToast({ text: "Every listed image has an answer.", kind: "next" });
      else list?.focus(next);
    },
    selectAll: () => select(view, listed()),
    removeSelected: () => {
      const { selected, activeId } = view.getState();
      const ids = selected.size > 0 ? [...selected] : activeId === null ? [] : [activeId];
      report(open.images.remove(ids).then(() => select(view, [])));
    },
    setList: (shown) => {
      list = shown;
    },
  };
}

/** The next listed image without words, from the active row on and round again; null if there is none. */
function nextMissing(
  view: CaptionView,
  ids: readonly ImageId[],
  { byId }: Standings,
): ImageId | null {
  const from = ids.indexOf(view.getState().activeId ?? "");
  const inTurn = [...ids.slice(from + 1), ...ids.slice(0, from + 1)];
  return inTurn.find((id) => byId.get(id)?.kind !== "done") ?? null;
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
