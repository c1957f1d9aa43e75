import { askedRecipe } from "#src/catalog/find-models.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";

/** Which images a run asks about. */
export type RunScope = "missing" | "one" | "selected" | "all" | "failed" | "unsettled";

/** The images of a scope that can be asked about now, in the sheet's order. Images with a task under way are left out. */
export function imagesOf(
  scope: RunScope,
  standings: Standings,
  user: { selected: ReadonlySet<ImageId>; activeId: ImageId | null },
): ImageId[] {
  const ids = [...standings.byId.keys()];
  const kindOf = (id: ImageId) => standings.byId.get(id)?.kind;
  const troubleOf = (id: ImageId) => standings.byId.get(id)?.trouble;
  switch (scope) {
    case "missing":
      return ids.filter((id) => kindOf(id) === "missing");
    case "failed":
    case "unsettled":
      return ids.filter((id) => troubleOf(id) === scope && canAsk(standings, id));
    case "one": {
      const missing = ids.filter((id) => kindOf(id) === "missing");
      const wanted =
        missing.find((id) => user.selected.has(id)) ??
        missing.find((id) => id === user.activeId) ??
        missing[0];
      return wanted === undefined ? [] : [wanted];
    }
    case "selected":
      return ids.filter((id) => user.selected.has(id) && canAsk(standings, id));
    case "all":
      return ids.filter((id) => canAsk(standings, id));
  }
}

/** How many images a scope has, without listing them: this is called for thousands of images many times a second. */
export function countOf(
  scope: RunScope,
  standings: Standings,
  selected: ReadonlySet<ImageId>,
): number {
  const { counts } = standings;
  switch (scope) {
    case "missing":
    case "failed":
    case "unsettled":
      return counts[scope];
    case "one":
      return Math.min(1, counts.missing);
    case "selected":
      return [...selected].filter((id) => canAsk(standings, id)).length;
    case "all":
      return counts.total - counts.preparing - counts.unseen - counts.running;
  }
}

/** How many of these already have an answer or the user's words. */
export function answeredAmong(ids: readonly ImageId[], standings: Standings): number {
  return ids.filter((id) => {
    const shown = standings.byId.get(id)?.shown;
    return shown !== undefined && (shown.answered !== null || shown.edit !== null);
  }).length;
}

/** How many of these may have been charged already, without an answer. */
export function unsettledAmong(ids: readonly ImageId[], standings: Standings): number {
  return ids.filter((id) => standings.byId.get(id)?.trouble === "unsettled").length;
}

function canAsk(standings: Standings, id: ImageId): boolean {
  const kind = standings.byId.get(id)?.kind;
  return kind !== undefined && kind !== "preparing" && kind !== "unseen" && kind !== "running";
}

/** What the run button starts, and says. */
export interface PrimaryRun {
  scope: RunScope;
  count: number;
  /** "148 images", "12 remaining", "3 selected", "148 images again". */
  what: string;
}

/** The one run that is likely wanted: of what is selected, otherwise of what is missing, otherwise of all again. */
export function primaryRun(standings: Standings, selected: ReadonlySet<ImageId>): PrimaryRun {
  const { counts } = standings;
  if (selected.size > 0) {
    const count = countOf("selected", standings, selected);
    return { scope: "selected", count, what: `${count.toLocaleString("en-US")} selected` };
  }
  if (counts.missing > 0 || counts.total === 0 || counts.done + counts.empty === 0) {
    const isRest = counts.missing < counts.total;
    return {
      scope: "missing",
      count: counts.missing,
      what: isRest
        ? `${counts.missing.toLocaleString("en-US")} remaining`
        : counted(counts.missing, "image"),
    };
  }
  const count = countOf("all", standings, selected);
  return { scope: "all", count, what: `${counted(count, "image")} again` };
}

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
