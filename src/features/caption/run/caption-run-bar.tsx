import { formatUsd } from "#src/domain/money.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";
import { RunBar } from "#src/sheet/run-bar.tsx";
import { usePurse } from "#src/state/services.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { useReused } from "./reused.ts";
import { primaryRun } from "./run-scope.ts";
import { StartButtons, StartWarning } from "./start-buttons.tsx";

/** Caption's foot: what can be asked, for how much, and how the run is going. */
export function CaptionRunBar({ desk, standings }: { desk: Desk; standings: Standings }) {
  const purse = usePurse();
  const spent = useSheet((state) => state.spent[purse]);
  const selected = useCaptionView((state) => state.selected);
  const reused = useReused(standings, primaryRun(standings, selected).scope);
  const { counts } = standings;
  const outlook = [
    spent.known + spent.unknown === 0 ? "" : `${formatUsd(spent.microUsd)} so far`,
    spent.unknown === 0 ? "" : `${spent.unknown} of unknown cost`,
  ];
  return (
    <RunBar
      counts={{
        total: counts.total - counts.decorative - counts.split,
        done: counts.done - counts.askedInVain,
        unended: counts.running,
        failed: counts.failed,
        unanswered: counts.refused + counts.unsettled + counts.empty,
      }}
      warning={<StartWarning standings={standings} reused={reused} />}
      start={<StartButtons desk={desk} standings={standings} reused={reused} />}
      outlook={outlook.filter((part) => part !== "").join(" · ")}
    />
  );
}
