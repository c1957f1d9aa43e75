import { expect, test } from "vitest";
import { exampleImage, exampleMark } from "#src/domain/example-rows.ts";
import { perImage, type RowsByImage } from "./per-image.ts";

test("only the image whose rows changed is made again, and nothing as long as none did", () => {
  const made: string[] = [];
  const namesOf = perImage(
    (image, { marks }, prefix: string) => {
      made.push(image.id);
      return `${prefix}${image.id}:${marks.length}`;
    },
    (prefix) => [prefix],
  );
  const before = rowsOf(["a", "b"]);
  const first = namesOf(before, "x");
  expect(namesOf({ ...before }, "x")).toBe(first);
  const marked = { ...before, marks: new Map([["b", [exampleMark({ imageId: "b" })]]]) };
  expect([...namesOf(marked, "x").values()]).toEqual(["xa:0", "xb:1"]);
  expect(made).toEqual(["a", "b", "b"]);
  namesOf(marked, "y");
  expect(made).toHaveLength(5);
});

test("images that change places are listed in their new order, though none is made again", () => {
  const idsOf = perImage(
    ({ id }) => id,
    () => [],
  );
  const before = rowsOf(["a", "b"]);
  idsOf(before, null);
  expect([...idsOf({ ...before, order: ["b", "a"] }, null).keys()]).toEqual(["b", "a"]);
});

function rowsOf(ids: readonly string[]): RowsByImage {
  return {
    order: ids,
    images: new Map(ids.map((id) => [id, exampleImage({ id })])),
    tasks: new Map(),
    marks: new Map(),
  };
}
