import { FailureError } from "#src/domain/failure.ts";

/** A colour a square, all different. */
const side = 16;
/**
 * Some browsers change a level by one or two to tell users' machines apart no longer, which no model sees. What
 * is farther off is noise.
 */
const tolerance = 2;

let isTrue: boolean | null = null;

/**
 * Makes sure, once per worker, that this browser gives back what was drawn. Against fingerprinting some give noise or
 * one colour instead, and a picture made of that would be sent and paid for. Throws FailureError "canvas-noise".
 */
export function requireTrueReadback(): void {
  isTrue ??= readsWhatWasDrawn();
  if (!isTrue) throw new FailureError({ kind: "canvas-noise" });
}

function readsWhatWasDrawn(): boolean {
  const context = new OffscreenCanvas(side, side).getContext("2d", { willReadFrequently: true });
  if (context === null) return true;
  const levels: number[] = [];
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const colour = [x * 17, y * 17, (x * 5 + y * 11) % 256] as const;
      context.fillStyle = `rgb(${colour.join(" ")})`;
      context.fillRect(x, y, 1, 1);
      levels.push(...colour, 255);
    }
  const { data } = context.getImageData(0, 0, side, side);
  return levels.every((level, at) => Math.abs(level - (data[at] ?? -255)) <= tolerance);
}
