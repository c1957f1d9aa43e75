import { expect, test } from "vitest";
import { askedRecipes } from "#src/catalog/find-models.ts";
import { answeredTask, exampleImage, exampleMark, exampleSheet } from "#src/domain/example-rows.ts";
import { captionRecipe, newCaptionField, type Fields } from "#src/domain/field.ts";
import { createStandings } from "#src/features/caption/list/standing.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { planPaste } from "./cell-range.ts";
import { cellWords } from "./cell-words.ts";
import { fromTabs } from "./tab-separated.ts";
import { boundedWidth, columnLayout, tableColumns } from "./table-columns.ts";
import { editsOf } from "./table-edits.ts";

const recipe = captionRecipe(exampleSheet());
const caption = newCaptionField(recipe);
const title = {
  ...caption,
  id: "title",
  name: "Title",
  limit: { most: 5, unit: "words" } as const,
};
const FIELDS: Fields = [caption, title];
const COLUMNS = tableColumns(FIELDS, title, {});
const TITLE = COLUMNS.findIndex(({ fieldId }) => fieldId === "title");

/** Three images, of which the first was answered, and the second is titled. */
async function table() {
  const images = ["a", "b", "c"].map((id, at) =>
    exampleImage({
      id,
      frame: at + 1,
      source: { kind: "file", fileName: `${id}.jpg`, folder: "lamps" },
    }),
  );
  const opened = await openRows({
    sheet: { fields: FIELDS },
    images,
    tasks: [answeredTask(1_300, { imageId: "a", recipe, taskUuid: "t" })],
    marks: [
      exampleMark({
        id: "old",
        imageId: "b",
        value: { kind: "edit", fieldId: "title", text: "Old" },
        shown: [],
      }),
    ],
  });
  const standings = () =>
    createStandings()({
      ...opened.open.store.getState(),
      fields: askedRecipes(FIELDS),
      asksExisting: false,
    });
  const cells = () => ({ ids: ["a", "b", "c"], columns: COLUMNS, standings: standings() });
  const titles = () =>
    [...standings().byId.values()].map(
      ({ texts }) => texts.find(({ fieldId }) => fieldId === "title")?.text,
    );
  return { ...opened, cells, titles };
}

test("a column from a spreadsheet is pasted as one change, which one undo takes back", async () => {
  const { open, services, cells, titles } = await table();
  const block = fromTabs('First\r\n"Two\nlines"\r\nThird\r\n');
  const plan = planPaste(
    block,
    { top: 0, left: TITLE, bottom: 0, right: TITLE },
    { rows: 3, columns: COLUMNS.length },
  );
  const { marks, locked } = editsOf(cells(), plan.cells);
  expect(locked).toBe(0);
  await open.marks.add(marks, `pasting into ${marks.length} cells`);
  await expect.poll(titles).toEqual(["First", "Two\nlines", "Third"]);
  expect(services.undo.store.getState().past.map(({ change }) => change.label)).toEqual([
    "pasting into 3 cells",
  ]);
  await services.undo.undo();
  await expect.poll(titles).toEqual([null, "Old", null]);
});

test("cells that read so already are left alone, an edit replaces the one before, and only texts are written", async () => {
  const { cells } = await table();
  const at = (row: number, column: number, text: string) => ({ row, column, text });
  const { marks, locked } = editsOf(cells(), [
    at(0, 2, "A boat."),
    at(0, TITLE, ""),
    at(1, TITLE, "New"),
    at(2, 0, "nothing"),
    at(9, TITLE, "nowhere"),
  ]);
  expect(locked).toBe(2);
  expect(marks).toEqual([
    {
      imageId: "b",
      value: { kind: "edit", fieldId: "title", text: "New" },
      shown: [],
      replaces: "old",
    },
  ]);
  // What was on screen when the user wrote.
  expect(editsOf(cells(), [at(0, 2, "Mine")]).marks).toMatchObject([
    { shown: ["t"], replaces: null },
  ]);
});

test("what a cell shows is what is copied of it", async () => {
  const { open, cells } = await table();
  const image = open.store.getState().images.get("a");
  const standing = cells().standings.byId.get("a");
  if (image === undefined || standing === undefined) throw new Error("no such row");
  const words = COLUMNS.map((column) =>
    cellWords(column, { image, standing, problems: [], fields: FIELDS }),
  );
  expect(words).toEqual(["1", "lamps/a.jpg", "A boat.", "", "", "Not asked", "$0.0013", ""]);
});

test("columns share what is left until the user sets a width, which stays within bounds", () => {
  const columns = tableColumns(FIELDS, title, { "field:caption": 500, cost: 4 });
  expect(columns.map(({ id, grows }) => (grows ? id : null)).filter(Boolean)).toEqual([
    "field:title",
  ]);
  expect(columns.find(({ id }) => id === "cost")?.widthPx).toBe(48);
  expect(columnLayout(columns).tracks).toContain("500px minmax(190px, 1fr)");
  expect(boundedWidth(1e9)).toBe(1600);
});
