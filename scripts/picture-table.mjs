// @ts-check
/** What a folder's INDEX.tsv says of its pictures, and how what became of them is judged by it. */

/** Where a picture is looked at, as shares of its width and height. */
export const PLACES = /** @type {const} */ ([
  [0.1, 0.1],
  [0.9, 0.1],
  [0.5, 0.5],
  [0.1, 0.9],
  [0.9, 0.9],
]);

/**
 * What has an edge or a grain lies a little off in a copy that was made smaller or encoded anew. So a place is as
 * many pixels to each side, too, as this share of the longest side, and two at least.
 */
export const AROUND_SHARE = 0.005;

/** The farthest that a channel of a colour may be off, out of 255. */
const TOLERANCE = 12;
/** Inks without a profile have no one right colour. */
const TOLERANCE_OF_BARE_INKS = 24;

/** @typedef {readonly number[]} Colour red, green, blue, 0 to 255 */

/** @typedef {{ least: Colour, most: Colour }} Seen the levels around a place, channel by channel */

/**
 * @typedef {object} Expected
 * @property {"taken" | "refused" | "either"} expect
 * @property {string | null} size "640x480", upright; null if the index gives none
 * @property {readonly Colour[]} colours on white, at PLACES; empty if the index gives none
 * @property {number} tolerance
 * @property {string} words the right answer
 */

/**
 * What the app made of a file.
 * @typedef {{ kind: "taken", size: string, notes: readonly string[], seen: readonly Seen[] }
 *   | { kind: "refused", reason: string }} Outcome
 */

/**
 * @typedef {object} Judgement
 * @property {"right" | "look at it" | "taken" | "refused" | "wrong" | "against expect"} verdict
 * @property {string} detail
 */

/**
 * Reads an index: a line of headings, then a line for each file. Columns are found by how their headings begin.
 * @param {string} text tab-separated
 * @returns {Map<string, Expected>} by file
 */
export function readIndex(text) {
  const [headings = [], ...rows] = text
    .split(/\r?\n/)
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
  /** @param {string} beginning */
  const columnOf = (beginning) =>
    headings.findIndex((heading) => heading.trim().toLowerCase().startsWith(beginning));
  const [file, expect, special, size, colours, words] = [
    "file",
    "expect",
    "what is special",
    "right size",
    "colours",
    "right answer",
  ].map(columnOf);
  return new Map(
    rows.map((row) => {
      /** @param {number | undefined} column */
      const cell = (column) => row[column ?? -1]?.trim() ?? "";
      return [
        cell(file),
        {
          expect: expectOf(cell(expect)),
          size: /^\d+x\d+$/.test(cell(size)) ? cell(size) : null,
          colours: coloursOf(cell(colours)),
          tolerance: hasBareInks(cell(special)) ? TOLERANCE_OF_BARE_INKS : TOLERANCE,
          words: cell(words),
        },
      ];
    }),
  );
}

/** @param {string} word @returns {Expected["expect"]} */
function expectOf(word) {
  return word === "taken" || word === "refused" ? word : "either";
}

/** @param {string} words @returns {Colour[]} */
function coloursOf(words) {
  const colours = [...words.matchAll(/#([\da-f]{2})([\da-f]{2})([\da-f]{2})/gi)];
  if (colours.length !== PLACES.length) return [];
  return colours.map(([, red = "", green = "", blue = ""]) => [
    Number.parseInt(red, 16),
    Number.parseInt(green, 16),
    Number.parseInt(blue, 16),
  ]);
}

/** @param {string} special */
function hasBareInks(special) {
  return /\b(?:CMYK|YCCK)\b/.test(special) && !/(?<!\b(?:no|without) )\bICC\b/.test(special);
}

/**
 * @param {Outcome} outcome
 * @param {Expected | undefined} expected undefined if no index speaks of the file
 * @returns {Judgement}
 */
export function judge(outcome, expected) {
  if (outcome.kind === "refused") {
    const isAgainst = expected?.expect === "taken";
    return { verdict: isAgainst ? "against expect" : "refused", detail: outcome.reason };
  }
  const told = [outcome.size, ...outcome.notes].join(", ");
  if (expected === undefined) return { verdict: "taken", detail: told };
  if (expected.expect === "refused") return { verdict: "against expect", detail: told };
  if (expected.size !== null && expected.size !== outcome.size)
    return { verdict: "wrong", detail: `${told}; its size should be ${expected.size}` };
  if (expected.colours.length === 0)
    return { verdict: "look at it", detail: `${told}: ${expected.words}` };
  const wrong = wrongPlaces(outcome.seen, expected);
  return wrong.length === 0
    ? { verdict: "right", detail: told }
    : { verdict: "wrong", detail: `${told}; ${wrong.join(", ")}` };
}

/** @param {readonly Seen[]} seen @param {Expected} expected */
function wrongPlaces(seen, { colours, tolerance }) {
  return colours.flatMap((right, index) => {
    const { least, most } = seen[index] ?? { least: [], most: [] };
    const isRight = right.every(
      (level, channel) =>
        level >= (least[channel] ?? 256) - tolerance && level <= (most[channel] ?? -1) + tolerance,
    );
    const found = [...new Set([hexOf(least), hexOf(most)])].join(" to ");
    return isRight ? [] : [`${found} at (${PLACES[index]?.join(", ")}) should be ${hexOf(right)}`];
  });
}

/** @param {Colour} colour */
function hexOf(colour) {
  return `#${colour.map((level) => level.toString(16).padStart(2, "0")).join("")}`;
}

/**
 * The line that ends the table.
 * @param {readonly Judgement["verdict"][]} verdicts
 */
export function sumUp(verdicts) {
  const order = /** @type {const} */ ([
    "right",
    "look at it",
    "taken",
    "refused",
    "wrong",
    "against expect",
  ]);
  /** @param {string} verdict */
  const count = (verdict) => verdicts.filter((each) => each === verdict).length;
  const parts = order
    .filter((verdict) => count(verdict) > 0 || verdict === "wrong" || verdict === "against expect")
    .map((verdict) => `${count(verdict)} ${verdict === "look at it" ? "to look at" : verdict}`);
  return {
    line: `${verdicts.length} ${verdicts.length === 1 ? "file" : "files"}: ${parts.join(", ")}`,
    succeeded: count("wrong") + count("against expect") === 0,
  };
}
