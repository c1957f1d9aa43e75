import { describe, expect, test } from "vitest";
import { askingOf } from "#src/features/age-check/age-desk.ts";
import { judgePairs, modelPairs } from "#src/features/age-check/figures/agreement.ts";
import { casesOf, judgedSets, type Scope } from "./cases.ts";
import type { Face } from "./faces.ts";
import { modelFigures, setAside } from "#src/features/age-check/figures/figures.ts";
import { reviewHabits } from "#src/features/age-check/judging/reviewing.ts";
import type { Sample } from "#src/features/age-check/set-up/settings.ts";
import {
  faceWith,
  FIVE_MODEL,
  judged,
  NINE_MODEL,
  said,
  sheetOf,
} from "#src/features/age-check/test-faces.ts";

const TEEN = { low: 13, high: 20 };
const ADULT = { low: 21, high: 44 };
const everyone = { choice: "anyone", samples: [] } as const;

function onSheet(...faces: Face[]) {
  return judgedSets(sheetOf(...faces), everyone).sheet;
}

describe("scopes are never pooled", () => {
  const drawn = faceWith({ marks: [judged({ kind: "age", years: 16 }, { sample: "hunted" })] });
  const hunted = faceWith({ marks: [judged({ kind: "age", years: 30 }, { sample: "hunted" })] });
  const looked = faceWith({ marks: [judged({ kind: "age", years: 50 })] });
  const unjudged = faceWith({});
  const faces = sheetOf(drawn, hunted, looked, unjudged);
  const samples: Sample[] = [
    { id: "1", kind: "random", seed: 1, drawnAt: 0, imageIds: [drawn.image.id, unjudged.image.id] },
  ];
  const sets = judgedSets(faces, { samples, choice: "anyone" });
  const idsIn = (scope: Scope) => sets[scope].judged.map(({ face }) => face.image.id);

  test("a drawn face counts as random, however its truth came to be known", () => {
    expect(idsIn("random")).toEqual([drawn.image.id]);
    expect(sets.random.size).toBe(2);
  });

  test("hunted faces and those judged in passing stay separate", () => {
    expect(idsIn("hunted")).toEqual([drawn.image.id, hunted.image.id]);
    expect(idsIn("sheet")).toEqual([looked.image.id]);
  });
});

describe("whose word counts", () => {
  test("what two judges say that cannot both be true is a conflict, and in no rate", () => {
    const face = faceWith({
      marks: [
        judged({ kind: "age", years: 16 }, { by: "Ann" }),
        judged({ kind: "age", years: 30 }, { by: "Ben" }),
      ],
      tasks: [said(FIVE_MODEL, TEEN)],
    });
    const set = onSheet(face);
    expect(setAside(set).conflicts).toBe(1);
    expect(modelFigures(set, FIVE_MODEL, "five").accuracy.rate.n).toBe(0);
    const byAnn = judgedSets(sheetOf(face), { samples: [], choice: "by:Ann" }).sheet;
    expect(modelFigures(byAnn, FIVE_MODEL, "five").accuracy.rate).toMatchObject({ hits: 1, n: 1 });
  });

  test("if judgements agree, the narrowest is the truth", () => {
    const face = faceWith({
      marks: [
        judged({ kind: "range", range: { low: 10, high: 19 }, label: "10–19" }),
        judged({ kind: "age", years: 16 }, { from: "file" }),
      ],
      tasks: [said(FIVE_MODEL, TEEN)],
    });
    const [one] = casesOf(onSheet(face), FIVE_MODEL);
    expect(one?.truth).toEqual({ kind: "years", range: { low: 16, high: 16 } });
  });

  test("a replaced judgement does not count, nor does one that was taken back", () => {
    const first = judged({ kind: "age", years: 30 });
    const second = judged({ kind: "age", years: 16 }, { replaces: first.id });
    const gone = judged({ kind: "age", years: 70 }, { by: "Ann", deletedAt: 1 });
    const face = faceWith({ marks: [first, second, gone], tasks: [said(FIVE_MODEL, TEEN)] });
    const set = onSheet(face);
    expect(modelFigures(set, FIVE_MODEL, "five").accuracy.rate).toMatchObject({ hits: 1, n: 1 });
  });

  test("“wrong” is about the verdict that was shown, not another model’s", () => {
    const [five, nine] = [said(FIVE_MODEL, TEEN), said(NINE_MODEL, { low: 10, high: 19 })];
    const mark = judged({ kind: "wrong" }, { shown: [five.taskUuid], blind: false });
    const face = faceWith({ marks: [mark], tasks: [five, nine] });
    const set = onSheet(face);
    expect(modelFigures(set, FIVE_MODEL, "five").accuracy.rate).toMatchObject({ hits: 0, n: 1 });
    expect(modelFigures(set, NINE_MODEL, "five").accuracy.rate.n).toBe(0);
  });
});

