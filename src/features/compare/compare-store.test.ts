import { expect, test } from "vitest";
import { useCompareStore } from "./compare-store.ts";

test("what was open, widened or filtered on one sheet is not so on the next", () => {
  const { enter, open, expand, listOnlyDifferent, setReuses, activate } =
    useCompareStore.getState();
  enter("a");
  open({ kind: "ranking" });
  expand("first-1");
  listOnlyDifferent(true);
  setReuses(false);
  activate("image");
  enter("a");
  expect(useCompareStore.getState()).toMatchObject({ expandedId: "first-1", reuses: false });
  enter("b");
  expect(useCompareStore.getState()).toMatchObject({
    dialog: null,
    expandedId: null,
    onlyDifferent: false,
    reuses: true,
    activeId: null,
  });
});
