import { toMicroUsd, type MicroUsd } from "#src/domain/money.ts";

// Beyond this a whole number of micro-dollars would still be exact, and the typing surely is not meant.
const MOST_USD = 1_000_000;

/** "2.50", "$2.5", "1,50" as micro-dollars; null for what is no amount. */
export function parseUsd(text: string): MicroUsd | null {
  const digits = text
    .trim()
    .replace(/^\$\s*/, "")
    .replace(",", ".");
  if (!/^(\d+(\.\d*)?|\.\d+)$/.test(digits)) return null;
  const usd = Number(digits);
  return usd <= MOST_USD ? toMicroUsd(usd) : null;
}
