import { COMPARE_ACTS } from "./actions.ts";
import { MOST_COLUMNS } from "#src/domain/compare-settings.ts";
import { AddImages } from "#src/sheet/add-images.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { voteCounts } from "./columns/column-facts.ts";
import { useDesk, type Comparison } from "./compare-desk.ts";
import { useCompareView } from "./view-state.ts";
import { ShareMenu } from "#src/features/taking-away/comparison-menu.tsx";
import { setupHref } from "./columns/setup-link.tsx";

// Only a replay says this much.
const loadFindings = () => import("./columns/replay-findings.ts");

/** The line above the grid: how much there is, how it is voted on, and what can be done with all of it. */
export function CompareBar({ comparison }: { comparison: Comparison }) {
  const desk = useDesk();
  const { rows, columns, settings } = comparison;
  const name = useSheet((state) => state.sheet.name);
  const onlyDifferent = useCompareView((state) => state.onlyDifferent);
  const isEmpty = rows.size === 0;
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2 px-3 pt-3.5 pb-3 sm:px-5.5 sm:pt-4.5">
      <h2 className="max-w-full truncate text-title font-[650] tracking-[-0.015em]">{name}</h2>
      <p className="mr-auto text-xs text-ink-2">{countsText(comparison)}</p>
      {!isEmpty && (
        <>
          <AddImages />
          <Toggle
            pressed={onlyDifferent}
            onClick={() => desk.view.setState({ onlyDifferent: !onlyDifferent })}
          >
            Only where they differ
          </Toggle>
          <Toggle
            pressed={settings.blind}
            title={
              settings.blind
                ? "Switching this off shows every name: what you see then is no longer blind"
                : "Names, costs and times stay hidden until the vote; answers you have seen with their names are not blind"
            }
            onClick={() => desk.columns.change({ blind: !settings.blind })}
          >
            Blind vote
          </Toggle>
          <Button keys={COMPARE_ACTS.stage.keys[0]} onClick={() => desk.open({ kind: "stage" })}>
            One by one
          </Button>
          <Button onClick={() => desk.open({ kind: "ranking" })}>Ranking</Button>
          <Button
            keys={COMPARE_ACTS.present.keys[0]}
            onClick={() => desk.open({ kind: "present" })}
          >
            Present
          </Button>
          <ShareMenu
            comparison={desk.comparison}
            setupHref={() => setupHref(desk.columns.settings())}
            findings={async () => (await loadFindings()).replayFindings(desk.comparison())}
          />
        </>
      )}
      <Button
        disabled={columns.length >= MOST_COLUMNS}
        title={columns.length >= MOST_COLUMNS ? `There is room for ${MOST_COLUMNS}` : undefined}
        onClick={desk.columns.add}
      >
        + Column
      </Button>
    </div>
  );
}

function Toggle({
  pressed,
  ...rest
}: {
  pressed: boolean;
  title?: string;
  onClick: () => void;
  children: string;
}) {
  return (
    <Button
      aria-pressed={pressed}
      className="aria-pressed:border-ink aria-pressed:bg-ink aria-pressed:text-sheet aria-pressed:hover:bg-ink/88"
      {...rest}
    />
  );
}

function countsText({ rows, columns }: Comparison): string {
  const votes = voteCounts(rows.values());
  const images = rows.size === 1 ? "1 image" : `${rows.size.toLocaleString("en-US")} images`;
  return [
    `${images} × ${columns.length === 1 ? "1 column" : `${columns.length} columns`}`,
    counted(votes.picks, "pick", "picks"),
    counted(votes.ties, "tie", "ties"),
    counted(votes.allBad, "all bad", "all bad"),
    counted(votes.void, "void", "void"),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? "" : `${count} ${count === 1 ? one : many}`;
}
