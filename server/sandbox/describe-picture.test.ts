import { expect, test } from "vitest";
import sharp from "sharp";
import { TEXT_MODELS } from "#src/catalog/find-models.ts";
import { describePicture, fitText } from "./describe-picture.ts";
import { measurePicture, UnreadablePicture } from "./measure-picture.ts";
import { drawLandscape } from "./test-support.ts";

const landscape = await measurePicture(await drawLandscape());
const ask = (modelId: string, prompt: string) => describePicture(landscape, { modelId, prompt });
const sentences = (text: string) => text.match(/[.!?](?=\s|$)/gu)?.length ?? 0;
const wordModels = TEXT_MODELS.map(({ id }) => id).filter((id) => id !== "runware:151@1");

test("what is measured is what was drawn", () => {
  expect(landscape).toMatchObject({
    format: "jpeg",
    width: 300,
    height: 200,
    orientation: "landscape",
    brightest: "top right",
    contrast: "high",
  });
  expect(landscape.colours.map(({ name }) => name).slice(0, 2)).toEqual(["sky blue", "charcoal"]);
  expect(landscape.detail.where).toMatch(/^bottom/u);
});

test("the size is that of the upright picture", async () => {
  const turned = await sharp(await drawLandscape())
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect(await measurePicture(turned)).toMatchObject({
    width: 200,
    height: 300,
    orientation: "portrait",
  });
});

test.each([
  [
    "grey",
    sharp({ create: { width: 9, height: 9, channels: 3, background: "#808080" } })
      .greyscale()
      .png(),
  ],
  [
    "white",
    sharp({ create: { width: 9, height: 9, channels: 4, background: "#00000000" } }).webp(),
  ],
])("a plain picture is %s, whatever its channels", async (name, picture) => {
  const measures = await measurePicture(await picture.toBuffer());
  expect(measures.colours).toEqual([{ name, share: 1 }]);
  expect(describePicture(measures, { modelId: "runware:152@2", prompt: "one sentence" })).toMatch(
    new RegExp(name, "iu"),
  );
});

test.each([
  ["no picture at all", "format", async () => Buffer.from("hello, this is text")],
  ["nothing", "format", async () => Buffer.alloc(0)],
  [
    "a GIF",
    "format",
    async () =>
      sharp(await drawLandscape())
        .gif()
        .toBuffer(),
  ],
  ["half a JPEG", "damaged", async () => (await drawLandscape()).subarray(0, 2_000)],
] as const)("%s is unreadable", async (_, why, read) => {
  await expect(measurePicture(await read())).rejects.toEqual(new UnreadablePicture(why));
});

test.each(wordModels)("%s respects a length in characters, words and sentences", (model) => {
  for (const most of [200, 125, 60, 25, 8]) {
    expect(ask(model, `Alt text under ${most} characters`).length).toBeLessThanOrEqual(most);
  }
  for (const most of [30, 12, 4]) {
    expect(ask(model, `at most ${most} words`).split(" ").length).toBeLessThanOrEqual(most);
  }
  expect(sentences(ask(model, "Write 2-3 sentences."))).toBeOneOf([2, 3]);
  expect(sentences(ask(model, "a precise 5-7 sentence caption"))).toBeOneOf([5, 6, 7]);
  expect(sentences(ask(model, "Write one factual sentence."))).toBe(1);
});

test("tags come if they are asked for, in the number asked for, none twice", () => {
  const tags = ask("runware:152@2", "Give 10 to 12 comma-separated tags").split(", ");
  expect(tags.length).toBeOneOf([10, 11, 12]);
  expect(new Set(tags).size).toBe(tags.length);
  expect(ask("runware:151@1", "")).toMatch(/^[^.;]+(?:, [^.;]+)+$/u);
});

test("the prompt's topic comes first", () => {
  expect(ask("runware:152@2", "Describe the light in 2 sentences.")).toMatch(/^The light/u);
});

test("the same pixels, model and prompt give the same words; another model words it differently", () => {
  const prompt = "Write one sentence of at most 125 characters.";
  const texts = wordModels.map((model) => ask(model, prompt));
  expect(wordModels.map((model) => ask(model, prompt))).toEqual(texts);
  expect(new Set(texts).size).toBe(texts.length);
});

test("a given text is shortened by sentences, then by words", () => {
  const text = "Two birds stand on a desk. A book lies open. A skull is near.";
  expect(fitText(text, "")).toBe(text);
  expect(fitText(text, "two sentences")).toBe("Two birds stand on a desk. A book lies open.");
  expect(fitText(text, "under 12 characters")).toBe("Two birds");
});
