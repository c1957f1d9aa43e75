import { expect, test } from "vitest";
import { joinedTags, tagsOf } from "#src/domain/tags.ts";
import { CHECKS, findingsIn, fixedText, type CheckedField } from "./checks.ts";
import { unquoted } from "./wording.ts";

const LIMIT = { most: 1_000, unit: "characters" } as const;
const FIELD: CheckedField = { kind: "sentence", limit: LIMIT, language: "de", checks: [] };

function workOn(text: string): void {
  findingsIn(`A man. ${text}`, FIELD);
  unquoted(text);
  for (const check of CHECKS) fixedText(text, check, FIELD);
  joinedTags(tagsOf(text));
}

/** The least of some tries: whatever else the machine does only adds to them. */
function leastMs(work: () => void, isEnough: (ms: number) => boolean): number {
  let least = Infinity;
  for (let turn = 0; turn < 5 && !isEnough(least); turn += 1) {
    const start = performance.now();
    work();
    least = Math.min(least, performance.now() - start);
  }
  return least;
}

// Each is what some pattern begins with, so that it could be searched through anew from every place.
test.each([
  " ",
  "\n",
  "\r",
  "\t",
  " \n",
  "\r- a",
  "\n- a",
  "[",
  "[a](https://b",
  "<think>",
  "\\",
  "*a ",
  "“",
  "„",
  "«",
  '"',
  "🎂",
  "\u{E000}",
  "1\uFE0F\u20E3",
  "…",
  "!?",
  "船",
  "ก",
  "__a ",
  "a, ",
  "about 25 years old ",
  "etwa 20 ",
  "let me know if ",
  "beautiful ",
  "a man about ",
  "- ",
  "0 ",
])("%j again and again takes time that grows with its length, and no faster", (piece) => {
  const textOf = (letters: number) => `A cake ${piece.repeat(letters / piece.length)}x`;
  const [short, long] = [textOf(1_250), textOf(20_000)];
  workOn(short);
  const shortMs = leastMs(
    () => workOn(short),
    () => false,
  );
  // Sixteen times the letters: what grows with their square takes 256 times as long.
  const mostMs = 80 * (shortMs + 0.5);
  const isEnough = (ms: number) => ms < mostMs;
  expect(leastMs(() => workOn(long), isEnough)).toBeLessThan(mostMs);
});

test("what the patterns find is what it was", () => {
  const markup = (text: string) => fixedText(text, "markup", FIELD);
  expect(markup("See [a lamp](https://example.org/a_b) here.")).toBe("See a lamp here.");
  expect(markup("\n\n  - A lamp\r\n\n  * A chair")).toBe("A lamp\r\nA chair");
  expect(markup("<think>Hm. <b>A lamp?</b></think>A lamp.")).toBe("A lamp.");
  expect(fixedText("🎂🎂 A cake 🎉🎉, cut 🔪 open 🎂 🎂", "emoji", FIELD)).toBe("A cake, cut open");
  expect(fixedText("A lamp. \n Let me know if you want more!\n", "preamble", FIELD)).toBe(
    "A lamp.",
  );
  expect(unquoted('A sign “the man of 25” and „Der Hut“ by «un» "two"')).toBe(
    "A sign   and   by    ",
  );
  expect(tagsOf("a\\, b, c\\\\, d \\(e\\)\\")).toEqual(["a, b", "c\\", "d \\(e\\)\\"]);
});
