import { solveLinear } from "./solve-linear.ts";

/** `wins[i][j]`: how often i was preferred to j. A tie is half a win for both. */
export type WinMatrix = readonly (readonly number[])[];

const MOST_STEPS = 100;
const PRECISION = 1e-10;

/**
 * Log-abilities by maximum likelihood, with mean 0: i is preferred to j with probability 1 ÷ (1 + exp(bⱼ − bᵢ)). R. A.
 * Bradley and M. E. Terry (1952), "Rank analysis of incomplete block designs", Biometrika 39, 324–345; found by
 * Newton's method with halved steps.
 *
 * Null if the estimate does not exist: the items fall into two groups, and no item of the one was ever preferred to any
 * of the other (L. R. Ford (1957), American Mathematical Monthly 64(8), 28–33).
 */
export function fitBradleyTerry(wins: WinMatrix): number[] | null {
  return wins.length > 1 && connectedGroup(wins).length === wins.length ? climb(wins) : null;
}

/** The same matrix with a few ties added to each pair, so that an estimate always exists and stays finite. */
export function withTies(wins: WinMatrix, tiesPerPair: number): number[][] {
  return wins.map((row, i) => row.map((count, j) => (i === j ? 0 : count + tiesPerPair / 2)));
}

/** The probability that an item is preferred to one of average ability, from its log-ability. */
export function preferenceOverAverage(logAbility: number): number {
  return 1 / (1 + Math.exp(-logAbility));
}

function climb(wins: WinMatrix): number[] {
  let abilities = wins.map(() => 0);
  let height = logLikelihood(wins, abilities);
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const { gradient, information } = slopeAt(wins, abilities);
    const direction = solveLinear(information, gradient);
    if (direction === null) break;
    let share = 1;
    let next = moved(abilities, direction, share);
    let nextHeight = logLikelihood(wins, next);
    while (nextHeight < height && share > PRECISION) {
      share /= 2;
      next = moved(abilities, direction, share);
      nextHeight = logLikelihood(wins, next);
    }
    const change = Math.max(
      ...next.map((value, index) => Math.abs(value - (abilities[index] ?? 0))),
    );
    abilities = next;
    height = nextHeight;
    if (change < PRECISION) break;
  }
  return centred(abilities);
}

function slopeAt(
  wins: WinMatrix,
  abilities: readonly number[],
): { gradient: number[]; information: number[][] } {
  const size = wins.length;
  const gradient = abilities.map(() => 0);
  // Abilities are known up to a constant; adding a constant matrix settles it without changing anything else.
  const information = abilities.map(() => abilities.map(() => 1 / size));
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < size; j += 1) {
      if (i === j) continue;
      const won = wins[i]?.[j] ?? 0;
      const met = won + (wins[j]?.[i] ?? 0);
      const chance = preferenceOverAverage((abilities[i] ?? 0) - (abilities[j] ?? 0));
      gradient[i] = (gradient[i] ?? 0) + won - met * chance;
      const weight = met * chance * (1 - chance);
      const row = information[i] ?? [];
      row[i] = (row[i] ?? 0) + weight;
      row[j] = (row[j] ?? 0) - weight;
    }
  }
  return { gradient, information };
}

function logLikelihood(wins: WinMatrix, abilities: readonly number[]): number {
  let sum = 0;
  for (const [i, row] of wins.entries()) {
    for (const [j, count] of row.entries()) {
      if (i !== j && count > 0)
        sum -= count * Math.log1p(Math.exp((abilities[j] ?? 0) - (abilities[i] ?? 0)));
    }
  }
  return sum;
}

function moved(from: readonly number[], by: readonly number[], share: number): number[] {
  return from.map((value, index) => value + share * (by[index] ?? 0));
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/**
 * The items of the largest group in which a chain of wins leads from each to every other, by index; the first of
 * equals. For these an estimate exists, and it stays the same if the others are left out.
 */
export function connectedGroup(wins: WinMatrix): number[] {
  const reached = wins.map((_, from) => {
    const seen = new Set([from]);
    for (const winner of seen)
      for (const loser of wins.keys()) if ((wins[winner]?.[loser] ?? 0) > 0) seen.add(loser);
    return seen;
  });
  const groups = reached.map((seen, item) =>
    [...seen].filter((other) => reached[other]?.has(item) === true).toSorted((a, b) => a - b),
  );
  return groups.reduce<number[]>((best, group) => (group.length > best.length ? group : best), []);
}
