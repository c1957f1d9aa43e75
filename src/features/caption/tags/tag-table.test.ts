import * as fc from "fast-check";
import { expect, test } from "vitest";
import { askedRecipes } from "#src/catalog/find-models.ts";
import { exampleImage, exampleMark, exampleSheet } from "#src/domain/example-rows.ts";
import { captionRecipe, newCaptionField, type Fields } from "#src/domain/field.ts";
import { eachTagOnce, tagKey } from "#src/domain/tags.ts";
import { imagesIn, scopeFrom } from "#src/features/caption/bulk/bulk-texts.ts";
import { applyChanges } from "#src/features/caption/bulk/preview.ts";
import { createDesk } from "#src/features/caption/desk.ts";
import { createStandings } from "#src/features/caption/list/standing.ts";
import { select } from "#src/features/caption/view-state.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { countTags, editedTags, tagChanges, tagTable, type TagEdit } from "./tag-table.ts";

const FIELDS: Fields = [
  { ...newCaptionField(captionRecipe(exampleSheet())), id: "keywords", kind: "tags" },
];

async function sheet(texts: readonly (string | null)[]) {
  const images = texts.map((_, at) => exampleImage({ id: `i${at}`, frame: at + 1 }));
  const marks = texts.flatMap((text, at) =>
    text === null
      ? []
      : exampleMark({
          id: `m${at}`,
          imageId: `i${at}`,
          value: { kind: "edit", fieldId: "keywords", text },
          shown: [],
        }),
  );
  const opened = await openRows({ sheet: { fields: FIELDS }, images, tasks: [], marks });
  const standingsOf = createStandings();
  const standings = () =>
    standingsOf({
      ...opened.open.store.getState(),
      fields: askedRecipes(FIELDS),
      asksExisting: false,
    });
  const table = () => tagTable(standings().byId, "keywords");
  const changes = (edit: TagEdit, fillsEmpty = false) =>
    tagChanges(standings().byId, standings().byId.keys(), { edit, table: table(), fillsEmpty });
  const words = () => [...standings().byId.values()].map((one) => one.texts[0]?.text);
  return { ...opened, standings, table, changes, words };
}

const SHEET = ["brass, table lamp", "Brass,table-lamp, oak", "oak, Oak", null];

test("tags are counted however they are written, and those that are alike are known", async () => {
  const { table } = await sheet(SHEET);
  const { tags, times, tagged, doubled, alike } = table();
  expect(tags.map(({ tag, images }) => [tag, images.length])).toEqual([
    ["brass", 2],
    ["oak", 2],
    ["table lamp", 1],
    ["table-lamp", 1],
  ]);
  expect([times, tagged, doubled]).toEqual([7, 3, ["i2"]]);
  expect([...alike].toSorted()).toEqual(["table lamp", "table-lamp"]);
});

test("counting stops for breath often enough, whether there are many texts or many tags in one", async () => {
  const many = Array.from({ length: 1_000 }, (_, at) => `tag ${at}`).join(", ");
  const { standings } = await sheet([...SHEET, ...SHEET, many]);
  const counting = countTags(standings().byId, "keywords");
  let steps = 0;
  for (;;) {
    const step = counting.next();
    if (step.done === true) {
      expect(step.value).toEqual(tagTable(standings().byId, "keywords"));
      break;
    }
    steps += 1;
  }
  // One for each text, and one for every hundred tags while they are put in order and compared.
  expect(steps).toBeGreaterThanOrEqual(9 + 10 + 10);
});

const keys = (...tags: string[]) => new Set(tags.map(tagKey));

