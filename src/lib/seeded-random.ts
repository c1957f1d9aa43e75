/**
 * An endless series of numbers in [0, 1), the same for the same seed: for samples, shuffles and bootstraps that can
 * be drawn again. mulberry32 by Tommy Ettinger (public domain).
 *
 * @param seed a whole number of 32 bits
 */
export function createSeededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * The items in a random order, every order as likely as any other; the list itself stays unchanged.
 */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
