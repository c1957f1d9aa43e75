import { beforeEach, expect, test } from "vitest";
import { captionView, select } from "#src/features/caption/view-state.ts";
import { selectRow } from "./asking.ts";

const IDS = ["a", "b", "c", "d"];
const view = captionView(Object.create(null));
const selected = () => [...view.getState().selected].toSorted();

beforeEach(() => select(view, []));

test("a range goes from the row selected last to this one, in both directions", () => {
  selectRow(view, IDS, { id: "b", how: "toggle" });
  selectRow(view, IDS, { id: "d", how: "range" });
  expect(selected()).toEqual(["b", "c", "d"]);
  selectRow(view, IDS, { id: "a", how: "range" });
  expect(selected()).toEqual(["a", "b", "c", "d"]);
});

test("if the filter hides where the range begins, this row alone is selected, and begins the next one", () => {
  selectRow(view, IDS, { id: "b", how: "toggle" });
  const listed = ["a", "c", "d"];
  selectRow(view, listed, { id: "c", how: "range" });
  expect(selected()).toEqual(["b", "c"]);
  selectRow(view, listed, { id: "d", how: "range" });
  expect(selected()).toEqual(["b", "c", "d"]);
});
