import { useEffect, useId, useMemo, useState } from "react";
import {
  CHECK_LABELS,
  CHECKS,
  fullStopOf,
  isSwitchedOn,
  withCheck,
  withFullStop,
  type CheckId,
  type FullStop,
} from "#src/domain/checks/checks.ts";
import { withField, type Field } from "#src/domain/field.ts";
import { deskOf, useStandings } from "#src/features/caption/desk.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";
import { countFound } from "#src/features/caption/listing/problems.ts";
import { fieldOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { countMendable } from "./fix-all.ts";
import { FixButton } from "./fix-buttons.tsx";

const HINTS: Readonly<Record<CheckId, string>> = {
  empty: "Nothing, or nothing but spaces",
  refusal: "“I’m sorry, I can’t help with that”",
  self: "“As an AI language model”",
  preamble: "“Sure, here is a caption:”, “Let me know if …”",
  markup: "**bold**, # headings, lists, “…” around the whole",
  opening: "“A photo of”, “This image shows”, in seven languages",
  "file-name": "IMG_2034.jpg, or the name of its own file",
  language: "Not in the field’s language; short texts are never judged",
  loop: "The same words again and again",
  guess: "“in his 30s”, “Asian woman”, “looks like Tom Hanks”",
  duplicate: "The same text on several images",
  emoji: "🎂, ☀️",
  over: "Longer than the field allows",
  "full-stop": "At the end of each text",
};

/** What the texts of each field are looked through for, and how many each check finds now. */
export function ChecksDialog({ onClose }: { onClose: () => void }) {
  const open = useOpenSheet();
  const desk = deskOf(open);
  const fields = useSheet((state) => state.sheet.fields);
  const fieldId = useCaptionView((state) => state.fieldId);
  const field = fieldOf({ fieldId }, fields);
  const standings = useStandings(desk);
  const { counts, isWhole } = useFound(open, standings, field);
  const id = useId();
  const save = (checks: readonly string[]): void =>
    report(
      open.saveSettings(
        { fields: withField(fields, { ...field, checks }) },
        { label: `changing the checks of ${field.name}` },
      ),
    );
  return (
    <Dialog
      title="Checks"
      width="wide"
      onClose={onClose}
      footer={
        <Button look="strong" onClick={onClose}>
          Done
        </Button>
      }
    >
      {fields.length > 1 && (
        <div className="mb-3 flex items-center gap-2.5 text-control">
          <label htmlFor={id}>Texts of</label>
          <select
            id={id}
            className={`${controlLook} w-auto! py-1!`}
            value={field.id}
            onChange={({ target }) => desk.view.setState({ fieldId: target.value })}
          >
            {fields.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </div>
      )}
      <ul aria-label={`Checks of ${field.name}`} className="divide-y divide-line">
        {CHECKS.map((check) => (
          <li key={check} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.75">
            {check === "full-stop" ? (
              <FullStopChoice field={field} onSave={save} />
            ) : (
              <label className="flex min-w-0 flex-1 basis-64 items-start gap-2.5 pointer-coarse:min-h-10">
                <input
                  type="checkbox"
                  className="mt-0.5 size-4 shrink-0 accent-ink"
                  checked={isSwitchedOn(check, field)}
                  onChange={({ target }) => save(withCheck(field.checks, check, target.checked))}
                />
                <CheckWords check={check} />
              </label>
            )}
            <span className="figures text-ink-2">{foundText(counts.get(check) ?? 0, isWhole)}</span>
            <span className="flex justify-end max-sm:-ml-2 max-sm:basis-full max-sm:justify-start max-sm:pl-6.5 sm:min-w-28">
              {isSwitchedOn(check, field) && (counts.get(check) ?? 0) > 0 && (
                <FixOne field={field} check={check} />
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs text-pretty text-ink-2">
        A check reads the words alone and can be wrong. Decorative images are not checked. What a
        fix changes is an edit of yours; the model’s own words are kept below it.
      </p>
    </Dialog>
  );
}

function foundText(count: number, isWhole: boolean): string {
  if (!isWhole) return "…";
  return count === 0 ? "none" : counted(count, "text");
}

function CheckWords({ check }: { check: CheckId }) {
  return (
    <span className="min-w-0">
      <span className="block">{CHECK_LABELS[check]}</span>
      <span className="block text-xs text-ink-2">{HINTS[check]}</span>
    </span>
  );
}

const FULL_STOPS: readonly (readonly [FullStop, string])[] = [
  ["wanted", "Wanted"],
  ["unwanted", "Unwanted"],
  ["either", "Either"],
];

function FullStopChoice({
  field,
  onSave,
}: {
  field: Field;
  onSave: (checks: readonly string[]) => void;
}) {
  const id = useId();
  return (
    <span className="flex min-w-0 flex-1 basis-64 items-center gap-2.5 pl-6.5">
      <label htmlFor={id} className="min-w-0 flex-1">
        <CheckWords check="full-stop" />
      </label>
      <select
        id={id}
        className={`${controlLook} w-auto! py-1! text-control!`}
        value={fullStopOf(field)}
        onChange={({ target }) => {
          const chosen = FULL_STOPS.find(([wish]) => wish === target.value);
          if (chosen !== undefined) onSave(withFullStop(field.checks, chosen[0]));
        }}
      >
        {FULL_STOPS.map(([wish, words]) => (
          <option key={wish} value={wish}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}

/** Mends what one check finds in a field: of the selected images or, if none are, of those that are shown. */
function FixOne({ field, check }: { field: Field; check: CheckId }) {
  const desk = deskOf(useOpenSheet());
  const selected = useCaptionView((state) => state.selected);
  const { ids, problems, isNarrowed } = desk.listing();
  const isSelected = selected.size > 0;
  const scope = { ids: isSelected ? selected : ids, checks: [check], fieldId: field.id };
  const count = countMendable(problems, scope);
  if (count === 0) return null;
  const which = isSelected ? "selected" : isNarrowed ? "shown" : "";
  return (
    <FixButton
      desk={desk}
      scope={scope}
      title={CHECK_LABELS[check]}
      label={`Fix ${counted(count, `${which} text`.trim())}: ${CHECK_LABELS[check]}`}
    >
      {`Fix ${grouped(count)} ${which}`.trim()}…
    </FixButton>
  );
}

/** How many texts of a field each check finds, those that are switched off included; counted while the page is free. */
function useFound(
  open: OpenSheet,
  standings: Standings,
  field: Field,
): { counts: ReadonlyMap<CheckId, number>; isWhole: boolean } {
  const key = useMemo(() => ({ standings, fieldId: field.id }), [standings, field.id]);
  const [found, setFound] = useState<{ of: object; counts: ReadonlyMap<CheckId, number> } | null>(
    null,
  );
  useEffect(() => {
    const leaving = new AbortController();
    const { images } = open.store.getState();
    inSlices(countFound(images, key), leaving.signal).then(
      (counts) => setFound({ of: key, counts }),
      // Only closing the dialog ends it, and then nobody asks any more.
      () => undefined,
    );
    return () => leaving.abort();
  }, [open, key]);
  const isWhole = found?.of === key;
  return { counts: found?.counts ?? NONE, isWhole };
}

const NONE: ReadonlyMap<CheckId, number> = new Map();
