import { expect, test } from "vitest";
import type { OpenSheet } from "./open-sheet.ts";
import { createSheetView } from "./use-sheet.ts";

test("what was opened or chosen on one sheet is not so on the next, and is found again on its own sheet", () => {
  const viewOf = createSheetView<{ dialog: string | null; onlyDifferent: boolean }>({
    dialog: null,
    onlyDifferent: false,
  });
  const [one, other] = [aSheet(), aSheet()];
  viewOf(one).setState({ dialog: "ranking", onlyDifferent: true });
  expect(viewOf(other).getState()).toEqual({ dialog: null, onlyDifferent: false });
  expect(viewOf(one).getState()).toEqual({ dialog: "ranking", onlyDifferent: true });
});

// Nothing of the sheet is read: a view is only attached to it.
function aSheet(): OpenSheet {
  return Object.create(null);
}
