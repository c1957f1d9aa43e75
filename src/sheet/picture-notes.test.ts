import { expect, test } from "vitest";
import { examplePicture, exampleSheet } from "#src/domain/example-rows.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import { frameNotes } from "./picture-notes.ts";

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
