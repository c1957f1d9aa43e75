import { useState } from "react";
import { modelById } from "#src/catalog/find-models.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { formatUsd } from "#src/domain/money.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { RunBar } from "#src/sheet/run-bar.tsx";
import { usePurse } from "#src/state/services.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { MoreButton, Button } from "#src/ui/button.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { primaryRun } from "./run-scope.ts";

// An empty sheet has nothing to start, and no price.
const StartButtons = lazyPart(async () => (await import("./start-buttons.tsx")).StartButtons, {
  waiting: (props) => <LaterButtons {...props} />,
});
const StartWarning = lazyPart(async () => (await import("./start-buttons.tsx")).StartWarning);

/** Caption's foot: what can be asked, for how much, and how the run is going. */
export function CaptionRunBar({ desk, standings }: { desk: Desk; standings: Standings }) {
  const [isMenuWanted, setMenuWanted] = useState(false);
  const purse = usePurse();
  const spent = useSheet((state) => state.spent[purse]);
  const { counts } = standings;
  const outlook = [
    spent.known + spent.unknown === 0 ? "" : `${formatUsd(spent.microUsd)} so far`,
    spent.unknown === 0 ? "" : `${spent.unknown} of unknown cost`,
  ];
  return (
    <RunBar
      counts={{
        total: counts.total,
        done: counts.done - counts.askedInVain,
        unended: counts.running,
        failed: counts.failed,
        unanswered: counts.refused + counts.unsettled + counts.empty,
      }}
      warning={counts.total > 0 && <StartWarning standings={standings} />}
      start={
        counts.total > 0 || isMenuWanted ? (
          <StartButtons
            desk={desk}
            standings={standings}
            isMenuWanted={isMenuWanted}
            onMenuWanted={() => setMenuWanted(true)}
          />
        ) : (
          <LaterButtons standings={standings} onMenuWanted={() => setMenuWanted(true)} />
        )
      }
      outlook={outlook.filter((part) => part !== "").join(" · ")}
    />
  );
}

interface LaterButtonsProps {
  standings: Standings;
  onMenuWanted: () => void;
}

/** Shown instead of the buttons that start something: on an empty sheet, and on every sheet until they are loaded. */
function LaterButtons({ standings, onMenuWanted }: LaterButtonsProps) {
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
