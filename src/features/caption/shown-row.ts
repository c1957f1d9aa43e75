import type { ImageId } from "#src/domain/image.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import type { Standing } from "./list/standing.ts";
import { useCaptionView } from "./view-state.ts";

/**
 * What a layout shows of one image, so that it is drawn again only if something of its own changed; null if the image
 * is no longer there. `doubleId` names another image with one of its texts.
 */
export function useShownRow(
  id: ImageId,
  { standing, doubleId }: { standing: Standing | undefined; doubleId: ImageId | null },
) {
  const image = useSheet((state) => state.images.get(id));
  const sameAs = useSheet((state) => state.images.get(doubleId ?? "")?.frame ?? null);
  const isSelected = useCaptionView((state) => state.selected.has(id));
  const editedField = useCaptionView((state) =>
    state.editing?.imageId === id ? state.editing.fieldId : null,
  );
  return image === undefined || standing === undefined
    ? null
    : { image, standing, sameAs, isSelected, editedField };
}
