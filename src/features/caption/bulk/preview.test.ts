import { beforeEach, expect, test } from "vitest";
import { askedRecipes } from "#src/catalog/find-models.ts";
import { answeredTask, exampleImage, exampleMark, exampleSheet } from "#src/domain/example-rows.ts";
import { captionRecipe, newCaptionField, type Fields } from "#src/domain/field.ts";
import { createStandings } from "#src/features/caption/list/standing.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { toastStore } from "#src/ui/toasts.ts";
import type { TextChange } from "#src/features/caption/view-state.ts";
import { applyChanges, changeRows } from "./preview.ts";

const recipe = captionRecipe(exampleSheet());
const caption = newCaptionField(recipe);
const FIELDS: Fields = [caption, { ...caption, id: "title", name: "Title" }];

beforeEach(() => toastStore.setState({ toasts: [] }));

/** Three images: one answered, one titled, one without any text. */
async function sheet() {
  const images = ["a", "b", "c"].map((id, at) => exampleImage({ id, frame: at + 1 }));
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
  const standingsOf = createStandings();
  const standings = () =>
    standingsOf({
      ...opened.open.store.getState(),
      fields: askedRecipes(FIELDS),
      asksExisting: false,
    });
  const texts = () =>
    [...standings().byId.values()].map(({ texts: all }) => all.map(({ text }) => text));
  return { ...opened, standings, texts };
}

const TO_NEW: readonly TextChange[] = [
  { imageId: "a", fieldId: "caption", before: "A boat.", after: "A ship." },
  { imageId: "b", fieldId: "title", before: "Old", after: "New" },
  { imageId: "c", fieldId: "title", before: "", after: "First" },
];

test("a preview is written as one change, which one undo takes back", async () => {
  const { open, services, standings, texts } = await sheet();
  expect(await applyChanges({ open, standings }, TO_NEW)).toEqual({ changed: 3, skipped: 0 });
  await expect.poll(texts).toEqual([
    ["A ship.", null],
    [null, "New"],
    [null, "First"],
  ]);
  expect(services.undo.store.getState().past.map(({ change }) => change.label)).toEqual([
    "changing 3 texts",
  ]);
  expect(toastStore.getState().toasts).toEqual([]);
  await services.undo.undo();
  await expect.poll(texts).toEqual([
    ["A boat.", null],
    [null, "Old"],
    [null, null],
  ]);
});

test("what was changed since the preview is left as it is, and that is said", async () => {
  const { open, services, standings, texts } = await sheet();
  const edit = { kind: "edit", fieldId: "title", text: "Elsewhere" } as const;
  await open.marks.add([{ imageId: "b", value: edit, shown: [], replaces: "old" }], "editing");
  const gone = { imageId: "removed", fieldId: "title", before: "", after: "Nowhere" };
  const same = { imageId: "c", fieldId: "caption", before: "", after: "" };
  const done = await applyChanges({ open, standings }, [...TO_NEW, gone, same], "tidying");
  expect(done).toEqual({ changed: 2, skipped: 2 });
  await expect.poll(texts).toEqual([
    ["A ship.", null],
    [null, "Elsewhere"],
    [null, "First"],
  ]);
  expect(services.undo.store.getState().past.at(-1)?.change.label).toBe("tidying 2 texts");
  expect(toastStore.getState().toasts.map(({ text }) => text)).toEqual([
    "2 texts left as they are: changed since the preview, or being asked about.",
  ]);
});

test("an answer that waits beside the user’s words goes on waiting", async () => {
  const { open, standings } = await sheet();
  const edit = { kind: "edit", fieldId: "caption", text: "Mine" } as const;
  await open.marks.add([{ imageId: "a", value: edit, shown: [] }], "editing");
  const beside = () => standings().byId.get("a")?.texts[0]?.shown.besideEdit?.taskUuid;
  await expect.poll(beside).toBe("t");
  const change = { imageId: "a", fieldId: "caption", before: "Mine", after: "mine" };
  await applyChanges({ open, standings }, [change]);
  await expect.poll(() => standings().byId.get("a")?.texts[0]?.text).toBe("mine");
  expect(beside()).toBe("t");
});

test("a preview shows what would be too long, and nothing that stays", () => {
  const limit = { most: 2, unit: "words" } as const;
  const of = { imageId: "a", fieldId: "title" };
  const rows = changeRows(
    [
      { ...of, before: "One", after: "One two three" },
      { ...of, before: "Same", after: "Same" },
    ],
    [{ ...caption, id: "title", limit }],
  );
  expect(rows.map(({ after, over }) => [after, over])).toEqual([["One two three", 1]]);
});
