import { modelById } from "#src/catalog/find-models.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { MoreButton, Button } from "#src/ui/button.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { primaryRun } from "./primary-run.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";

interface LaterButtonsProps {
  standings: Standings;
  onMenuWanted: () => void;
}

/**
 * Shown instead of the buttons that start something: on an empty sheet, and on every sheet until they are loaded.
 */
export function LaterButtons({ standings, onMenuWanted }: LaterButtonsProps) {
  const verb = useVerb();
  const selected = useCaptionView((state) => state.selected);
  return (
    <span className="inline-flex min-w-0">
      <Button look="strong" keys="$mod+Enter" disabled className="min-w-0 rounded-r-none">
        <span className="truncate">
          {verb} {primaryRun(standings, selected).what}
        </span>
      </Button>
      <MoreButton
        label={MORE}
        look="strong"
        points="up"
        aria-haspopup="menu"
        aria-expanded={false}
        onClick={onMenuWanted}
      />
    </span>
  );
}

/** The label of the button that opens the menu of everything that can be run. */
export const MORE = "What to run";

/** What the current model does to an image, as the first word on the button. */
export function useVerb(): "Caption" | "Check" {
  const modelId = useSheet((state) => captionRecipe(state.sheet).modelId);
  return modelById(modelId)?.answers === "age" ? "Check" : "Caption";
}
