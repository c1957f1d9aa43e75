import { solveLinear } from "./solve-linear.ts";
import { wilsonRate, Z, type Rate } from "./intervals.ts";
import type { RankingVote } from "./rank-columns.ts";

/** How much length sways the votes. */
export interface LengthEffect {
  /** Rows with a pick in which the longest answer was the picked one; rows with two longest answers are left out. */
  longestPicked: Rate;
  /** The share of the same rows that chance alone would give, 0–1; null if there are none. */
  byChance: number | null;
  /**
   * The factor by which an answer's odds of being preferred change when it gets twice as long, with its column's own
   * strength held equal and a 95 % interval; null if the votes do not tell the two apart.
   */
  oddsPerDoubling: { ratio: number; low: number; high: number } | null;
}

interface Pair {
  vote: number;
  first: number;
  second: number;
  /** 1 if the first was preferred, 0.5 for a tie. */
  won: number;
  doublings: number;
}

const MOST_STEPS = 60;
const PRECISION = 1e-10;
// Beyond e^12 an odds ratio means that the fit diverges: length (or a column) decides every vote.
const RUNAWAY = 12;

/**
 * The effect of length on votes: a Bradley–Terry model with the logarithm of the words as a covariate, by Newton's
 * method, with a standard error that is robust against the dependence of a row's pairs (sandwich estimator clustered by
 * row: K.-Y. Liang and S. L. Zeger (1986), Biometrika 73, 13–22).
 *
 * @param columns how many columns there are; votes name them by index
 */
export function lengthEffect(votes: readonly RankingVote[], columns: number): LengthEffect {
  return { ...longestPicked(votes), oddsPerDoubling: oddsPerDoubling(votes, columns) };
}

function longestPicked(votes: readonly RankingVote[]): Omit<LengthEffect, "oddsPerDoubling"> {
  let hits = 0;
  let chances = 0;
  let rows = 0;
  for (const { shown, picked } of votes) {
    const most = Math.max(...shown.map(({ words }) => words));
    const longest = shown.filter(({ words }) => words === most);
    if (picked === null || longest.length !== 1) continue;
    rows += 1;
    chances += 1 / shown.length;
    if (longest[0]?.column === picked) hits += 1;
  }
  return { longestPicked: wilsonRate(hits, rows), byChance: rows === 0 ? null : chances / rows };
}

function oddsPerDoubling(
  votes: readonly RankingVote[],
  columns: number,
): LengthEffect["oddsPerDoubling"] {
  const pairs = votes.flatMap(pairsOf);
  if (pairs.every(({ doublings }) => doublings === 0)) return null;
  const fitted = fit(pairs, columns);
  const effect = fitted?.at(-1);
  if (fitted === null || effect === undefined) return null;
  if (fitted.some((parameter) => !(Math.abs(parameter) < RUNAWAY))) return null;
  const error = clusteredError(pairs, fitted);
  if (error === null) return null;
  const reach = Z * error;
  return {
    ratio: Math.exp(effect),
    low: Math.exp(effect - reach),
    high: Math.exp(effect + reach),
  };
}

function pairsOf({ shown, picked }: RankingVote, vote: number): Pair[] {
  const pairs: Pair[] = [];
  for (const [index, first] of shown.entries()) {
    for (const second of shown.slice(index + 1)) {
      if (picked !== null && picked !== first.column && picked !== second.column) continue;
      const won = picked === null ? 0.5 : picked === first.column ? 1 : 0;
      // One word more than there are, so that an empty answer has a length too.
      const doublings = Math.log2((first.words + 1) / (second.words + 1));
      pairs.push({ vote, first: first.column, second: second.column, won, doublings });
    }
  }
  return pairs;
}

/** Parameters: the columns' log-abilities, then the effect; null if they cannot be told apart. */
function fit(pairs: readonly Pair[], columns: number): number[] | null {
  let parameters = Array.from({ length: columns + 1 }, () => 0);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { gradient, information } = slopeAt(pairs, parameters);
    const direction = solveLinear(information, gradient);
    if (direction === null) return null;
    // Long steps overshoot if there is little data.
    const longest = Math.max(...direction.map(Math.abs));
    const share = longest > 2 ? 2 / longest : 1;
    parameters = parameters.map((value, index) => value + share * (direction[index] ?? 0));
    if (longest < PRECISION) return parameters;
    if (parameters.some((value) => Math.abs(value) > 2 * RUNAWAY)) return null;
  }
  return null;
}

function slopeAt(pairs: readonly Pair[], parameters: readonly number[]) {
  const size = parameters.length;
  const gradient = parameters.map(() => 0);
  const information = parameters.map(() => parameters.map(() => 0));
  // The abilities' common constant is free: settled as in the plain model, for the columns alone.
  for (let i = 0; i < size - 1; i += 1)
    for (let j = 0; j < size - 1; j += 1) add(information[i], j, 1 / size);
  for (const pair of pairs) {
    const { chance, parts } = reckon(pair, parameters);
    const weight = chance * (1 - chance);
    for (const [i, part] of parts) {
      add(gradient, i, part * (pair.won - chance));
      for (const [j, other] of parts) add(information[i], j, weight * part * other);
    }
  }
  return { gradient, information };
}

function clusteredError(pairs: readonly Pair[], parameters: readonly number[]): number | null {
  const { information } = slopeAt(pairs, parameters);
  const last = parameters.length - 1;
  const unit = parameters.map((_, index) => (index === last ? 1 : 0));
  const bread = solveLinear(information, unit);
  if (bread === null) return null;
  const scores = new Map<number, number>();
  for (const pair of pairs) {
    const { chance, parts } = reckon(pair, parameters);
    const score = parts.reduce(
      (sum, [index, part]) => sum + part * (pair.won - chance) * (bread[index] ?? 0),
      0,
    );
    scores.set(pair.vote, (scores.get(pair.vote) ?? 0) + score);
  }
  return Math.sqrt([...scores.values()].reduce((sum, score) => sum + score * score, 0));
}

function reckon({ first, second, doublings }: Pair, parameters: readonly number[]) {
  const last = parameters.length - 1;
  const parts: [index: number, part: number][] = [
    [first, 1],
    [second, -1],
    [last, doublings],
  ];
  const lead = parts.reduce((sum, [index, part]) => sum + part * (parameters[index] ?? 0), 0);
  return { chance: 1 / (1 + Math.exp(-lead)), parts };
}

function add(row: number[] | undefined, index: number, amount: number): void {
  if (row !== undefined) row[index] = (row[index] ?? 0) + amount;
}
