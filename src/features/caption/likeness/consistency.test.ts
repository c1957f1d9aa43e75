import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSeededRandom } from "#src/lib/seeded-random.ts";
import {
  findInconsistent,
  triggersIn,
  usualMost,
  withoutOpening,
  withTrigger,
  type ConsistencyQuestion,
  type Findings,
} from "./consistency.ts";

const QUESTION: ConsistencyQuestion = { openingWords: 3, most: 2, triggers: "" };

function found(texts: readonly string[], question: Partial<ConsistencyQuestion> = {}): Findings {
  const written = texts.map((text, at) => ({ imageId: `${at}`, text }));
  const work = findInconsistent(written, { ...QUESTION, ...question });
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

test("openings are told if they are used more often than they may be, the most frequent first", () => {
  const texts = [
    "A photo of a lamp.",
    "A view of the sea.",
    "a Photo, of: boats",
    "A photo of two chairs",
    "A view of a table",
    "A view of it",
    "A view of them",
    "A lamp",
  ];
  expect(found(texts).openings).toEqual([
    { words: "A view of", ids: ["1", "4", "5", "6"] },
    { words: "A photo of", ids: ["0", "2", "3"] },
  ]);
  expect(found(texts, { most: 3 }).openings).toHaveLength(1);
  expect(found(texts, { openingWords: 2, most: 4 }).openings).toEqual([]);
  expect(found(texts, { openingWords: 1, most: 4 }).openings).toMatchObject([{ words: "A" }]);
});

test("texts that say the same in nearly the same words are together; others, and empty ones, are not", () => {
  const lamp = "A brass table lamp with a green shade on a wooden desk by the window";
  const { likeTexts } = found([
    lamp,
    "",
    "Two boats at the pier",
    `${lamp}, unlit.`,
    "two boats at the PIER!",
    "…",
    "A brass table lamp with a red shade beside a bed in the dark",
    lamp.replace("green", "red"),
  ]);
  expect(likeTexts).toEqual([
    { ids: ["0", "3", "7"], text: lamp, areSame: false },
    { ids: ["2", "4"], text: "Two boats at the pier", areSame: true },
  ]);
});

test("a word that was named is missing if the text has it only as a part of another one", () => {
  const { missing } = found(
    [
      "Photo of SKS  dog",
      "an ohwx man",
      "sksy dog, ohwx",
      "a sks\ndog and ohwx",
      "(sks dog) OHWX-man",
    ],
    { triggers: " sks dog , ohwx,,ohwx" },
  );
  expect(missing).toEqual([
    { trigger: "sks dog", ids: ["1", "2"] },
    { trigger: "ohwx", ids: ["0"] },
  ]);
  expect(triggersIn("  , ")).toEqual([]);
});

test.each([
  ["A photo of a lamp.", 3, "A lamp."],
  ["A photo of: a lamp", 3, "A lamp"],
  ["a photo of A lamp", 3, "A lamp"],
  ["a photo of a lamp", 2, "of a lamp"],
  ["A photo", 3, ""],
])("%j without its first %i words is %j", (text, words, rest) => {
  expect(withoutOpening(text, words)).toBe(rest);
});

test("a word is put first with a comma, and is then there", () => {
  const text = withTrigger(" A lamp.", "sks lamp");
  expect(text).toBe("sks lamp, A lamp.");
  expect(found([text], { triggers: "sks lamp" }).missing).toEqual([
    { trigger: "sks lamp", ids: [] },
  ]);
});

const vocabulary = fc.constantFrom(..."abc".split(""));

test("it finds the groups that comparing every pair finds", () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(vocabulary, { maxLength: 7 }), { maxLength: 25 }),
      (someWords) => {
        const { likeTexts } = found(someWords.map((words) => words.join(" ")));
        const sets = someWords.map(
          (words) => new Set(words.map((word, at) => `${words[at - 1] ?? ""} ${word}`)),
        );
        const groupOf = sets.map((_, place) => place);
        const areAlike = (a: Set<string>, b: Set<string>): boolean => {
          const both = [...a].filter((word) => b.has(word)).length;
          return a.size > 0 && both / (a.size + b.size - both) > 0.7 - 1e-9;
        };
        for (const [a, setA] of sets.entries())
          for (const [b, setB] of sets.entries()) {
            const [from, to] = [groupOf[b] ?? 0, groupOf[a] ?? 0];
            if (areAlike(setA, setB) && from !== to)
              for (const [place, group] of groupOf.entries())
                if (group === from) groupOf[place] = to;
          }
        const expected = new Map<number, string[]>();
        for (const [place, group] of groupOf.entries())
          expected.set(group, [...(expected.get(group) ?? []), `${place}`]);
        const asLines = (groups: Iterable<readonly string[]>) =>
          [...groups]
            .filter(({ length }) => length > 1)
            .map((ids) => ids.join(" "))
            .toSorted();
        expect(asLines(likeTexts.map(({ ids }) => ids))).toEqual(asLines(expected.values()));
      },
    ),
    { numRuns: 200 },
  );
});

test("5,000 texts that share most of their words are looked over in many short steps", () => {
  const random = createSeededRandom(7);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? "";
  const things = "lamp chair table boat door cup shelf sofa clock vase".split(" ");
  const colours = "red brass green black white oak linen blue".split(" ");
  const texts = Array.from(
    { length: 5_000 },
    (_, at) =>
      `A photo of a ${pick(colours)} ${pick(things)} beside a ${pick(colours)} ${pick(things)} near the ${pick(things)}, number ${at}, in the ${pick(["morning", "evening"])} light of a room with a ${pick(colours)} wall.`,
  );
  const work = findInconsistent(
    texts.map((text, at) => ({ imageId: `${at}`, text })),
    { openingWords: 3, most: usualMost(5_000), triggers: "brass" },
  );
  let steps = 0;
  for (;;) {
    const step = work.next();
    if (step.done !== true) {
      steps += 1;
      continue;
    }
    expect(step.value.openings).toMatchObject([{ words: "A photo of" }]);
    expect(step.value.openings[0]?.ids).toHaveLength(5_000);
    break;
  }
  expect(steps).toBeGreaterThan(400);
});

test("how often an opening may be used goes with the size of the sheet", () => {
  expect([0, 12, 60, 148, 5_000].map(usualMost)).toEqual([3, 3, 3, 7, 250]);
});
