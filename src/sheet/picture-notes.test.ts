import { expect, test } from "vitest";
import { examplePicture, exampleSheet } from "#src/domain/example-rows.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import { frameNotes, lengthNote } from "./picture-notes.ts";

const QWEN: Recipe = { modelId: "runware:152@2", prompt: "", sentSize: "auto" };
const CLIP: Recipe = { ...QWEN, modelId: "runware:151@1" };

function shorts(change: Partial<ReturnType<typeof examplePicture>["facts"]>, recipe = QWEN) {
  const facts = { ...examplePicture().facts, ...change };
  return frameNotes(facts, [recipe, recipe], exampleSheet()).map(({ short }) => short);
}

test("a frame says what its picture is laid on, and what is done to fit its model", () => {
  expect(shorts({ background: "grey" })).toEqual(["on grey"]);
  expect(shorts({ width: 16, height: 16, background: "white" })).toEqual([
    "on white",
    "enlarged to 28 px",
  ]);
  expect(shorts({ width: 4000, height: 90 })).toEqual(["padded to 1,024 × 28 px"]);
  expect(shorts({ width: 16, height: 16 }, CLIP)).toEqual([]);
  expect(shorts({ width: 28, height: 28 })).toEqual([]);
});

test("a frame warns that a long picture can’t be read, and says if its parts are asked about instead", () => {
  const { facts } = examplePicture();
  const ofSize = (width: number, height: number, parts = 0) =>
    lengthNote({ ...facts, width, height }, parts, exampleSheet());
  expect(ofSize(1080, 15_000)).toMatchObject({
    text: "At 1,024 px this is 74 px wide: its text can’t be read.",
    short: "too long: 74 px wide when sent",
  });
  expect(ofSize(15_000, 1080)?.short).toBe("too long: 74 px high when sent");
  expect(ofSize(1080, 15_000, 8)?.short).toBe("split into 8 parts");
  expect(ofSize(1080, 2160)).toBeNull();
});
