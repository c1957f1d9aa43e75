import { createSeededRandom, shuffled } from "#src/lib/seeded-random.ts";

/** `size` items in random order, every choice as likely as any other; the same for the same list, size and seed. */
export function drawSample<Item>(items: readonly Item[], size: number, seed: number): Item[] {
  return shuffled(items, createSeededRandom(seed)).slice(0, size);
}
