import type { FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import { canEdit, type Standings } from "#src/features/caption/list/standing.ts";
import type { TextChange } from "#src/features/caption/view-state.ts";
import type { PictureGroup } from "./near-pictures.ts";

/** The text of an image in a field; null if it has none. */
export function textIn(standings: Standings, imageId: ImageId, fieldId: FieldId): string | null {
  const text = standings.byId.get(imageId)?.texts.find((one) => one.fieldId === fieldId)?.text;
  return text === undefined || text === null || text.trim() === "" ? null : text;
}

/** The image whose text the others of its group could take: the one that was chosen, or the first that has one. */
export function sourceOf(
  { ids }: PictureGroup,
  {
    standings,
    fieldId,
    chosen,
  }: { standings: Standings; fieldId: FieldId; chosen: ReadonlySet<ImageId> },
): ImageId | null {
  return (
    ids.find((id) => chosen.has(id)) ??
    ids.find((id) => textIn(standings, id, fieldId) !== null) ??
    ids[0] ??
    null
  );
}

/**
 * The edits that give the others of a group the text of one of them. Those that nobody can edit now, and those that read so
 * already, are left out; with `onlyMissing`, so are those that have a text.
 */
export function takenOver(
  { ids }: PictureGroup,
  from: ImageId | null,
  {
    standings,
    fieldId,
    onlyMissing = false,
  }: { standings: Standings; fieldId: FieldId; onlyMissing?: boolean },
): TextChange[] {
  const after = from === null ? null : textIn(standings, from, fieldId);
  if (after === null) return [];
  return ids.flatMap((imageId) => {
    const text = standings.byId.get(imageId)?.texts.find((one) => one.fieldId === fieldId);
    if (imageId === from || text === undefined || !canEdit(text)) return [];
    const before = text.text ?? "";
    const isLeft = before === after || (onlyMissing && before.trim() !== "");
    return isLeft ? [] : [{ imageId, fieldId, before, after }];
  });
}

/** All images but those that another one of their group stands for: asked about alone, they leave no picture out. */
export function oneOfEach(
  order: readonly ImageId[],
  groups: readonly PictureGroup[],
  standsFor: (group: PictureGroup) => ImageId | null,
): ImageId[] {
  const left = new Set(
    groups.flatMap((group) => {
      const first = standsFor(group);
      return group.ids.filter((id) => id !== first);
    }),
  );
  return order.filter((id) => !left.has(id));
}
