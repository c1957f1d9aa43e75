import { useState } from "react";
import { usePurse } from "#src/state/services.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { formatUsd } from "#src/domain/money.ts";
import { RunBar } from "#src/sheet/run-bar.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import type { Desk } from "#src/features/caption/desk.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";
import { LaterButtons } from "./later-buttons.tsx";

// An empty sheet has nothing to start, and no price.
const StartButtons = lazyPart(async () => (await import("./start-buttons.tsx")).StartButtons, {
  waiting: (props) => <LaterButtons {...props} />,
});
const StartWarning = lazyPart(async () => (await import("./start-buttons.tsx")).StartWarning);

interface CaptionRunBarProps {
  desk: Desk;
  standings: Standings;
}

/** Caption's foot: what can be asked, for how much, and how the run is going. */
export function CaptionRunBar({ desk, standings }: CaptionRunBarProps) {
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
