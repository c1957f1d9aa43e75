import { readNumber } from "#src/lib/read-number.ts";
import { toMicroUsd, type MicroUsd } from "#src/domain/money.ts";

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

/**
 * What a press on "Set cap" does with the text: saves an amount, asks whether it was read correctly, or refuses.
 */
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
