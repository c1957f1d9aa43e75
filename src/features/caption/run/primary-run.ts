import type { ImageId } from "#src/domain/image.ts";
import { countOf, type RunScope } from "./run-scope.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";

/** What the run button starts, and says. */
export interface PrimaryRun {
  scope: RunScope;
  count: number;
  /** "148 images", "12 remaining", "3 selected", "148 images again". */
  what: string;
}

/**
 * The one run that is likely wanted: of what is selected, otherwise of what is missing, otherwise of all
 * again.
 */
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
        : imagesText(counts.missing),
    };
  }
  const count = countOf("all", standings, selected);
  return { scope: "all", count, what: `${imagesText(count)} again` };
}

function imagesText(count: number): string {
  return count === 1 ? "1 image" : `${count.toLocaleString("en-US")} images`;
}
