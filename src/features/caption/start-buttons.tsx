import { modelById } from "#src/catalog/find-models.ts";
import { formatUsd, type MicroUsd } from "#src/domain/money.ts";
import { MoreButton } from "#src/sheet/more-button.tsx";
import { estimateText } from "#src/sheet/run-estimate.ts";
import { useRunEstimate } from "#src/state/use-run-estimate.ts";
import { useOpenSheet, useSheet } from "#src/state/use-sheet.ts";
import { useViewStore } from "#src/state/view-store.ts";
import { Button } from "#src/ui/button.tsx";
import { Menu, type MenuItem } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import type { Desk } from "./desk.ts";
import { useListStore } from "./list-store.ts";
import { countOf, type RunScope } from "./run-scope.ts";
import type { Standings } from "./standing.ts";
import { report } from "#src/sheet/tell.ts";

interface StartButtonsProps {
  desk: Desk;
  standings: Standings;
}

interface Primary {
  scope: RunScope;
  count: number;
  what: string;
}

/** What can be started: the one thing that is likely wanted, on a strong button, and the rest beside it. */
export function StartButtons({ desk, standings }: StartButtonsProps) {
  const verb = useVerb();
  const primary = usePrimary(standings);
  const modelId = useSheet((state) => state.sheet.recipe.modelId);
  const estimate = useRunEstimate(modelId, primary.count);
  const { counts } = standings;
  const isAgain = primary.scope === "all" && counts.missing === 0;
  const isShort = useCapShort(primary) !== null;
  const price =
    primary.count === 0 ? "" : ` · ${estimateText(estimate)}${isShort ? " · over the cap" : ""}`;
  const neverAsked = counts.done + counts.failed + counts.empty + counts.refused === 0;
  return (
    <>
      <span className="inline-flex min-w-0">
        <Button
          look={isAgain ? "ghost" : "strong"}
          keys="$mod+Enter"
          disabled={primary.count === 0}
          className="min-w-0 rounded-r-none"
          onClick={() => desk.run(primary.scope)}
        >
          <span className="truncate">
            {verb} {primary.what}
            <span className="font-normal opacity-80">{price}</span>
          </span>
        </Button>
        <ScopeMenu desk={desk} standings={standings} strong={!isAgain} />
      </span>
      {neverAsked && counts.missing > 1 && primary.scope === "missing" && (
        <Button className="max-sm:hidden" onClick={() => desk.run("one")}>
          Try one first
        </Button>
      )}
      {counts.failed > 0 && (
        <Button onClick={() => desk.run("failed")}>Retry {counts.failed} failed</Button>
      )}
    </>
  );
}

/** Said before the run: that it will stop at the cap, and what to raise it to. */
export function CapWarning({ standings }: { standings: Standings }) {
  const { saveSettings } = useOpenSheet();
  const settings = useSheet((state) => state.sheet.run);
  const short = useCapShort(usePrimary(standings));
  if (short === null) return null;
  return (
    <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-control text-warn">
      The cap of {formatUsd(settings.capMicroUsd)} leaves {formatUsd(short.left)}: the run will
      pause before it is through.
      <Button
        onClick={() => report(saveSettings({ run: { ...settings, capMicroUsd: short.enough } }))}
      >
        Raise the cap to {formatUsd(short.enough)}
      </Button>
    </p>
  );
}

/** What the cap leaves, and what it would have to be; null where it is enough, and where nothing is pressing. */
function useCapShort({ scope, count }: Primary): { left: MicroUsd; enough: MicroUsd } | null {
  const modelId = useSheet((state) => state.sheet.recipe.modelId);
  const cap = useSheet((state) => state.sheet.run.capMicroUsd);
  const spent = useSheet((state) => state.run.spentMicroUsd + state.run.heldMicroUsd);
  const { microUsd } = useRunEstimate(modelId, count);
  if (scope === "all" || count === 0 || cap === null || microUsd === null) return null;
  if (spent + microUsd <= cap) return null;
  // What is in flight holds a quarter more than it is likely to cost.
  const enough = Math.ceil((spent + microUsd * 1.25) / 10_000) * 10_000;
  return { left: Math.max(0, cap - spent), enough };
}

/** What the current model does to an image, as the first word on the button. */
function useVerb(): "Caption" | "Check" {
  const modelId = useSheet((state) => state.sheet.recipe.modelId);
  return modelById(modelId)?.answers === "age" ? "Check" : "Caption";
}

function usePrimary(standings: Standings): Primary {
  const selected = useViewStore((state) => state.selected);
  const { counts } = standings;
  if (selected.size > 0) {
    const count = countOf("selected", standings, selected);
    return { scope: "selected", count, what: `${count.toLocaleString("en-US")} selected` };
  }
  if (counts.missing > 0 || counts.total === 0 || counts.done + counts.empty === 0) {
    const isRest = counts.missing < counts.total;
    return {
      scope: "missing",
      count: counts.missing,
      what: isRest
        ? `${counts.missing.toLocaleString("en-US")} remaining`
        : imagesText(counts.missing),
    };
  }
  const count = countOf("all", standings, selected);
  return { scope: "all", count, what: `${imagesText(count)} again` };
}

function ScopeMenu({ desk, standings, strong }: StartButtonsProps & { strong: boolean }) {
  const verb = useVerb();
  const selected = useViewStore((state) => state.selected);
  const reuses = useListStore((state) => state.reuses);
  const setReuses = useListStore((state) => state.setReuses);
  const entry = (scope: RunScope, label: string, hint?: string): MenuItem => {
    const count = countOf(scope, standings, selected);
    return {
      label: scope === "one" ? label : `${label} (${count.toLocaleString("en-US")})`,
      ...(hint === undefined ? {} : { hint }),
      disabled: count === 0,
      onChoose: () => desk.run(scope),
    };
  };
  return (
    <Menu
      label="What to run"
      trigger={strong ? strongTrigger : ghostTrigger}
      items={[
        entry("one", "Try one first", "See an answer before paying for all"),
        entry("missing", `${verb} what is missing`),
        entry("selected", `${verb} the selected`),
        entry("all", `${verb} all again`, "Asks first; one undo brings the old answers back"),
        entry("failed", "Retry failed"),
        entry("unsettled", "Ask again for unsettled", "These may have been charged already"),
        {
          label: "Use answers this device already has",
          hint: "Same picture, model, prompt and size: free",
          checked: reuses,
          onChoose: () => setReuses(!reuses),
        },
      ]}
    />
  );
}

const MORE = "What to run";

function strongTrigger(trigger: PopoverTrigger) {
  return <MoreButton {...trigger} label={MORE} look="strong" points="up" />;
}

function ghostTrigger(trigger: PopoverTrigger) {
  return <MoreButton {...trigger} label={MORE} look="ghost" points="up" />;
}

function imagesText(count: number): string {
  return count === 1 ? "1 image" : `${count.toLocaleString("en-US")} images`;
}
