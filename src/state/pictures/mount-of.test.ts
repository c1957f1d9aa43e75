import { expect, test } from "vitest";
import { MODELS } from "#src/catalog/models.ts";
import { examplePicture } from "#src/domain/example-rows.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import { mountKey } from "#src/storage/row-order.ts";
import { mountOf } from "./mount-of.ts";

const QWEN: Recipe = { modelId: "runware:152@2", prompt: "", sentSize: "auto" };
const CLIP: Recipe = { ...QWEN, modelId: "runware:151@1" };
const AUTO = { background: "auto" } as const;

function facts(change: Partial<PictureFacts> = {}): PictureFacts {
  return { ...examplePicture().facts, ...change };
}

test("a transparent picture goes on what suits it, or on what its sheet says; an opaque one on nothing", () => {
  const logo = facts({ background: "grey" });
  expect(mountOf(logo, QWEN, AUTO)).toEqual({ background: "grey", fit: null });
  expect(mountOf(logo, QWEN, { background: "dark" })?.background).toBe("dark");
  expect(mountOf(facts(), QWEN, { background: "dark" })).toBeNull();
});

test.each([
  ["an icon", 16, 16, true],
  ["a strip that shrinks too far", 4000, 90, true],
  ["one that is just large enough", 40, 30, false],
  ["one that rounding could make too small", 28, 28, true],
  ["a photograph", 4000, 3000, false],
])("%s is made to fit a model that takes no smaller one", (_, width, height, fits) => {
  const mount = mountOf(facts({ width, height }), QWEN, AUTO);
  expect(mount?.fit ?? null).toEqual(fits ? { leastSide: 28, longestRatio: 200 } : null);
  expect(mountOf(facts({ width, height }), CLIP, AUTO)).toBeNull();
});

test("models that are Qwen2.5-VL take nothing under 28 px; nothing is made up for the others", () => {
  for (const { id, takes } of MODELS)
    expect(takes).toEqual(
      id.startsWith("runware:152@") ? { leastSide: 28, longestRatio: 200 } : null,
    );
});

test("the keys that copies and answers are kept under stay as they are", () => {
  expect(mountKey(null)).toBe("");
  const fit = { leastSide: 28, longestRatio: 200 };
  expect(mountKey({ background: "grey", fit: null })).toBe("on grey");
  expect(mountKey({ background: "white", fit })).toBe("on white, from 28 to 1:200");
});
