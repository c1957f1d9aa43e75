import { expect, test } from "vitest";
import { askedRecipe, askedRecipes, sentSideOf } from "#src/catalog/find-models.ts";
import { exampleImage, exampleSheet } from "#src/domain/example-rows.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { createStandings } from "#src/features/caption/list/standing.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { countReused, priceText, textsInGroups, withoutReused } from "./reused.ts";

const FIELD = "caption";

/** A sheet of images with these bytes, on a device that has the answers about some of them. */
async function rig(hashes: readonly string[], known: readonly string[]) {
  const storage = createMemoryStorage();
  const sheet = exampleSheet();
  const recipe = askedRecipe(captionRecipe(sheet));
  const { modelId, prompt } = recipe;
  await storage.write({
    reusable: known.map((pictureHash) => ({
      question: {
        pictureHash,
        modelId,
        prompt,
        sentSide: sentSideOf(recipe),
        mount: null,
        purse: "sandbox",
      },
      answer: {
        taskUuid: pictureHash,
        answer: { kind: "caption", text: "A boat." },
        purse: "sandbox",
        answeredAt: 1,
      },
    })),
  });
  const images = hashes.map((pictureHash, at) =>
    exampleImage({ id: `${at}`, preparation: { phase: "ready", pictureHash } }),
  );
  const state = {
    sheet,
    images: new Map(images.map((image) => [image.id, image])),
    pictures: new Map(),
    tasks: new Map(),
    marks: new Map(),
  };
  const standings = createStandings()({
    ...state,
    order: images.map(({ id }) => id),
    fields: askedRecipes(sheet.fields),
    asksExisting: false,
  });
  const sizes: number[] = [];
  const count = (purse: "sandbox" | "runware" = "sandbox") =>
    countReused(textsInGroups("missing", standings, new Set()), state, {
      storage: {
        findReusables: (questions) => {
          sizes.push(questions.length);
          return storage.findReusables(questions);
        },
      },
      purse,
      now: 1,
      signal: new AbortController().signal,
    });
  return { count, sizes };
}

test("counts what this device has answers to, from the same purse, and the same bytes only once", async () => {
  const { count } = await rig(["a", "b", "c", "c", "c"], ["a"]);
  expect(await count()).toEqual(new Map([[FIELD, 3]]));
  expect(await count("runware")).toEqual(new Map([[FIELD, 2]]));
});

test("a large sheet is counted in small groups", async () => {
  const hashes = Array.from({ length: 5_000 }, (_, at) => `${at}`);
  const { count, sizes } = await rig(hashes, hashes);
  expect(await count()).toEqual(new Map([[FIELD, 5_000]]));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(250);
});

test("the button names the price of what is left, and says what is free", () => {
  const reused = (count: number) => new Map([[FIELD, count]]);
  const price = (count: number) => priceText("about $0.04", { total: 63, reused: reused(count) });
  expect(price(0)).toBe("about $0.04");
  expect(price(30)).toBe("about $0.04 · 30 of 63 reused");
  expect(price(63)).toBe("free: 63 answers are on this device");
  expect(withoutReused(reused(63), reused(30))).toEqual(reused(33));
});
