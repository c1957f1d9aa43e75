import { captionRecipe } from "#src/domain/field.ts";
import { CapWarning, useOverCap, estimateText } from "#src/sheet/run-price.tsx";
import { Button } from "#src/ui/button.tsx";
import { type AskedModels, useRunEstimate } from "#src/state/run-estimate.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Menu, type MenuItem, moreTrigger } from "#src/ui/menu.tsx";
import type { Desk } from "#src/features/caption/desk.ts";
import { verbOf } from "#src/features/caption/empty-desk.tsx";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { primaryRun, type PrimaryRun, countOf, modelsAsked, type RunScope } from "./run-scope.ts";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import type { ScopeCount, Standings } from "#src/features/caption/list/standing.ts";

/** The label of the button that opens the menu of everything that can be run. */
const MORE = "What to run";

interface StartButtonsProps {
  desk: Desk;
  standings: Standings;
}

/** What can be started: the one thing that is likely wanted, on a strong button, and the rest beside it. */
export function StartButtons({ desk, standings }: StartButtonsProps) {
  const verb = useSheet((state) => verbOf(captionRecipe(state.sheet).modelId));
  const primary = usePrimary(standings);
  const asked = useAsked();
  const estimate = useRunEstimate(asked(primary.count));
  const { counts, scopes } = standings;
  const missing = scopes.missing.images;
  const look = primary.scope === "all" && missing === 0 ? "ghost" : "strong";
  const overCap = useOverCap();
  // The cap comes first: on a phone the end of a long label is cut off.
  const price =
    primary.count.images === 0
      ? ""
      : `${overCap(asked(primary.count))} · ${estimateText(estimate)}`;
  const neverAsked = counts.done + counts.failed + counts.empty + counts.refused === 0;
  return (
    <>
      <span className="inline-flex min-w-0">
        <Button
          look={look}
          keys={CAPTION_ACTS.run.keys[0]}
          disabled={primary.count.images === 0}
          className="min-w-0 rounded-r-none"
          onClick={() => CAPTION_ACTS.run.run(desk)}
        >
          <span className="truncate">
            {verb} {primary.what}
            <span className="font-normal opacity-80">{price}</span>
          </span>
        </Button>
        <ScopeMenu desk={desk} standings={standings} look={look} />
      </span>
      {neverAsked && missing > 1 && primary.scope === "missing" && (
        <Button className="max-sm:hidden" onClick={() => CAPTION_ACTS.one.run(desk)}>
          {CAPTION_ACTS.one.label}
        </Button>
      )}
      {scopes.failed.images > 0 && (
        <Button onClick={() => CAPTION_ACTS.failed.run(desk)}>
          Retry {scopes.failed.images} failed{overCap(asked(scopes.failed))}
        </Button>
      )}
    </>
  );
}

/** Shown at the buttons if their run would stop at the cap; asking all again says it in its dialog. */
export function StartWarning({ standings }: { standings: Standings }) {
  const { scope, count } = usePrimary(standings);
  const asked = useAsked();
  return scope === "all" ? null : <CapWarning asked={asked(count)} />;
}

/** Returns which models are asked, and how often. */
function useAsked(): (count: ScopeCount) => AskedModels {
  const fields = useSheet((state) => state.sheet.fields);
  return (count) => modelsAsked(count, fields);
}

function usePrimary(standings: Standings): PrimaryRun {
  const selected = useCaptionView((state) => state.selected);
  return primaryRun(standings, selected);
}

interface ScopeMenuProps extends Pick<StartButtonsProps, "desk" | "standings"> {
  look: "strong" | "ghost";
}

function ScopeMenu({ desk, standings, look }: ScopeMenuProps) {
  const verb = useSheet((state) => verbOf(captionRecipe(state.sheet).modelId));
  const selected = useCaptionView((state) => state.selected);
  const activeId = useCaptionView((state) => state.activeId);
  const reuses = useCaptionView((state) => state.reuses);
  const asked = useAsked();
  const overCap = useOverCap();
  const entry = (scope: RunScope, label: string, hint?: string): MenuItem => {
    const count = countOf(scope, standings, { selected, activeId });
    return {
      label:
        scope === "one"
          ? label
          : `${label} (${count.images.toLocaleString("en-US")})${overCap(asked(count))}`,
      ...(hint === undefined ? {} : { hint }),
      disabled: count.images === 0,
      onChoose: () => CAPTION_ACTS[scope].run(desk),
    };
  };
  return (
    <Menu
      label={MORE}
      trigger={moreTrigger({ label: MORE, look, points: "up" })}
      items={[
        entry("one", CAPTION_ACTS.one.label, "See an answer before paying for all"),
        entry("missing", `${verb} what is missing`),
        entry("selected", `${verb} the selected`),
        entry("all", `${verb} all again`, "Asks first; one undo brings the old answers back"),
        entry("failed", CAPTION_ACTS.failed.label),
        entry(
          "unsettled",
          CAPTION_ACTS.unsettled.label,
          "Never pays twice: old ones are only looked up",
        ),
        {
          label: CAPTION_ACTS.reuse.label,
          hint: "Same picture, model, prompt and size: free",
          checked: reuses,
          onChoose: () => CAPTION_ACTS.reuse.run(desk),
        },
      ]}
    />
  );
}
