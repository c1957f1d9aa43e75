import { createHash } from "node:crypto";

/** A 32-bit whole number that stands for all the parts together: equal parts, equal number. */
export function seedOf(...parts: readonly (string | Uint8Array)[]): number {
  const hash = createHash("sha256");
  // The separator keeps ("ab", "c") apart from ("a", "bc").
  for (const part of parts) hash.update(part).update("\u0000");
  return hash.digest().readUInt32LE(0);
}

/** An endless row of numbers in [0, 1) that is the same for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
