import { captionRecipe } from "#src/domain/field.ts";
import { CapWarning, useOverCap, estimateText } from "#src/sheet/run-price.tsx";
import { Button } from "#src/ui/button.tsx";
import { type AskedModels, useRunEstimate } from "#src/state/run-estimate.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Menu, type MenuItem, moreTrigger } from "#src/ui/menu.tsx";
import type { Desk } from "#src/features/caption/desk.ts";
import { verbOf } from "#src/features/caption/empty-desk.tsx";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { report } from "#src/sheet/tell.ts";
import { Choice } from "#src/ui/choice.tsx";
import { priceText, type Reused, useReused, withoutReused } from "./reused.ts";
import {
  primaryRun,
  type PrimaryRun,
  countOf,
  modelsAsked,
  restRun,
  type RunScope,
  sumOf,
} from "./run-scope.ts";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import { changeCaption, useCaptionSettings } from "#src/features/caption/settings.ts";
import type { ScopeCount, Standings } from "#src/features/caption/list/standing.ts";
import { grouped } from "#src/lib/counted.ts";

/** The label of the button that opens the menu of everything that can be run. */
const MORE = "What to run";

interface StartButtonsProps {
  desk: Desk;
  standings: Standings;
  /** What of the likely run is free. */
  reused: Reused;
}

/** What can be started: the one thing that is likely wanted, on a strong button, and the rest beside it. */
export function StartButtons({ desk, standings, reused }: StartButtonsProps) {
  const verb = useSheet((state) => verbOf(captionRecipe(state.sheet).modelId));
  const primary = usePrimary(standings);
  const rest = primary.scope === "failed" ? restRun(standings) : null;
  const { counts, scopes } = standings;
  const isAgain = primary.scope === "all" && scopes.missing.images === 0;
  // While one image is shown alone, the strong button and its key lead to the next.
  const isAside = useCaptionSettings().layout === "one";
  const keys = isAside ? undefined : CAPTION_ACTS.run.keys[0];
  const look = isAgain || rest !== null || isAside ? "ghost" : "strong";
  const neverAsked = counts.done + counts.failed + counts.empty + counts.refused === 0;
  return (
    <>
      {rest !== null && (
        <Button
          look={isAside ? "ghost" : "strong"}
          keys={keys}
          className="min-w-0"
          onClick={() => CAPTION_ACTS.failed.run(desk)}
        >
          <RunLabel verb="Retry" run={primary} reused={reused} />
        </Button>
      )}
      <span className="inline-flex min-w-0">
        <Button
          look={look}
          {...(rest === null ? { keys } : {})}
          disabled={(rest ?? primary).count.images === 0}
          className="min-w-0 rounded-r-none"
          onClick={() => (rest === null ? CAPTION_ACTS.run.run(desk) : desk.run(rest.scope))}
        >
          {rest === null ? (
            <RunLabel verb={verb} run={primary} reused={reused} />
          ) : (
            <RestLabel verb={verb} run={rest} standings={standings} />
          )}
        </Button>
        <ScopeMenu desk={desk} standings={standings} look={look} />
      </span>
      {neverAsked && scopes.missing.images > 1 && primary.scope === "missing" && (
        <Button
          className="max-sm:hidden"
          disabled={scopes.missing.ready === 0}
          onClick={() => CAPTION_ACTS.one.run(desk)}
        >
          {CAPTION_ACTS.one.label}
        </Button>
      )}
      {(rest ?? primary).scope === "missing" && scopes.missing.images > 0 && <LaterChoice />}
      {counts.existing > 0 && <ExistingChoice />}
    </>
  );
}

interface RunLabelProps {
  verb: string;
  run: PrimaryRun;
  reused: Reused;
}

/** The label of the run that is not the likely one. */
function RestLabel({
  standings,
  ...label
}: Omit<RunLabelProps, "reused"> & Pick<StartButtonsProps, "standings">) {
  return <RunLabel {...label} reused={useReused(standings, label.run.scope)} />;
}

/** "Caption 63 images · 24 ready · about $0.09 · 2 min". */
function RunLabel({ verb, run: { what, count, ready }, reused }: RunLabelProps) {
  const fields = useSheet((state) => state.sheet.fields);
  const paid = modelsAsked({ texts: withoutReused(count.texts, reused) }, fields);
  const estimate = useRunEstimate(paid);
  const overCap = useOverCap();
  const price = priceText(estimateText(estimate), { total: sumOf(count), reused });
  // The cap comes first: on a phone the end of a long label is cut off.
  const facts = [ready === null ? "" : ` · ${grouped(ready)} ready`, overCap(paid)];
  return (
    <span className="truncate">
      {verb} {what}
      <span className="font-normal opacity-80">
        {count.images > 0 && `${facts.join("")} · ${price}`}
      </span>
    </span>
  );
}

/** Whether a run goes on with images that are added while it is under way. */
function LaterChoice() {
  const open = useOpenSheet();
  const { includesLater } = useCaptionSettings();
  return (
    <Choice
      type="checkbox"
      className="text-ink-2"
      label="Include images added while it runs"
      checked={includesLater}
      onChange={({ target }) => report(changeCaption(open, { includesLater: target.checked }))}
    />
  );
}

/** Whether a run also asks about images that came with a text; prompts then know it as {existing}. */
function ExistingChoice() {
  const open = useOpenSheet();
  const { asksExisting } = useCaptionSettings();
  return (
    <Choice
      type="checkbox"
      className="text-ink-2"
      label="Ask also about images that came with a text"
      checked={asksExisting}
      onChange={({ target }) => report(changeCaption(open, { asksExisting: target.checked }))}
    />
  );
}

/** Shown at the buttons if their run would stop at the cap; asking all again says it in its dialog. */
export function StartWarning({ standings, reused }: Omit<StartButtonsProps, "desk">) {
  const { scope, count } = usePrimary(standings);
  const asked = useAsked();
  const texts = withoutReused(count.texts, reused);
  return scope === "all" ? null : <CapWarning asked={asked({ texts })} />;
}

/** Returns which models are asked, and how often. */
function useAsked(): (count: Pick<ScopeCount, "texts">) => AskedModels {
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
        scope === "one" ? label : `${label} (${grouped(count.images)})${overCap(asked(count))}`,
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
