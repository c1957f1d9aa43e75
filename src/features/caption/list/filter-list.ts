import type { ImageId } from "#src/domain/image.ts";
import type { ListFilter } from "#src/features/caption/view-state.ts";
import type { Standing, Standings } from "./standing.ts";

/** Whether a filter lets an image through. */
export function passes({ kind, trouble, edited }: Standing, filter: ListFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "missing":
      return kind === "missing" || kind === "preparing" || kind === "unseen";
    case "running":
      return kind === "running";
    case "done":
      return kind === "done";
    case "edited":
      return edited;
    case "failed":
      return trouble !== null || kind === "empty";
  }
}

/**
 * Filters a sheet's images; returns the same array as long as the result is the same. The image whose caption is
 * being edited stays whatever becomes of it in the meantime: leaving the list would drop what is typed.
 */
export function createFilterList(): (
  standings: Standings,
  filter: ListFilter,
  editingId: ImageId | null,
) => readonly ImageId[] {
  let latest: readonly ImageId[] = [];
  return (standings, filter, editingId) => {
    const next: ImageId[] = [];
    for (const [id, standing] of standings.byId)
      if (id === editingId || passes(standing, filter)) next.push(id);
    const same = next.length === latest.length && next.every((id, index) => id === latest[index]);
    if (!same) latest = next;
    return latest;
  };
}
