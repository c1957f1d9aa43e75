import { describe, expect, test } from "vitest";
import type { AgeCase, AgeOutcome, AgeTruth } from "#src/domain/age-case.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import {
  ageAccuracy,
  confusionTable,
  groupCutBy,
  groupRates,
  thresholdRates,
  withinOneGroup,
  yearsOutsideOf,
} from "./age-figures.ts";

const FIVE: AgeRange[] = [
  { low: 0, high: 12 },
  { low: 13, high: 20 },
  { low: 21, high: 44 },
  { low: 45, high: 64 },
  { low: 65, high: null },
];
const NINE: AgeRange[] = [
  { low: 0, high: 2 },
  { low: 3, high: 9 },
  ...[10, 20, 30, 40, 50, 60].map((low) => ({ low, high: low + 9 })),
  { low: 70, high: null },
];
const [, TEEN = { low: 13, high: 20 }, ADULT = { low: 21, high: 44 }] = FIVE;

function aged(years: number): AgeTruth {
  return { kind: "years", range: { low: years, high: years } };
}

function said(range: AgeRange, confidence: number | null = 0.9): AgeOutcome {
  return { kind: "group", range, confidence };
}

let count = 0;
function face(truth: AgeTruth, outcome: AgeOutcome): AgeCase {
  count += 1;
  return { imageId: `image-${count}`, truth, outcome };
}

describe("accuracy", () => {
  test("rates only what is decided, and counts the rest separately", () => {
    const accuracy = ageAccuracy([
      face(aged(16), said(TEEN)),
      face(aged(30), said(TEEN)),
      face({ kind: "another-group" }, said(TEEN)),
      face({ kind: "years", range: { low: 10, high: 19 } }, said(TEEN)),
      face({ kind: "no-face" }, said(ADULT)),
      face(aged(16), { kind: "no-group" }),
      face(aged(16), { kind: "refused" }),
      face(aged(16), { kind: "failed" }),
    ]);
    expect(accuracy).toMatchObject({
      rate: { hits: 1, n: 3 },
      undecidable: 1,
      noGroup: 1,
      refused: 1,
      failed: 1,
      groupWithoutFace: 1,
    });
  });

  test("neighbouring groups count within one group, others do not", () => {
    const cases = [aged(16), aged(30), aged(50)].map((truth) => face(truth, said(TEEN)));
    expect(withinOneGroup(cases, FIVE)).toMatchObject({ hits: 2, n: 3 });
  });

  test("years outside need exact ages", () => {
    const outside = yearsOutsideOf([
      face(aged(16), said(ADULT)),
      face(aged(50), said(ADULT)),
      face(aged(30), said(ADULT)),
      face({ kind: "years", range: TEEN }, said(ADULT)),
    ]);
    expect(outside).toMatchObject({
      n: 3,
      distance: { mean: 11 / 3 },
      signed: { mean: -1 / 3 },
      most: 6,
      madeOlder: { hits: 1, n: 3 },
      madeYounger: { hits: 1, n: 3 },
    });
    expect(yearsOutsideOf([face({ kind: "years", range: TEEN }, said(TEEN))])).toBeNull();
  });
});

describe("confusion", () => {
  test("places truths in rows and outcomes in columns, with the images of each cell", () => {
    const teenAsAdult = face(aged(16), said(ADULT));
    const table = confusionTable(
      [
        teenAsAdult,
        face({ kind: "years", range: { low: 10, high: 19 } }, said(TEEN)),
        face({ kind: "no-face" }, said(ADULT)),
        face(aged(3), { kind: "failed" }),
        face({ kind: "another-group" }, said(TEEN)),
      ],
      { truth: FIVE, model: NINE.slice(0, 3) },
    );
    expect(table.rows.map(({ kind }) => kind).slice(5)).toEqual(["between-groups", "no-face"]);
    // The model's own three, the two it was not expected to name, and the failed.
    expect(table.columns).toHaveLength(6);
    expect(table.cells[1]?.[4]).toEqual([teenAsAdult.imageId]);
    expect(table.cells.flat(2)).toHaveLength(4);
  });

  test("recall and precision per group, the teens' first", () => {
    const rates = groupRates(
      [
        face(aged(16), said(TEEN)),
        face(aged(17), said(ADULT)),
        face(aged(30), said(ADULT)),
        face({ kind: "years", range: { low: 20, high: 29 } }, said(ADULT)),
      ],
      FIVE,
    );
    expect(rates.map(({ range }) => range.low)).toEqual([13, 0, 21, 45, 65]);
    expect(rates[0]).toMatchObject({ recall: { hits: 1, n: 2 }, precision: { hits: 1, n: 1 } });
    expect(rates[2]).toMatchObject({ recall: { hits: 1, n: 1 }, precision: { hits: 1, n: 2 } });
    expect(groupRates([], NINE)[0]?.range.low).toBe(10);
  });
});

describe("threshold", () => {
  test("only the edges of the groups can be tested", () => {
    const edges = (groups: AgeRange[]) =>
      thresholdRates([], groups).map(({ threshold }) => threshold);
    expect(edges(FIVE)).toEqual([13, 21, 45, 65]);
    expect(edges(NINE)).toEqual([3, 10, 20, 30, 40, 50, 60, 70]);
    expect(groupCutBy(FIVE, 18)).toEqual(TEEN);
    expect(groupCutBy(FIVE, 25)).toEqual(ADULT);
    expect(groupCutBy(NINE, 20)).toBeNull();
  });

  test("who is passed, who is stopped, and which adults are challenged", () => {
    const [at13, rates] = thresholdRates(
      [
        face(aged(16), said(ADULT)),
        face(aged(17), said(TEEN)),
        face(aged(19), said(TEEN)),
        face(aged(20), said(ADULT)),
        face(aged(21), said(TEEN)),
        face(aged(40), said(ADULT)),
        face({ kind: "years", range: { low: 20, high: 29 } }, said(ADULT)),
        face({ kind: "no-face" }, said(ADULT)),
      ],
      FIVE,
    );
    expect(rates).toMatchObject({
      threshold: 21,
      passedUnder: { hits: 2, n: 4 },
      stoppedOver: { hits: 1, n: 2 },
      undecidable: 1,
      adultLimit: { minorsPassed: { hits: 1, n: 2 }, adultsChallenged: { hits: 1, n: 2 } },
    });
    const band = (side: string, from: number) =>
      rates?.bands.find((one) => one.side === side && one.from === from)?.rate;
    expect(band("under", 1)).toMatchObject({ hits: 1, n: 2 });
    expect(band("under", 3)).toMatchObject({ hits: 1, n: 2 });
    expect(band("over", 0)).toMatchObject({ hits: 1, n: 1 });
    expect(band("over", 11)).toMatchObject({ hits: 0, n: 1 });
    expect(at13?.adultLimit).toBeNull();
  });
});
