import { expect, test } from "vitest";
import {
  type ColumnRanking,
  rankColumns,
  type RankingVote,
  type Strength,
  winMatrix,
} from "./rank-columns.ts";

function ranked(votes: readonly RankingVote[], columns: number, seed = 1): ColumnRanking {
  const steps = rankColumns(votes, columns, seed);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function strengthOf({ places }: ColumnRanking, column: number): Strength | null {
  const place = places[column];
  return place?.kind === "fitted" ? place.strength : null;
}

function vote(picked: number | null, columns = 3): RankingVote {
  return {
    shown: Array.from({ length: columns }, (_, column) => ({ column, words: 10 })),
    picked,
  };
}

function times(count: number, one: RankingVote): RankingVote[] {
  return Array.from({ length: count }, () => one);
}

test("a pick beats every other column that was shown, a tie is half for each", () => {
  const two: RankingVote = { shown: [0, 2].map((column) => ({ column, words: 5 })), picked: 2 };
  expect(winMatrix([vote(1), vote(null), two], 3)).toEqual([
    [0, 0.5, 0.5],
    [1.5, 0, 1.5],
    [1.5, 0.5, 0],
  ]);
});

test("intervals come near those of an independent bootstrap", () => {
  // 40 rows of two columns, 26 picks of the first: the log-odds of 26 : 14 is 0.6190, and each column has half of
  // it. R 4.2.2, set.seed(1), a million resamples with the same tenth of a tie: quantile(qlogis((rbinom(1e6, 40,
  // .65) + .05) / 40.1) / 2, c(.025, .975)) gives 0.000 and 0.691.
  const votes = [...times(26, vote(0, 2)), ...times(14, vote(1, 2))];
  const first = ranked(votes, 2);
  const strength = strengthOf(first, 0);
  expect(strength?.logAbility).toBeCloseTo(Math.log(26 / 14) / 2, 8);
  expect(Math.abs((strength?.low ?? 9) - 0)).toBeLessThan(0.06);
  expect(Math.abs((strength?.high ?? 9) - 0.691)).toBeLessThan(0.06);
  expect(first.clear).toEqual([false]);
});

test("the same seed draws the same interval, another seed another one", () => {
  const votes = [...times(9, vote(0)), ...times(6, vote(1)), ...times(4, vote(2))];
  expect(ranked(votes, 3, 7)).toEqual(ranked(votes, 3, 7));
  expect(ranked(votes, 3, 8)).not.toEqual(ranked(votes, 3, 7));
});

test("the order is clear only if votes tell neighbours apart", () => {
  const { order, clear } = ranked(
    [...times(40, vote(2)), ...times(6, vote(0)), ...times(5, vote(1))],
    3,
  );
  expect(order).toEqual([2, 0, 1]);
  expect(clear).toEqual([true, false]);
});

test("a column that never lost, or never won, has no strength, and the order says which", () => {
  expect(ranked([vote(1, 2), vote(1, 2)], 2)).toEqual({
    places: [{ kind: "never" }, { kind: "always" }],
    order: [1, 0],
    clear: [false],
  });
  expect(ranked([], 2).places).toEqual([{ kind: "no-votes" }, { kind: "no-votes" }]);
});

test("columns that are never picked or not voted on do not change the strengths of the others", () => {
  const among = [...times(26, vote(0, 2)), ...times(14, vote(1, 2))];
  const withNever = [...times(26, vote(0, 3)), ...times(14, vote(1, 3))];
  const { places, order, clear } = ranked(withNever, 4);
  // The likelihood of the two does not depend on one that always loses: its own term goes to 1.
  expect(places.slice(0, 2)).toEqual(ranked(among, 2).places);
  expect(places.slice(2)).toEqual([{ kind: "never" }, { kind: "no-votes" }]);
  expect(order).toEqual([0, 1, 2, 3]);
  expect(clear).toEqual([false, false, false]);
});
