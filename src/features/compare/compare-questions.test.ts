import { expect, test } from "vitest";
import type { Column } from "#src/domain/compare-settings.ts";
import { comparedColumns, readCompareSettings } from "./columns/settings.ts";
import { compareQuestions, countCells } from "./compare-questions.ts";
import { createRows } from "./compare-desk.ts";
import { anImage, aTask, sourceOf } from "./test-rows.ts";

const SETTINGS = readCompareSettings({
  compare: null,
  recipe: { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" },
});
const COLUMNS = comparedColumns(SETTINGS);

function withRepeats(...repeats: number[]) {
  const columns = SETTINGS.columns.map((column, index): Column => ({
    ...column,
    repeats: repeats[index] ?? 1,
  }));
  return comparedColumns({ ...SETTINGS, columns });
}

function words(rows: ReturnType<typeof compareQuestions>, columns = COLUMNS): string[] {
  return rows.map(
    ({ imageId, recipe, repeat }) =>
      `${imageId}${"abc"[columns.findIndex((one) => one.recipe.modelId === recipe.modelId)]}${repeat}`,
  );
}

test("questions go picture by picture, each beginning with another column", () => {
  const rows = createRows()(sourceOf(COLUMNS, [anImage("1", []), anImage("2", [])]));
  expect(words(compareQuestions(rows.values(), COLUMNS, "missing"))).toEqual([
    "1a1",
    "1b1",
    "1c1",
    "2b1",
    "2c1",
    "2a1",
  ]);
});

test("only missing cells are asked; failed ones are a separate scope, unsettled ones are in neither", () => {
  const [a, b, c] = COLUMNS;
  const failure = { kind: "offline" } as const;
  const rows = createRows()(
    sourceOf(COLUMNS, [
      anImage("1", [
        aTask("1a", a),
        aTask("1b", b, { state: { phase: "failed", failure } }),
        aTask("1c", c, { state: { phase: "unsettled", failure } }),
      ]),
      anImage("2", [aTask("2a", a, { state: { phase: "waiting" } }), aTask("2b", b)]),
    ]),
  );
  expect(words(compareQuestions(rows.values(), COLUMNS, "missing"))).toEqual(["2c1"]);
  expect(words(compareQuestions(rows.values(), COLUMNS, "failed"))).toEqual(["1b1"]);
});

test("a column whose model nobody here knows is marked, and neither asked, retried nor counted as missing", () => {
  const stranger = { ...SETTINGS.columns[1], name: "Cheap", modelId: "stranger:1@1" };
  const columns = comparedColumns({
    ...SETTINGS,
    columns: SETTINGS.columns.map((column, index) =>
      index === 1 ? { ...column, ...stranger } : column,
    ),
  });
  const [a, b] = columns;
  const failure = { kind: "offline" } as const;
  const rows = createRows()(
    sourceOf(columns, [
      anImage("1", [aTask("1a", a), aTask("1b", b, { state: { phase: "failed", failure } })]),
      anImage("2", []),
    ]),
  );
  expect(b?.label).toBe("Cheap (unknown model)");
  const asked = (scope: "missing" | "failed") =>
    compareQuestions(rows.values(), columns, scope).map(({ recipe }) => recipe.modelId);
  expect(asked("missing")).not.toContain("stranger:1@1");
  expect(asked("missing")).toHaveLength(3);
  expect(asked("failed")).toEqual([]);
  expect(countCells(rows.values(), columns)).toMatchObject({
    total: 5,
    done: 1,
    failed: 0,
    unanswered: 1,
    missing: 3,
  });
});

test("repeats are asked afresh, round by round", () => {
  const columns = withRepeats(3, 1, 2);
  const rows = createRows()(sourceOf(columns, [anImage("1", [aTask("1a", columns[0])])]));
  const questions = compareQuestions(rows.values(), columns, "missing");
  expect(words(questions, columns)).toEqual(["1b1", "1c1", "1a2", "1c2", "1a3"]);
  expect(questions.map(({ fresh }) => fresh)).toEqual([false, true, true, true, true]);
});

test("two columns that ask the same are asked once; pictures that are not ready are left out", () => {
  const same = comparedColumns({
    ...SETTINGS,
    columns: SETTINGS.columns.map((column) => ({ ...column, modelId: "runware:152@2" })),
  });
  const { image, ...rest } = anImage("2", []);
  const unready = { ...rest, image: { ...image, preparation: { phase: "queued" } as const } };
  const rows = createRows()(sourceOf(same, [anImage("1", []), unready]));
  expect(compareQuestions(rows.values(), same, "missing")).toHaveLength(1);
});

test("an image that is split is neither asked about nor counted: its parts are", () => {
  const whole = anImage("1", [aTask("1a", COLUMNS[0])]);
  const part = anImage("2", []);
  const box = [0, 0, 1, 0.5] as const;
  const source = {
    kind: "part",
    of: "1",
    box,
    by: "split",
    fileName: "1.png",
    folder: "",
  } as const;
  const ofWhole = { ...part, image: { ...part.image, source: { ...source, number: 1 } } };
  const rows = createRows()(sourceOf(COLUMNS, [whole, ofWhole]));
  expect(words(compareQuestions(rows.values(), COLUMNS, "missing"))).toEqual(["2a1", "2b1", "2c1"]);
  // What the whole was asked before stays.
  expect(countCells(rows.values(), COLUMNS)).toMatchObject({ total: 4, done: 1, missing: 3 });
});
