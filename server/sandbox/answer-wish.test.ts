import { expect, test } from "vitest";
import { readWish } from "./answer-wish.ts";

const unbounded = Number.POSITIVE_INFINITY;

test.each([
  ["Write alt text under 125 characters.", "characters", { least: 0, most: 125 }],
  ["one sentence of at most 125 characters", "characters", { least: 0, most: 125 }],
  ["A 90-character caption, please.", "characters", { least: 0, most: 90 }],
  ["Alt text, 80 characters or less", "characters", { least: 0, most: 80 }],
  ["Describe this image in 2-3 sentences: first the subject", "sentences", { least: 2, most: 3 }],
  ["Caption in 2–3 sentences", "sentences", { least: 2, most: 3 }],
  ["a precise 5-7 sentence caption", "sentences", { least: 5, most: 7 }],
  ["Write one factual sentence of alt text", "sentences", { least: 1, most: 1 }],
  ["two short sentences", "sentences", { least: 2, most: 2 }],
  ["at least four sentences", "sentences", { least: 4, most: unbounded }],
  ["Describe it in about 20 words.", "words", { least: 16, most: 22 }],
  ["no more than twelve words", "words", { least: 0, most: 12 }],
  ["between 30 and 40 words", "words", { least: 30, most: 40 }],
  ["Give 15 to 25 comma-separated tags", "items", { least: 15, most: 25 }],
] as const)("%s", (prompt, unit, bounds) => {
  expect(readWish(prompt)[unit]).toEqual(bounds);
});

test("a prompt that names no length asks for none", () => {
  const wish = readWish("What is in this picture taken in 1969?");
  expect([wish.characters, wish.words, wish.sentences, wish.items]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

test("moods ask for a length only if no length is named", () => {
  expect(readWish("Write a rich caption.").sentences).toEqual({ least: 3, most: 5 });
  expect(readWish("Say it in a short sentence.").sentences).toEqual({ least: 1, most: 1 });
  expect(readWish("Say it in a few words.").words).toBeNull();
  expect(readWish("Be brief.").sentences).toEqual({ least: 1, most: 1 });
  expect(readWish("A rich caption under 40 words.").sentences).toBeNull();
});

test("tags, lists and topics are told apart", () => {
  expect(readWish("Comma-separated keywords").form).toBe("tags");
  expect(readWish("List the visible objects. Separate them with semicolons.").form).toBe("list");
  expect(readWish("Describe the colours, then the lighting").topics).toEqual(["colour", "light"]);
});
