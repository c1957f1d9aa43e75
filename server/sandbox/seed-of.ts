import { createHash } from "node:crypto";

/**
 * A 32-bit whole number that stands for all the parts together: equal parts give an equal number.
 */
export function seedOf(...parts: readonly (string | Uint8Array)[]): number {
  const hash = createHash("sha256");
  // The separator keeps ("ab", "c") apart from ("a", "bc").
  for (const part of parts) hash.update(part).update("\u0000");
  return hash.digest().readUInt32LE(0);
}
