import { useState, type FormEvent } from "react";
import type { Purse } from "#src/domain/connection.ts";
import { DEFAULT_CAP_MICRO_USD } from "#src/domain/defaults.ts";
import { failureText } from "#src/domain/failure-text.ts";
import { toFailure } from "#src/domain/failure.ts";
import { formatUsd, type MicroUsd, toMicroUsd } from "#src/domain/money.ts";
import { counted } from "#src/lib/counted.ts";
import { readNumber } from "#src/lib/read-number.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Choice } from "#src/ui/choice.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { Meter } from "#src/ui/meter.tsx";
import { showToast } from "#src/ui/toasts.ts";

/** What the open sheet has spent out of its cap, and the cap itself. */
export function CapForm({ purse }: { purse: Purse }) {
  const { saveSettings } = useOpenSheet();
  const name = useSheet((state) => state.sheet.name);
  const run = useSheet((state) => state.sheet.run);
  const [text, setText] = useState(() => usdText(run.capMicroUsd ?? DEFAULT_CAP_MICRO_USD));
  const [error, setError] = useState<string | null>(null);
  const save = (capMicroUsd: MicroUsd | null): void => {
    setError(null);
    saveSettings({ run: { ...run, capMicroUsd } }).then(
      () =>
        showToast({
          text: capMicroUsd === null ? "No cap on this sheet." : `Cap: ${formatUsd(capMicroUsd)}.`,
          kind: "cap",
        }),
      (thrown: unknown) => setError(failureText(toFailure(thrown))),
    );
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const entry = readCap(text);
    if (entry.kind === "keep") save(entry.microUsd);
    else setError(entry.kind === "ask" ? entry.question : entry.reason);
    if (entry.kind === "ask") setText(entry.text);
  };
  return (
    <section aria-label={`Spent on “${name}”`}>
      <SpentLine purse={purse} capMicroUsd={run.capMicroUsd} />
      <form onSubmit={submit} className="mt-4 flex flex-wrap items-start gap-x-4 gap-y-3">
        <Field
          label="This sheet may spend, in dollars"
          error={error}
          hint="A run pauses before it would exceed this: each task in flight counts at the most it may cost."
          className="min-w-48 flex-1"
        >
          {(control) => (
            <div className="flex gap-2">
              <input
                {...control}
                inputMode="decimal"
                autoComplete="off"
                value={text}
                disabled={run.capMicroUsd === null}
                onChange={(event) => setText(event.target.value)}
                className={controlLook}
              />
              <Button type="submit" disabled={run.capMicroUsd === null}>
                Set cap
              </Button>
            </div>
          )}
        </Field>
        <Choice
          type="checkbox"
          label="No cap"
          hint="Runs continue whatever they cost."
          className="sm:pt-6"
          checked={run.capMicroUsd === null}
          onChange={(event) => {
            const entry = readCap(text);
            const cap = entry.kind === "keep" ? entry.microUsd : DEFAULT_CAP_MICRO_USD;
            if (!event.target.checked) setText(usdText(cap));
            save(event.target.checked ? null : cap);
          }}
        />
      </form>
    </section>
  );
}

function SpentLine({ purse, capMicroUsd }: { purse: Purse; capMicroUsd: MicroUsd | null }) {
  const spent = useSheet((state) => state.spent[purse]);
  const { heldMicroUsd: held } = spent;
  const of = capMicroUsd === null ? "no cap" : `of ${formatUsd(capMicroUsd)}`;
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-2xl font-semibold tracking-tight">{formatUsd(spent.microUsd)}</span>
        <span className="text-ink-2">
          {of} spent on this sheet{purse === "sandbox" ? ", simulated" : ""}
        </span>
      </p>
      {capMicroUsd !== null && (
        <Meter
          className="mt-2"
          label="Spent of the cap"
          share={capMicroUsd === 0 ? 1 : spent.microUsd / capMicroUsd}
          text={`${formatUsd(spent.microUsd)} ${of}`}
          tone={spent.microUsd >= capMicroUsd ? "warn" : "ink"}
        />
      )}
      <p className="figures mt-1.5 flex flex-wrap gap-x-4 text-ink-2">
        {held > 0 && <span>{formatUsd(held)} held for tasks in flight</span>}
        {spent.unknown > 0 && <span>{counted(spent.unknown, "answer")} without a known cost</span>}
      </p>
    </>
  );
}

// A larger amount would still be exact, but is surely a typo.
const MOST_USD = 1_000_000;

/** "2.50", "$2.5", "1,50" as micro-dollars; null if it is no amount. "1,000" might be meant in two ways: `isAmbiguous`. */
export function parseUsd(text: string): { microUsd: MicroUsd; isAmbiguous: boolean } | null {
  const read = readNumber(text.trim().replace(/^\$\s*/u, ""));
  if (read === null || read.value > MOST_USD) return null;
  const microUsd = toMicroUsd(read.value);
  return microUsd === null ? null : { microUsd, isAmbiguous: read.isAmbiguous };
}

/**
 * An amount as written in a field: with cents, more places if it has them, and never one that `parseUsd` finds
 * ambiguous.
 */
export function usdText(microUsd: MicroUsd): string {
  const text = (microUsd / 1_000_000)
    .toFixed(microUsd % 10_000 === 0 ? 2 : 6)
    .replace(/(\.\d\d\d*?)0+$/u, "$1");
  return /^\d{1,3}\.\d{3}$/u.test(text) ? `${text}0` : text;
}

/** What a press on "Set cap" does with the text: saves an amount, asks whether it was read correctly, or refuses. */
export type CapEntry =
  | { kind: "keep"; microUsd: MicroUsd }
  /** `text` replaces what was typed; a second press saves it. */
  | { kind: "ask"; text: string; question: string }
  | { kind: "refuse"; reason: string };

/** Reads the cap's field. Nothing ambiguous is saved before it was shown as understood. */
export function readCap(text: string): CapEntry {
  const read = parseUsd(text);
  if (read === null) return { kind: "refuse", reason: "Write an amount in dollars, such as 2.50." };
  if (!read.isAmbiguous) return { kind: "keep", microUsd: read.microUsd };
  const shown = (read.microUsd / 1_000_000).toLocaleString("en-US", {
    style: "currency",
    currency: "USD",
    maximumFractionDigits: 6,
  });
  return {
    kind: "ask",
    text: usdText(read.microUsd),
    question: `“${text.trim()}” is read as ${shown}. Press “Set cap” again to keep that, or correct it.`,
  };
}