test("a tag that is renamed becomes one with the one that has the name, in one change with one undo", async () => {
  const { open, standings, changes, words, table, services } = await sheet([
    ...SHEET,
    "table-lamp, table lamp",
  ]);
  const rename = changes({ kind: "rename", keys: keys("table-lamp"), to: "table lamp" });
  expect(rename.map(({ imageId, after }) => [imageId, after])).toEqual([
    ["i1", "Brass, table lamp, oak"],
    ["i4", "table lamp"],
  ]);
  await applyChanges({ open, standings }, rename, "renaming a tag in");
  await expect.poll(words).toContain("Brass, table lamp, oak");
  expect(table().byKey.get("table lamp")?.images).toHaveLength(3);
  expect(services.undo.store.getState().past.map(({ change }) => change.label)).toEqual([
    "renaming a tag in 2 texts",
  ]);
  await services.undo.undo();
  await expect.poll(words).toContain("Brass,table-lamp, oak");
});

test("tags are removed, added first or last, ordered and cleaned; texts that keep their tags keep their commas", async () => {
  const { changes } = await sheet(SHEET);
  const after = (edit: TagEdit, fillsEmpty?: boolean) =>
    changes(edit, fillsEmpty).map((change) => change.after);
  expect(after({ kind: "remove", keys: keys("BRASS", "table lamp") })).toEqual([
    "",
    "table-lamp, oak",
  ]);
  expect(after({ kind: "add", tags: ["sks", "Brass"], at: "first" })).toEqual([
    "sks, brass, table lamp",
    "sks, Brass, table-lamp, oak",
    "sks, Brass, oak, Oak",
  ]);
  expect(after({ kind: "add", tags: ["sks"], at: "last" }, true).at(-1)).toBe("sks");
  expect(after({ kind: "order", by: "letters", first: ["oak"] })).toEqual([
    "oak, Brass, table-lamp",
  ]);
  expect(after({ kind: "order", by: "count", first: [] })).toEqual(["Brass, oak, table-lamp"]);
  expect(after({ kind: "order", by: "as-used", first: ["table lamp"] })).toEqual([
    "table lamp, brass",
  ]);
  // Those that have a tag twice, and no others.
  expect(after({ kind: "clean" })).toEqual(["oak"]);
});

test("the scope that was chosen lasts through a preview, as long as it is offered", async () => {
  const desk = createDesk((await sheet(SHEET)).open);
  expect(scopeFrom(null, desk)).toBe("all");
  desk.view.setState({ filters: [{ kind: "tag", fieldId: "keywords", tag: "oak" }] });
  expect(scopeFrom("shown", desk)).toBe("shown");
  expect(imagesIn("shown", desk)).toEqual(["i1", "i2"]);
  select(desk.view, ["i0"]);
  expect(scopeFrom(null, desk)).toBe("selected");
  expect(scopeFrom("shown", desk)).toBe("shown");
  desk.view.setState({ filters: [] });
  expect(scopeFrom("shown", desk)).toBe("selected");
  select(desk.view, []);
  expect(scopeFrom("selected", desk)).toBe("all");
});

test("no edit loses or doubles a tag that it is not about", () => {
  const tags = fc.array(fc.constantFrom("a", "b", "B", "c", "ü", "u\u0308"));
  const edits = fc.oneof(
    fc.record({
      kind: fc.constant("rename" as const),
      keys: tags.map((some) => keys(...some)),
      to: fc.constantFrom("a", "new"),
    }),
    fc.record({ kind: fc.constant("remove" as const), keys: tags.map((some) => keys(...some)) }),
    fc.record({ kind: fc.constant("add" as const), tags, at: fc.constantFrom("first", "last") }),
    fc.record({
      kind: fc.constant("order" as const),
      by: fc.constantFrom("letters", "count", "as-used"),
      first: tags,
    }),
    fc.record({ kind: fc.constant("clean" as const) }),
  );
  const table = tagTable(new Map(), "keywords");
  fc.assert(
    fc.property(tags, edits, (before, edit) => {
      const given = eachTagOnce(before);
      const after = editedTags(given, edit, table).map(tagKey);
      expect(new Set(after).size).toBe(after.length);
      const about = "keys" in edit ? edit.keys : new Set<string>();
      for (const tag of given.map(tagKey)) if (!about.has(tag)) expect(after).toContain(tag);
      expect(editedTags(editedTags(given, edit, table), edit, table).map(tagKey)).toEqual(after);
    }),
  );
});
