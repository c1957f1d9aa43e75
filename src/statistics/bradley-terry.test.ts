import { expect, test } from "vitest";
import { fitBradleyTerry, withTies } from "./bradley-terry.ts";

/**
 * American League, Eastern division, 1987, both grounds together: A. Agresti (2002), Categorical Data Analysis, 2nd
 * ed., p. 438. Milwaukee, Detroit, Toronto, New York, Boston, Cleveland, Baltimore.
 */
const BASEBALL = [
  [0, 7, 9, 7, 7, 9, 11],
  [6, 0, 7, 5, 11, 9, 9],
  [4, 6, 0, 7, 7, 8, 12],
  [6, 8, 6, 0, 6, 7, 10],
  [6, 2, 6, 7, 0, 7, 12],
  [4, 4, 5, 6, 6, 0, 6],
  [2, 4, 1, 3, 1, 7, 0],
];

/**
 * How often the row's journal was cited by the column's: S. Stigler (1994), Statistical Science 9, 94–108; Agresti p.
 * 448.
 */
const CITATIONS = [
  [0, 730, 498, 221],
  [33, 0, 68, 17],
  [320, 813, 0, 142],
  [284, 276, 325, 0],
];

function against(abilities: number[] | null, base: number): number[] {
  const zero = abilities?.[base] ?? Number.NaN;
  return (abilities ?? []).map((ability) => ability - zero);
}

test("the abilities of the baseball teams are the published ones", () => {
  // As printed in the vignette of R's BradleyTerry2 for `baseballModel1`, Baltimore as base; R 4.2.2's glm gives more
  // digits.
  const expected = [1.58135588, 1.43640843, 1.29448512, 1.24761785, 1.10769771, 0.68385277, 0];
  for (const [team, ability] of against(fitBradleyTerry(BASEBALL), 6).entries())
    expect(ability).toBeCloseTo(expected[team] ?? Number.NaN, 7);
});

test("the abilities of the journals are the published ones", () => {
  // The vignette's `citeModel`, Biometrika as base; digits beyond its four from R 4.2.2's glm(…, family =
  // quasibinomial).
  const expected = [0, -2.9490725, -0.47956977, 0.26895406];
  for (const [journal, ability] of against(fitBradleyTerry(CITATIONS), 0).entries())
    expect(ability).toBeCloseTo(expected[journal] ?? Number.NaN, 7);
});

test("ties count half for both", () => {
  // R 4.2.2, glm(cbind(6.5, 3.5) …, family = quasibinomial), mean subtracted.
  const fitted = fitBradleyTerry([
    [0, 6.5, 5.5],
    [3.5, 0, 4],
    [2.5, 5, 0],
  ]);
  const expected = [0.4585743, -0.28077106, -0.17780324];
  for (const [item, ability] of (fitted ?? []).entries())
    expect(ability).toBeCloseTo(expected[item] ?? Number.NaN, 7);
  expect(fitted).toHaveLength(3);
});

test.each([
  [
    "one never won",
    [
      [0, 3, 1],
      [2, 0, 4],
      [0, 0, 0],
    ],
  ],
  [
    "one never lost",
    [
      [0, 3, 1],
      [0, 0, 4],
      [0, 2, 0],
    ],
  ],
  [
    "two groups never met",
    [
      [0, 1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
      [0, 0, 1, 0],
    ],
  ],
  ["there is one item", [[0]]],
])("there is no estimate if %s", (_case, wins) => {
  expect(fitBradleyTerry(wins)).toBeNull();
});

test("a few ties make an estimate if there was none, and keep the order", () => {
  const fitted =
    fitBradleyTerry(
      withTies(
        [
          [0, 9, 9],
          [0, 0, 9],
          [0, 0, 0],
        ],
        0.1,
      ),
    ) ?? [];
  expect(fitted.every(Number.isFinite)).toBe(true);
  expect(fitted.toSorted((a, b) => b - a)).toEqual(fitted);
});
