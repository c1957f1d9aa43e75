import type { Field } from "#src/domain/field.ts";
import { languageName } from "#src/domain/language.ts";
import { lengthOver } from "#src/domain/text-length.ts";
import { shortened } from "#src/lib/shortened.ts";
import { wordsOf } from "#src/lib/words.ts";
import { otherLanguage } from "./language.ts";
import {
  emojiIn,
  hasEnd,
  hasFullStop,
  loopIn,
  markupIn,
  takesFullStop,
  trimmedTo,
  withEnd,
  withoutEmoji,
  withoutEnd,
  withoutMarkup,
} from "./shape.ts";
import {
  type Cut,
  guessIn,
  isFileName,
  openingOf,
  preambleOf,
  refusalIn,
  selfIn,
} from "./wording.ts";

/** Everything that a text is looked through for, the most telling first. */
export const CHECKS = [
  "empty",
  "refusal",
  "self",
  "preamble",
  "markup",
  "opening",
  "file-name",
  "language",
  "loop",
  "guess",
  "duplicate",
  "emoji",
  "over",
  "full-stop",
] as const;

export type CheckId = (typeof CHECKS)[number];

/** What the checks read of a field. */
export type CheckedField = Pick<Field, "kind" | "limit" | "language" | "checks">;

/** What a check found in a text. */
export interface Finding {
  check: CheckId;
  /** Why, in words, with what was found: "Opens with “A photo of”". */
  reason: string;
  /** The same for narrow places. */
  short: string;
  /** Whether a machine can mend it. */
  isMendable: boolean;
}

/** What each check is called if several are listed. */
export const CHECK_LABELS: Readonly<Record<CheckId, string>> = {
  empty: "Empty",
  refusal: "Refusal as text",
  self: "Speaks of the model itself",
  preamble: "Words around the text",
  markup: "Markdown or quotes around it",
  opening: "Opens with “image of”",
  "file-name": "A file name",
  language: "In another language",
  loop: "Repeats itself",
  guess: "Guesses at name, age or origin",
  duplicate: "Same text as another",
  emoji: "Emoji",
  over: "Over the limit",
  "full-stop": "Full stop",
};

/** What the button that mends a finding says; null for what only somebody who looks at the picture can mend. */
export const FIX_LABELS: Readonly<Record<CheckId, string | null>> = {
  empty: null,
  refusal: null,
  self: null,
  preamble: "Drop it",
  markup: "Take it off",
  opening: "Drop it",
  "file-name": null,
  language: null,
  loop: "Say it once",
  guess: null,
  duplicate: null,
  emoji: "Take it out",
  over: "Trim",
  "full-stop": "Fix the end",
};

/** Whether texts of a field should end in a full stop. */
export type FullStop = "wanted" | "unwanted" | "either";

const FULL_STOPS: Readonly<Record<Exclude<FullStop, "either">, string>> = {
  wanted: "full-stop:wanted",
  unwanted: "full-stop:unwanted",
};

/** Whether a field's texts should end in a full stop. Unless the user says so, only those of whole sentences should. */
export function fullStopOf({ kind, checks }: Pick<CheckedField, "kind" | "checks">): FullStop {
  if (checks.includes("full-stop")) return "either";
  if (checks.includes(FULL_STOPS.wanted)) return "wanted";
  if (checks.includes(FULL_STOPS.unwanted)) return "unwanted";
  return kind === "sentence" ? "wanted" : "either";
}

/** The names that a field stores for its full stop to be so. */
export function withFullStop(checks: readonly string[], wish: FullStop): string[] {
  const others = checks.filter((name) => name !== "full-stop" && !name.startsWith("full-stop:"));
  return [...others, wish === "either" ? "full-stop" : FULL_STOPS[wish]];
}

/** Whether a field's texts go through a check. */
export function isSwitchedOn(
  check: CheckId,
  field: Pick<CheckedField, "kind" | "checks">,
): boolean {
  return check === "full-stop" ? fullStopOf(field) !== "either" : !field.checks.includes(check);
}

/** The names that a field stores with a check switched on or off. */
export function withCheck(checks: readonly string[], check: CheckId, isOn: boolean): string[] {
  const others = checks.filter((name) => name !== check);
  return isOn ? others : [...others, check];
}

/**
 * What is wrong with a text under its field's checks, the most telling first. Whether other images have the same text is
 * for whoever knows the others.
 */
export function findingsIn(text: string, field: CheckedField, fileName = ""): readonly Finding[] {
  if (text.trim() === "") return emptyIn(text, field);
  const found: Finding[] = [];
  for (const check of CHECKS) {
    if (!isSwitchedOn(check, field)) continue;
    const finding = FINDERS[check]?.(text, field, fileName) ?? null;
    if (finding === null) continue;
    found.push({ check, isMendable: FIXES[check] !== undefined, ...finding });
    // A refusal is no description, so what else it is does not matter.
    if (check === "refusal" || check === "file-name") break;
  }
  return found.length === 0 ? NONE : found;
}

const NONE: readonly never[] = [];

function emptyIn(text: string, field: CheckedField): readonly Finding[] {
  if (!isSwitchedOn("empty", field)) return NONE;
  const reason =
    text === "" ? "Empty" : text.length === 1 ? "A single space" : "Nothing but spaces";
  return [{ check: "empty", reason, short: reason, isMendable: false }];
}

