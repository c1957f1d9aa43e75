import { beforeEach, expect, test } from "vitest";
import { answeredTask, exampleImage, exampleSheet } from "#src/domain/example-rows.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { CAPTION_ACTS } from "./actions.ts";
import { createDesk } from "./desk.ts";
import { createRowActions } from "./list/row-actions.ts";
import { changeCaption } from "./settings.ts";
import { captionView, select, selectRow } from "./view-state.ts";

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

/** One image that was answered, and one that never was. */
async function desk() {
  const recipe = captionRecipe(exampleSheet());
  const { open, plans, services } = await openRows({
    images: [
      exampleImage({ id: "old", frame: 1 }),
      exampleImage({
        id: "new",
        frame: 2,
        source: { kind: "file", fileName: "sea.jpg", folder: "" },
      }),
    ],
    tasks: [answeredTask(1_300, { imageId: "old", recipe })],
  });
  const made = createDesk(open);
  const asked = async () => {
    await expect.poll(() => plans).toHaveLength(1);
    return plans[0]?.questions.map(({ imageId, fresh }) => ({ imageId, fresh: fresh === true }));
  };
  return { desk: made, rows: createRowActions(made.rowParts), open, asked, plans, ...services };
}

test("a row’s first question may reuse an answer; asking again never does, and one undo brings the old one back", async () => {
  const first = await desk();
  first.rows.ask({ imageId: "new", fieldId: "caption" });
  await first.asked();
  expect(first.plans[0]).toMatchObject({ reuse: true });
  expect(first.undo.store.getState().past).toEqual([]);
  const again = await desk();
  again.rows.ask({ imageId: "old", fieldId: "caption" });
  await again.asked();
  expect(again.plans[0]).toMatchObject({ reuse: false });
  await expect
    .poll(() => again.undo.store.getState().past.map(({ change }) => change.label))
    .toEqual(["asking about boat.jpg again"]);
});

test("asking about a selection with an answer in it is asked back first", async () => {
  const { desk: made, plans } = await desk();
  select(made.view, ["old", "new"]);
  made.run("selected");
  expect(made.view.getState().dialog).toMatchObject({ kind: "again", answered: 1 });
  expect(plans).toEqual([]);
});

test("removing what is selected removes nothing else, and the selection with it", async () => {
  const { desk: made, undo } = await desk();
  const chosen = () => [...made.view.getState().selected].toSorted();
  made.selectAll();
  expect(chosen()).toEqual(["new", "old"]);
  select(made.view, ["old"]);
  made.removeSelected();
  await expect.poll(chosen).toEqual([]);
  await expect.poll(made.listed).toEqual(["new"]);
  await undo.undo();
  await expect.poll(made.listed).toEqual(["old", "new"]);
});

test("a key names the price before it asks about one image, unless the sheet says otherwise", async () => {
  const { desk: made, rows, open, plans } = await desk();
  const [old] = [{ imageId: "old", fieldId: "caption" }];
  rows.askFirst(old);
  expect(made.view.getState().dialog).toMatchObject({
    kind: "ask",
    text: old,
    how: { reuse: false, overwrites: "asking about boat.jpg again" },
  });
  expect(plans).toEqual([]);
  made.view.setState({ dialog: null });
  await changeCaption(open, { asksFirst: false });
  rows.askFirst(old);
  await expect.poll(() => plans).toHaveLength(1);
  expect(made.view.getState().dialog).toBeNull();
});

test("one by one no key runs anything, from the moment that layout is chosen", async () => {
  const { desk: made, open } = await desk();
  const { isEnabled } = CAPTION_ACTS.run;
  expect(isEnabled(made)).toBe(true);
  const chosen = changeCaption(open, { layout: "one" });
  expect(isEnabled(made)).toBe(false);
  await chosen;
  await changeCaption(open, { layout: "list" });
  expect(isEnabled(made)).toBe(true);
});
