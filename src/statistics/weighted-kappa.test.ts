import { expect, test } from "vitest";
import { weightedAgreement } from "./weighted-kappa.ts";

function pairsOf(table: readonly (readonly number[])[]): [number, number][] {
  return table.flatMap((row, one) =>
    row.flatMap((count, other) =>
      Array.from({ length: count }, (): [number, number] => [one, other]),
    ),
  );
}

test("agrees with an independent calculation in R", () => {
  // R 4.2.2, written independently of this code: kappa as (po - pe) / (1 - pe) with weights 1 - (i - j)^2 / (k - 1)^2,
  // its standard error by the delta method, with the gradient over the 25 cell shares taken numerically (h = 1e-6) and
  // the multinomial covariance (diag(p) - p p') / n.
  const agreement = weightedAgreement(
    pairsOf([
      [11, 2, 0, 0, 0],
      [3, 14, 4, 0, 0],
      [0, 5, 22, 3, 0],
      [0, 0, 4, 9, 2],
      [0, 0, 1, 2, 8],
    ]),
    5,
  );
  expect(agreement.same).toMatchObject({ hits: 64, n: 90 });
  expect(agreement.kappa?.value).toBeCloseTo(0.8883183569, 9);
  expect(agreement.kappa?.low).toBeCloseTo(0.8390355201, 6);
  expect(agreement.kappa?.high).toBeCloseTo(0.9376011937, 6);
});

test("full agreement is 1, full disagreement of two groups is −1", () => {
  expect(
    weightedAgreement(
      [
        [0, 0],
        [1, 1],
      ],
      2,
    ).kappa?.value,
  ).toBe(1);
  expect(
    weightedAgreement(
      [
        [0, 1],
        [1, 0],
      ],
      2,
    ).kappa?.value,
  ).toBe(-1);
});

test("if both name only one group, there is no kappa", () => {
  expect(
    weightedAgreement(
      [
        [2, 2],
        [2, 2],
      ],
      5,
    ).kappa,
  ).toBeNull();
  expect(weightedAgreement([], 5)).toMatchObject({ same: { share: null }, kappa: null });
});