type Words = Pick<Finding, "reason" | "short"> & Partial<Pick<Finding, "isMendable">>;
type Finder = (text: string, field: CheckedField, fileName: string) => Words | null;

const FINDERS: Readonly<Partial<Record<CheckId, Finder>>> = {
  refusal: (text) => said("Refuses", refusalIn(text)),
  self: (text) => said("Speaks of the model itself", selfIn(text), "Speaks of itself"),
  preamble: (text) => cutOff(preambleOf(text), "Words around the text", "Preamble"),
  markup: (text) => {
    const markup = markupIn(text);
    if (markup === null) return null;
    return markup.kind === "quotes"
      ? words("In quotation marks", "In quotes")
      : said("Markdown", markup.found);
  },
  opening: (text) => cutOff(openingOf(text), "Opens with"),
  "file-name": (text, _, fileName) => (isFileName(text, fileName) ? words("A file name") : null),
  language: (text, { language, kind }) => {
    // Keywords have none of the small words that tell languages apart.
    const other = language === null || kind === "tags" ? null : otherLanguage(text, language);
    if (other === null || language === null) return null;
    const name = languageName(other);
    return words(`In ${name}, asked for ${languageName(language)}`, `In ${name}`);
  },
  loop: (text, { kind }) => {
    const loop = loopIn(text);
    // A tag that comes twice is for the tags to say.
    if (loop === null || (kind === "tags" && loop.times < 3)) return null;
    return words(`Repeats ${quoted(loop.unit)} ${loop.times} times`, "Repeats itself");
  },
  guess: (text) => said("Guesses at a person", guessIn(text), "Guesses"),
  emoji: (text) => {
    const emoji = emojiIn(text);
    return emoji === null ? null : words(`Has emoji: ${emoji}`, "Emoji");
  },
  over: (text, field) => {
    const { limit } = field;
    const over = lengthOver(text, limit);
    if (over === 0 || limit === null) return null;
    const { unit } = limit;
    const by =
      unit === "characters" ? `${over}` : `${over} ${over === 1 ? unit.slice(0, -1) : unit}`;
    // A single word has no place to be cut at.
    const isMendable = fixedText(text, "over", field) !== null;
    return { ...words(`Over the limit by ${by}`, `Over by ${by}`), isMendable };
  },
  "full-stop": (text, field) => {
    if (fullStopOf(field) === "unwanted")
      return hasFullStop(text) ? words("Ends in a full stop", "Full stop") : null;
    if (hasEnd(text) || !takesFullStop(text)) return null;
    // Unless the user wants one everywhere, a few words are no sentence: "Go to basket".
    if (!field.checks.includes(FULL_STOPS.wanted) && isFewWords(text)) return null;
    return words("No full stop at its end", "No full stop");
  },
};

const FEW_WORDS = 3;

// More than any few words.
const MOST_COUNTED = 200;

function isFewWords(text: string): boolean {
  return wordsOf(text.slice(0, MOST_COUNTED)).length <= FEW_WORDS;
}

function words(reason: string, short = reason): Words {
  return { reason, short };
}

const MOST_LETTERS = 48;

function cutOff(cut: Cut | null, what: string, short = what): Words | null {
  const found = said(what, cut?.found ?? null, short);
  return found === null || cut === null ? null : { ...found, isMendable: cut.isClean };
}

function said(what: string, found: string | null, short = what): Words | null {
  if (found === null) return null;
  const join = what === "Opens with" ? " " : ": ";
  return {
    reason: `${what}${join}${quoted(found)}`,
    short: what === "Opens with" ? `${what} ${quoted(found)}` : short,
  };
}

function quoted(found: string): string {
  return `“${shortened(found.replaceAll(/\s+/gu, " "), MOST_LETTERS)}”`;
}

/** The text without what a check found; null if that is not for a machine to mend, or if nothing would be left. */
export function fixedText(text: string, check: CheckId, field: CheckedField): string | null {
  const fixed = FIXES[check]?.(text, field)?.trim() ?? "";
  return fixed === "" || fixed === text ? null : fixed;
}

const FIXES: Readonly<
  Partial<Record<CheckId, (text: string, field: CheckedField) => string | null>>
> = {
  preamble: (text) => {
    const cut = preambleOf(text);
    return cut?.isClean === true ? cut.rest : null;
  },
  markup: withoutMarkup,
  opening: (text) => {
    const cut = openingOf(text);
    return cut?.isClean === true ? cut.rest : null;
  },
  loop: (text) => loopIn(text)?.cut ?? null,
  emoji: withoutEmoji,
  over: trimmedTo,
  "full-stop": (text, field) =>
    fullStopOf(field) === "unwanted" ? withoutEnd(text) : withEnd(text, field.language),
};

// A preamble hides an opening, and each fix can bring another finding to light.
const MOST_FIXES = 12;

/**
 * The text with all mended that can be, one after the other, or only what these checks find; null if nothing can. What one
 * fix has mended on its way is not there for the next to mend again.
 */
export function fixedWhole(
  text: string,
  field: CheckedField,
  checks: readonly CheckId[] | "all" = "all",
): string | null {
  let current = text;
  for (let turn = 0; turn < MOST_FIXES; turn += 1) {
    let next: string | null = null;
    for (const { check } of findingsIn(current, field)) {
      if (checks !== "all" && !checks.includes(check)) continue;
      next = fixedText(current, check, field);
      if (next !== null) break;
    }
    if (next === null) break;
    current = next;
  }
  return current === text ? null : current;
}
