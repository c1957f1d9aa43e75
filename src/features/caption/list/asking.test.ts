import { beforeEach, expect, test } from "vitest";
import { useViewStore } from "#src/state/view-store.ts";
import { selectRow } from "./asking.ts";

const IDS = ["a", "b", "c", "d"];
const selected = () => [...useViewStore.getState().selected].toSorted();

beforeEach(() => useViewStore.getState().select([]));

test("a range goes from the row selected last to this one, in both directions", () => {
  selectRow(IDS, "b", "toggle");
  selectRow(IDS, "d", "range");
  expect(selected()).toEqual(["b", "c", "d"]);
  selectRow(IDS, "a", "range");
  expect(selected()).toEqual(["a", "b", "c", "d"]);
});

test("if the filter hides where the range begins, this row alone is selected, and begins the next one", () => {
  selectRow(IDS, "b", "toggle");
  const listed = ["a", "c", "d"];
  selectRow(listed, "c", "range");
  expect(selected()).toEqual(["b", "c"]);
  selectRow(listed, "d", "range");
  expect(selected()).toEqual(["b", "c", "d"]);
});
