import { beforeAll, expect, test } from "vitest";
import { type Model, MODELS } from "#src/catalog/models.ts";

// As many groups as "five", so that nothing can confuse the two by their number.
const EIGHTH: Model = {
  id: "maker:8@1",
  name: "Life Stages",
  shortName: "Stages",
  answers: "age",
  prompt: "none",
  promptNote: "It takes no prompt.",
  price: { low: 500, high: 500 },
  takes: null,
  advice: "Five stages of life.",
  side: { pixels: 512, source: "Made for this test." },
  colour: "light-blue",
  ageGroups: {
    key: "stages",
    name: "Five stages",
    labels: ["0-2", "3-17", "18-39", "40-79", "80+"],
  },
};
const RANGES = [
  { low: 0, high: 2 },
  { low: 3, high: 17 },
  { low: 18, high: 39 },
  { low: 40, high: 79 },
  { low: 80, high: null },
];

// The one entry that models.ts mentions. Everything that reads the catalogue is loaded after it, and nothing else is
// changed.
beforeAll(() => {
  Reflect.apply(Array.prototype.push, MODELS, [EIGHTH]);
});

test("an eighth model is offered, and so are its groups, beside those with the same number", async () => {
  const { AGE_MODELS, modelById } = await import("#src/catalog/find-models.ts");
  const { LABEL_SETS, groupsOfModel, groupsOfSet } =
    await import("#src/features/age-check/set-up/settings.ts");
  expect(AGE_MODELS).toContain(EIGHTH);
  expect(modelById(EIGHTH.id)).toBe(EIGHTH);
  expect(LABEL_SETS.map(({ name }) => name)).toEqual([
    "Five groups",
    "Nine groups",
    "Five stages",
    "Exact age",
  ]);
  expect(groupsOfSet("stages")).toEqual(RANGES);
  expect(groupsOfModel(EIGHTH.id)).toEqual(RANGES);
  expect(groupsOfSet("five")?.map(({ low }) => low)).toEqual([0, 13, 21, 45, 65]);
});

test("a sheet stores that the user answers in its groups", async () => {
  const { parseAgeCheck } = await import("#src/features/age-check/set-up/settings.ts");
  expect(parseAgeCheck({ labelSet: "stages" }).labelSet).toBe("stages");
  expect(parseAgeCheck({ labelSet: "made up" }).labelSet).toBe("five");
});

test("it has its own colour, whatever comes before it in the table", async () => {
  const { modelColour } = await import("#src/features/spending/spending-dialog.tsx");
  expect(new Set(MODELS.map(({ id }) => modelColour(id).fill)).size).toBe(MODELS.length);
  expect(new Set(MODELS.map(({ id }) => modelColour(id).dot)).size).toBe(MODELS.length);
  expect(MODELS.map(({ id }) => modelColour(id))).not.toContainEqual(modelColour("unknown:1@1"));
});

test("a judgement in its groups carries their words, and its figures count by them", async () => {
  const { faceWith, judged, said, sheetOf } = await import("#src/features/age-check/test-faces.ts");
  const { judgedSets } = await import("#src/features/age-check/grid/cases.ts");
  const { modelFigures } = await import("#src/features/age-check/figures/figures.ts");
  const { rangeText, spokenRange } = await import("#src/features/age-check/set-up/settings.ts");
  const [, child = RANGES[0], adult = RANGES[0]] = RANGES;
  if (child === undefined || adult === undefined) throw new Error("no groups");
  const face = (truth: typeof child) =>
    faceWith({
      marks: [judged({ kind: "range", range: truth, label: rangeText(truth) })],
      tasks: [said(EIGHTH.id, child)],
    });
  const sets = judgedSets(sheetOf(face(child), face(adult)), { choice: "anyone", samples: [] });
  const figures = modelFigures(sets.sheet, EIGHTH.id, "stages");
  expect(figures.groups.map(rangeText)).toEqual(["0–2", "3–17", "18–39", "40–79", "80+"]);
  expect(spokenRange(child)).toBe("3 to 17");
  expect(figures.accuracy.rate).toMatchObject({ hits: 1, n: 2 });
  expect(figures.thresholds.map(({ threshold }) => threshold)).toEqual([3, 18, 40, 80]);
});

test("what is said in its groups is stored in their words", async () => {
  const { deskOnOneFace, said } = await import("#src/features/age-check/test-faces.ts");
  const { groupsOfSet } = await import("#src/features/age-check/set-up/settings.ts");
  const [, child = RANGES[0]] = groupsOfSet("stages") ?? [];
  if (child === undefined) throw new Error("no groups");
  const { desk, imageId, standing } = await deskOnOneFace(said(EIGHTH.id, child));
  desk.sayGroup(child, imageId);
  await expect.poll(standing).toHaveLength(1);
  expect(standing()[0]?.value).toMatchObject({
    judgement: { kind: "range", range: child, label: "3–17" },
  });
});