test("figures that would mislead because of too few judgements say what they lack", () => {
  const faces = Array.from({ length: 12 }, () =>
    faceWith({ marks: [judged({ kind: "age", years: 16 })], tasks: [said(FIVE_MODEL, TEEN)] }),
  );
  const figures = modelFigures(onSheet(...faces), FIVE_MODEL, "exact");
  expect(figures.confusion.kind).toBe("figure");
  expect(figures.yearsOutside.kind).toBe("figure");
  expect(figures.gap).toEqual({ kind: "too-few", n: 12, least: 20 });
  expect(figures.bins).toEqual({ kind: "too-few", n: 12, least: 50 });
  expect(figures.calibrationError).toEqual({ kind: "too-few", n: 12, least: 200 });
});

test("only what failed is offered for another try: what may have been charged is not, and counts as unanswered", () => {
  const failure = { kind: "offline" } as const;
  const failed = faceWith({ tasks: [said(FIVE_MODEL, { phase: "failed", failure })] });
  const unsettled = faceWith({ tasks: [said(FIVE_MODEL, { phase: "unsettled", failure })] });
  const asking = askingOf([failed, unsettled], [FIVE_MODEL]);
  expect(asking.retriable).toEqual([{ imageId: failed.image.id, modelId: FIVE_MODEL }]);
  expect(asking).toMatchObject({ total: 2, failed: 1, unanswered: 1 });
  expect(asking.missing.get(FIVE_MODEL)).toEqual([]);
});

test("a face in a picture that is split is asked about in its parts", () => {
  const whole = faceWith({ tasks: [said(FIVE_MODEL, { phase: "cancelled" })] });
  const part = faceWith({});
  const box = [0, 0, 1, 0.5] as const;
  const { id: of } = whole.image;
  const source = { kind: "part", of, box, by: "split", fileName: "", folder: "" } as const;
  const ofWhole = { ...part, image: { ...part.image, source: { ...source, number: 1 } } };
  const asking = askingOf([whole, ofWhole], [FIVE_MODEL]);
  expect(asking.missing.get(FIVE_MODEL)).toEqual([part.image.id]);
  expect(asking.total).toBe(1);
});

test("a try that failed after an answer does not take the answer away", () => {
  const face = faceWith({
    marks: [judged({ kind: "age", years: 16 })],
    tasks: [
      said(FIVE_MODEL, TEEN),
      said(FIVE_MODEL, { phase: "failed", failure: { kind: "offline" } }),
    ],
  });
  const [one] = casesOf(onSheet(face), FIVE_MODEL);
  expect(one?.outcome.kind).toBe("group");
});

test("what the reveal changed is measured on blind answers alone", () => {
  const blind = judged({ kind: "age", years: 30 }, { secondsTaken: 2 });
  const changed = judged({ kind: "age", years: 16 }, { blind: false, replaces: blind.id });
  const tasks = () => [said(FIVE_MODEL, TEEN)];
  const habits = reviewHabits(
    [
      faceWith({ marks: [blind, changed], tasks: tasks() }),
      faceWith({
        marks: [judged({ kind: "age", years: 16 }, { secondsTaken: 4 })],
        tasks: tasks(),
      }),
      faceWith({ marks: [judged({ kind: "age", years: 16 }, { blind: false })], tasks: tasks() }),
      faceWith({ marks: [judged({ kind: "age", years: 16 })] }),
    ],
    [FIVE_MODEL],
  );
  expect(habits.changed).toMatchObject({ hits: 1, n: 2 });
  expect(habits.seconds).toMatchObject({ n: 2, median: 3 });
});

describe("pairs", () => {
  test("models are compared by years, and by kappa only on one scale", () => {
    const faces = [
      faceWith({ tasks: [said(FIVE_MODEL, TEEN), said(NINE_MODEL, { low: 10, high: 19 })] }),
      faceWith({ tasks: [said(FIVE_MODEL, ADULT), said(NINE_MODEL, { low: 10, high: 19 })] }),
    ];
    const [pair] = modelPairs(faces, [FIVE_MODEL, NINE_MODEL]);
    expect(pair).toMatchObject({ n: 2, agree: 0, overlap: 1, agreement: null });
    expect(pair?.disjoint).toEqual([faces[1]?.image.id]);
  });

  test("judges differ in words, or cannot both be right", () => {
    const both = (one: number, other: number) =>
      faceWith({
        marks: [
          judged({ kind: "age", years: one }, { by: "Ann" }),
          judged({ kind: "age", years: other }, { by: "Ben" }),
        ],
      });
    const faces = [both(16, 16), both(16, 40)];
    const [pair] = judgePairs(faces, ["by:Ann", "by:Ben"], [TEEN, ADULT]);
    expect(pair).toMatchObject({ both: 2, agreement: { kind: "too-few", n: 2 } });
    expect(pair?.contrary).toEqual([faces[1]?.image.id]);
  });
});
