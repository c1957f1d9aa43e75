import { expect, test } from "vitest";
import type { Column, CompareSettings } from "#src/domain/compare-settings.ts";
import {
  comparedColumns,
  readCompareSettings,
  withColumn,
  withColumnMoved,
  withoutColumn,
  withSetup,
  writeSetup,
} from "./settings.ts";

const RECIPE = { modelId: "runware:152@1", prompt: "Name the birds.", sentSize: "auto" } as const;
const FIRST = readCompareSettings({ compare: null, recipe: RECIPE });

function column(id: string, changes: Partial<Column> = {}): Column {
  return {
    id,
    name: null,
    modelId: "runware:152@2",
    prompt: null,
    sentSize: "auto",
    repeats: 1,
    widthPx: null,
    ...changes,
  };
}

function settings(...columns: Column[]): CompareSettings {
  return { ...FIRST, columns };
}

test("a sheet starts with Caption's recipe beside two models that answer alike", () => {
  const [first, ...others] = comparedColumns(FIRST);
  expect(first?.recipe).toEqual(RECIPE);
  expect(others.map(({ answers }) => answers)).toEqual(["text", "text"]);
  const ages = readCompareSettings({
    compare: { broken: true },
    recipe: { ...RECIPE, modelId: "runware:153@1" },
  });
  expect(comparedColumns(ages).map(({ answers }) => answers)).toEqual(["age", "age", "age"]);
});

test("what is stored is read back, and columns keep their own prompts", () => {
  const own = settings(column("a"), column("b", { prompt: "In one word." }));
  const read = readCompareSettings({ compare: structuredClone(own), recipe: RECIPE });
  expect(read).toEqual(own);
  expect(comparedColumns(read).map(({ recipe }) => recipe.prompt)).toEqual([
    "Name the birds.",
    "In one word.",
  ]);
});

test("a model that does not follow prompts is asked without the shared one, and no two labels are alike", () => {
  const clip = column("a", { modelId: "runware:151@1" });
  const columns = comparedColumns(settings(clip, column("b"), column("c", { sentSize: 512 })));
  expect(columns[0]?.recipe.prompt).toBeNull();
  const own = comparedColumns(settings({ ...clip, prompt: "A lamp?" }));
  expect(own[0]?.recipe.prompt).toBe("A lamp?");
  expect(columns.map(({ label }) => label)).toEqual([
    "OpenAI CLIP ViT-L/14",
    "Qwen2.5-VL-7B-Instruct",
    "Qwen2.5-VL-7B-Instruct (2)",
  ]);
});

test("columns are put in, replaced, moved and taken out; there is room for six", () => {
  const three = settings(column("a"), column("b"), column("c"));
  const ids = (of: CompareSettings) => of.columns.map(({ id }) => id).join("");
  expect(ids(withColumn(three, column("x"), "a"))).toBe("axbc");
  expect(withColumn(three, column("b", { name: "Mine" })).columns[1]?.name).toBe("Mine");
  expect(ids(withColumnMoved(three, "a", 1))).toBe("bac");
  expect(ids(withColumnMoved(three, "a", -1))).toBe("abc");
  const full = settings(..."a b c d e f".split(" ").map((id) => column(id)));
  expect(withColumn(full, column("x"))).toBe(full);
});

test("a removed column is no longer what others are compared with", () => {
  const held: CompareSettings = {
    ...settings(column("a"), column("b")),
    against: { kind: "column", columnId: "b" },
    referenceColumnId: "b",
  };
  expect(withoutColumn(held, "b")).toMatchObject({
    against: { kind: "others" },
    referenceColumnId: null,
  });
  expect(withoutColumn(held, "a")).toMatchObject({ against: held.against });
});

test("a link recreates the columns, and carries nothing but the set-up", () => {
  const own = settings(
    column("a", { name: "Mine & yours", repeats: 3 }),
    column("b", { prompt: "#?&=%", sentSize: 512, widthPx: 300 }),
  );
  const link = writeSetup(own);
  const there = withSetup(FIRST, link, () => crypto.randomUUID());
  expect(there).not.toBeNull();
  expect(comparedColumns(there ?? FIRST).map(({ key, label }) => [key, label])).toEqual(
    comparedColumns(own).map(({ key, label }) => [key, label]),
  );
  expect(there?.columns[0]?.repeats).toBe(3);
  expect(Object.keys(JSON.parse(link))).toEqual(["prompt", "columns"]);
  expect(link).not.toContain("300");
});

test.each(["", "[]", "{", '{"prompt":"x","columns":[]}', '{"prompt":1,"columns":[{"model":"m"}]}'])(
  "%j is not a set-up",
  (text) => {
    expect(withSetup(FIRST, text, () => "id")).toBeNull();
  },
);
