import type { ImageId } from "#src/domain/image.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import type { Standing } from "./list/standing.ts";
import type { TextProblem } from "./listing/problems.ts";
import { useCaptionView } from "./view-state.ts";

/**
 * What a layout shows of one image, so that it is drawn again only if something of its own changed; null if the image
 * is no longer there.
 */
export function useShownRow(
  id: ImageId,
  {
    standing,
    problems,
  }: { standing: Standing | undefined; problems: readonly TextProblem[] | undefined },
) {
  const image = useSheet((state) => state.images.get(id));
  const isSelected = useCaptionView((state) => state.selected.has(id));
  const editedField = useCaptionView((state) =>
    state.editing?.imageId === id ? state.editing.fieldId : null,
  );
  return image === undefined || standing === undefined
    ? null
    : { image, standing, problems: problems ?? NONE, isSelected, editedField };
}

// The same for all that have none.
const NONE: readonly TextProblem[] = [];
