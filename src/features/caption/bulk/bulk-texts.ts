import type { Field, FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { canEdit, type Standings } from "#src/features/caption/list/standing.ts";
import type { TextOf } from "#src/features/caption/view-state.ts";
import type { BulkChanges, BulkTexts } from "./compute-changes.ts";
import type { ChangeRow } from "./preview.ts";

/** Whose texts are edited. */
export type BulkScope = "all" | "selected" | "shown";

/** Texts that are edited together, as they were when they were gathered, and where each of them is. */
export interface GatheredTexts extends BulkTexts {
  places: readonly TextOf[];
}

/** The images of a scope, in the sheet’s order. */
export function imagesIn(scope: BulkScope, desk: Desk): ImageId[] {
  const ids = [...desk.standings().byId.keys()];
  if (scope === "all") return ids;
  const wanted = scope === "selected" ? desk.view.getState().selected : new Set(desk.listed());
  return ids.filter((id) => wanted.has(id));
}

/** The scope that was chosen before, if it is still offered; otherwise the selected images or, if there are none, all. */
export function scopeFrom(chosen: BulkScope | null, desk: Desk): BulkScope {
  const isSelected = desk.view.getState().selected.size > 0;
  const isOffered = { all: true, selected: isSelected, shown: desk.listing().isNarrowed };
  if (chosen !== null && isOffered[chosen]) return chosen;
  return isSelected ? "selected" : "all";
}

/** Gathers the texts of a scope and of fields; as long as nothing changed they are the same object. */
export function createGathering(
  desk: Desk,
): (scope: BulkScope, fields: readonly Field[]) => GatheredTexts {
  let last: { parts: readonly unknown[]; texts: GatheredTexts } | null = null;
  return (scope, fields) => {
    const standings = desk.standings();
    const ids = scope === "selected" ? desk.view.getState().selected : desk.listed();
    const parts = [standings, scope, fields, ids];
    if (last === null || parts.some((part, at) => part !== last?.parts[at]))
      last = { parts, texts: gatherTexts(standings, imagesIn(scope, desk), fields) };
    return last.texts;
  };
}

/** All texts of these images and fields that have words and can be written now. */
function gatherTexts(
  { byId }: Standings,
  ids: readonly ImageId[],
  fields: readonly Field[],
): GatheredTexts {
  const placeOfField = new Map<FieldId, number>(fields.map(({ id }, place) => [id, place]));
  const places: TextOf[] = [];
  const words: string[] = [];
  const fieldAt: number[] = [];
  for (const imageId of ids)
    for (const text of byId.get(imageId)?.texts ?? []) {
      const place = placeOfField.get(text.fieldId);
      if (place === undefined || text.text === null || text.text.trim() === "" || !canEdit(text))
        continue;
      places.push({ imageId, fieldId: text.fieldId });
      words.push(text.text);
      fieldAt.push(place);
    }
  return {
    fields: fields.map(({ kind, limit, language }) => ({ kind, limit, language })),
    words,
    fieldAt: Uint8Array.from(fieldAt),
    places,
  };
}

/** What the worker has made of gathered texts, as it is shown. */
export function rowsOf({ places, words }: GatheredTexts, changes: BulkChanges): ChangeRow[] {
  return changes.after.flatMap((after, index) => {
    const at = changes.at[index] ?? -1;
    const place = places[at];
    const before = words[at];
    if (place === undefined || before === undefined) return [];
    return [{ ...place, before, after, over: changes.over[index] ?? 0 }];
  });
}
