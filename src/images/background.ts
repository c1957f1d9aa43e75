import type { Background } from "#src/domain/mount.ts";

/** The colours of backgrounds, sRGB; a checker is drawn from two, in squares. */
export const BACKGROUND_COLOURS = {
  white: ["#ffffff"],
  grey: ["#808080"],
  dark: ["#202020"],
  checker: ["#9a9a9a", "#666666"],
} as const satisfies Record<Background, readonly string[]>;

/** CIE lightness of the plain backgrounds, in the order in which they are preferred. */
const CANDIDATES = [
  ["white", 100],
  ["grey", 53.6],
  ["dark", 12],
] as const satisfies readonly (readonly [Background, number])[];

// A difference that is plain to see in a thin line, also after JPEG. 0 to 100 is black to white.
const PLAIN_DIFFERENCE = 15;
// What is lost on a background that is still good enough: highlights of a product, the paper of a drawing.
const MOST_LOST = 0.25;
// Shadows and smoothed edges: too faint to be what the picture shows.
const LEAST_ALPHA = 32;

/**
 * The background that what is visible of a picture differs from: white if a quarter of it at most would be lost there,
 * otherwise mid-grey, otherwise dark, and if none is that good a checker, on which everything has an edge. White first, since most
 * artwork was made for it and models have seen most of their pictures on it; mid-grey next, since it is far from both
 * white and black. Lost is what differs by less than 15 in CIE lightness (L*), as it looks once it is laid on, weighed by
 * its alpha. `data` is RGBA as a canvas gives it, and a few thousand pixels are enough. Null if nothing is transparent.
 */
export function backgroundFor(data: ArrayLike<number>): Background | null {
  const lost = CANDIDATES.map(() => 0);
  let visible = 0;
  let isTransparent = false;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 255;
    // A hair under opaque is rounding at an edge.
    if (alpha < 250) isTransparent = true;
    if (alpha < LEAST_ALPHA) continue;
    const lightness = lightnessOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    visible += alpha;
    for (const [index, [, behind]] of CANDIDATES.entries())
      if ((Math.abs(lightness - behind) * alpha) / 255 < PLAIN_DIFFERENCE)
        lost[index] = (lost[index] ?? 0) + alpha;
  }
  if (!isTransparent) return null;
  const good = CANDIDATES.find((_, index) => (lost[index] ?? 0) <= visible * MOST_LOST);
  return good === undefined ? "checker" : good[0];
}

const LINEAR = Float64Array.from({ length: 256 }, (_, value) => {
  const share = value / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
});

/** CIE L* of an sRGB colour, 0 to 100 (IEC 61966-2-1 for the light, CIE 15 for the lightness). */
function lightnessOf(red: number, green: number, blue: number): number {
  const light =
    0.2126 * (LINEAR[red] ?? 0) + 0.7152 * (LINEAR[green] ?? 0) + 0.0722 * (LINEAR[blue] ?? 0);
  return light > 216 / 24_389 ? 116 * Math.cbrt(light) - 16 : (light * 24_389) / 27;
}
