import { expect, test } from "vitest";
import { lengthEffect } from "./length-effect.ts";
import type { RankingVote } from "./rank-columns.ts";

// Words minus one, since the model counts one more than there are: this way the figures are R's own.
const WORDS = [
  [20, 25, 60],
  [30, 22, 50],
  [18, 30, 44],
  [25, 19, 70],
  [40, 41, 39],
  [22, 28, 52],
  [35, 20, 30],
  [21, 24, 66],
  [50, 31, 45],
  [19, 38, 36],
  [24, 24, 48],
  [28, 33, 29],
];
const PICKED = [0, 1, 0, 2, 1, null, 0, 2, 0, 1, null, 2];

const VOTES: RankingVote[] = WORDS.map((row, index) => ({
  shown: row.map((words, column) => ({ column, words: words - 1 })),
  picked: PICKED[index] ?? null,
}));

test("the effect and its clustered interval are those of R", () => {
  // R 4.2.2: glm(y ~ X - 1, family = quasibinomial) over the pairs, X with log2 of the ratio of words as last column;
  // variance A S'S A with A the inverse information and S the scores summed by row: 0.83503672 (−0.70831248, 2.37838592).
  const effect = lengthEffect(VOTES, 3).oddsPerDoubling;
  expect(Math.log(effect?.ratio ?? Number.NaN)).toBeCloseTo(0.83503672, 7);
  expect(Math.log(effect?.low ?? Number.NaN)).toBeCloseTo(-0.70831248, 7);
  expect(Math.log(effect?.high ?? Number.NaN)).toBeCloseTo(2.37838592, 7);
});

test("rows whose longest answer was picked are compared with chance", () => {
  // Counted by hand from the tables above: the longest was picked in rows 4, 5, 7, 8, 9 and 10 of ten.
  const { longestPicked, byChance } = lengthEffect(VOTES, 3);
  expect(longestPicked).toMatchObject({ hits: 6, n: 10 });
  expect(byChance).toBeCloseTo(1 / 3, 12);
});

test("nothing is said if length decides every vote, or never differs", () => {
  const always: RankingVote[] = [5, 9, 14, 20].map((words, index) => ({
    shown: [
      { column: 0, words: index % 2 === 0 ? words : 3 },
      { column: 1, words: index % 2 === 0 ? 3 : words },
    ],
    picked: index % 2,
  }));
  expect(lengthEffect(always, 2).oddsPerDoubling).toBeNull();
  const never = always.map(({ picked }) => ({
    shown: [0, 1].map((column) => ({ column, words: 8 })),
    picked,
  }));
  expect(lengthEffect(never, 2)).toMatchObject({ oddsPerDoubling: null, byChance: null });
});
