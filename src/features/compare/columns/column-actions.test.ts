import { expect, test } from "vitest";
import { exampleSheet } from "#src/domain/example-rows.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { createColumnActions } from "./column-actions.ts";
import { readCompareSettings } from "./settings.ts";

/** A sheet with six columns, "a" to "f": there is room for no more. */
async function rig() {
  const first = readCompareSettings({ compare: null, recipe: captionRecipe(exampleSheet()) });
  const [column] = first.columns;
  if (column === undefined) throw new Error("a sheet begins with columns");
  const columns = ["a", "b", "c", "d", "e", "f"].map((id) => ({ ...column, id }));
  const { open, services } = await openRows({ sheet: { compare: { ...first, columns } } });
  const actions = createColumnActions(open, services);
  const ids = () =>
    actions
      .settings()
      .columns.map(({ id }) => id)
      .join("");
  const { undo } = services;
  const untilUndoable = () => expect.poll(() => undo.store.getState().past).toHaveLength(1);
  return { ...actions, column, ids, undo, untilUndoable };
}

test("bringing a column back leaves the prompt, the widths and the columns that were changed since", async () => {
  const { remove, typePrompt, resize, keep, settings, column, ids, undo, untilUndoable } =
    await rig();
  remove("b");
  await untilUndoable();
  typePrompt("another prompt");
  resize("c", 300);
  keep({ ...column, id: "g" }, null);
  expect(ids()).toBe("acdefg");
  await undo.undo();
  // One more than may be added: neither of the two is dropped.
  expect(ids()).toBe("abcdefg");
  expect(settings().sharedPrompt).toBe("another prompt");
  expect(settings().columns.find(({ id }) => id === "c")?.widthPx).toBe(300);
});
