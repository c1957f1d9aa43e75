import { expect, test } from "vitest";
import { rowCountsText } from "./row-counts-text.ts";

test("names the kinds of rows there are, in the singular if there is one", () => {
  const none = { images: 0, tasks: 0, marks: 0, pictures: 0 };
  expect(rowCountsText(none)).toBe("");
  expect(rowCountsText({ ...none, tasks: 1 })).toBe("1 answer");
  expect(rowCountsText({ ...none, images: 2, marks: 1, pictures: 1_200 })).toBe(
    "2 images, 1 mark, and 1,200 pictures",
  );
});
