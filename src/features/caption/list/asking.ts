import { askedRecipe } from "#src/catalog/asked-recipe.ts";
import { captionRecipe } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { select, type CaptionView } from "#src/features/caption/view-state.ts";

/** Asks about images with the sheet's recipe. `overwrites` names the undo that brings the old answers back. */
export function ask(
  open: OpenSheet,
  ids: readonly ImageId[],
  { overwrites, ...how }: { reuse: boolean; overwrites?: string; mayPayTwice?: boolean },
): void {
  const recipe = askedRecipe(captionRecipe(open.store.getState().sheet));
  const questions = ids.map((imageId) => ({ imageId, recipe, repeat: 1 }));
  report(open.runs.start({ askedBy: "caption", questions, ...how }, overwrites));
}

/** Selects or unselects one row, or selects everything from the last one to this. */
export function selectRow(
  view: CaptionView,
  ids: readonly ImageId[],
  { id, how }: { id: ImageId; how: "toggle" | "range" },
): void {
  const { selected, anchor } = view.getState();
  // An anchor that the filter hides does not count: otherwise the range would have no visible
  // start.
  if (how === "toggle" || anchor === null || !ids.includes(anchor)) {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    select(view, next, id);
    return;
  }
  const [from = 0, to = 0] = [ids.indexOf(anchor), ids.indexOf(id)].toSorted((a, b) => a - b);
  select(view, [...selected, ...ids.slice(from, to + 1)], anchor);
}
