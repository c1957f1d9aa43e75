import { FEATURELESS } from "#src/domain/picture.ts";

/** A small picture in grey: one value from 0 to 255 per pixel, row by row. */
export interface GreyPixels {
  width: number;
  height: number;
  values: ArrayLike<number>;
}

/** The side to which a picture is shrunk, whatever its shape. */
const SIDE = 32;
/** The lowest frequencies that count, across and down, without the constant ones. */
const KEPT = 8;
/** A frequency that is weaker than this is noise of the encoder: its sign would be chance. */
const LEAST_STRENGTH = 2;
/** With fewer frequencies than this above the noise, most of the hash would be chance. */
const LEAST_FREQUENCIES = 24;

/**
 * A hash of 64 bits that pictures share which look the same: 16 lower-case hex digits. Scaling, encoding anew and a little
 * more light change a few bits (`hammingDistance` up to about 10); other pictures differ in about 32.
 *
 * The picture is averaged down to 32 × 32 pixels, and the discrete cosine transform (type II, orthonormal) is taken of
 * it. Each bit says whether one of its 8 × 8 lowest frequencies, from the second row and column on, lies above their
 * median. C. Zauner (2010), "Implementation and Benchmarking of Perceptual Image Hash Functions", 3.2.1, as pHash does it.
 * Flat areas and plain gradients, of which such a hash is mostly chance, get `FEATURELESS`.
 */
export function perceptualHash(pixels: GreyPixels): string {
  const frequencies = lowFrequencies(shrunk(pixels));
  const told = frequencies.filter((strength) => Math.abs(strength) >= LEAST_STRENGTH);
  if (told.length < LEAST_FREQUENCIES) return FEATURELESS;
  const sorted = frequencies.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  let hex = "";
  for (let at = 0; at < frequencies.length; at += 4) {
    let digit = 0;
    for (const strength of frequencies.slice(at, at + 4))
      digit = digit * 2 + (strength > median ? 1 : 0);
    hex += digit.toString(16);
  }
  return hex;
}

/** The luma of pixels in RGBA, of which each channel has a byte: ITU-R BT.601. */
export function greyOf(rgba: ArrayLike<number>, width: number, height: number): GreyPixels {
  const values = new Float32Array(width * height);
  for (let at = 0; at < values.length; at += 1) {
    const [red = 0, green = 0, blue = 0] = [rgba[at * 4], rgba[at * 4 + 1], rgba[at * 4 + 2]];
    values[at] = 0.299 * red + 0.587 * green + 0.114 * blue;
  }
  return { width, height, values };
}

/** Averages a picture down to SIDE × SIDE; pixels that lie on an edge count on both sides by their parts. */
function shrunk({ width, height, values }: GreyPixels): Float64Array {
  const across = new Float64Array(SIDE * height);
  const columns = sharesOf(width);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < SIDE; x += 1) {
      let sum = 0;
      for (const { at, share } of columns[x] ?? []) sum += (values[y * width + at] ?? 0) * share;
      across[y * SIDE + x] = sum;
    }
  const small = new Float64Array(SIDE * SIDE);
  for (const [y, rows] of sharesOf(height).entries())
    for (let x = 0; x < SIDE; x += 1) {
      let sum = 0;
      for (const { at, share } of rows) sum += (across[at * SIDE + x] ?? 0) * share;
      small[y * SIDE + x] = sum;
    }
  return small;
}

/** For each of the SIDE places, which of `length` pixels it is the average of, and how much each counts. */
function sharesOf(length: number): { at: number; share: number }[][] {
  const step = length / SIDE;
  return Array.from({ length: SIDE }, (_, place) => {
    const [from, to] = [place * step, (place + 1) * step];
    const shares: { at: number; share: number }[] = [];
    for (let at = Math.floor(from); at < Math.min(length, Math.ceil(to)); at += 1)
      shares.push({ at, share: (Math.min(at + 1, to) - Math.max(at, from)) / step });
    return shares;
  });
}

const COSINES = Array.from({ length: KEPT }, (_, frequency) =>
  Float64Array.from(
    { length: SIDE },
    (_one, place) =>
      Math.sqrt(2 / SIDE) * Math.cos(((2 * place + 1) * (frequency + 1) * Math.PI) / (2 * SIDE)),
  ),
);

function lowFrequencies(small: Float64Array): number[] {
  // Rows first: of each only what is kept goes on.
  const rows = new Float64Array(SIDE * KEPT);
  for (let y = 0; y < SIDE; y += 1)
    for (const [u, cosines] of COSINES.entries())
      rows[y * KEPT + u] = dot(cosines, (x) => small[y * SIDE + x] ?? 0);
  return COSINES.flatMap((cosines) =>
    COSINES.map((_, u) => dot(cosines, (y) => rows[y * KEPT + u] ?? 0)),
  );
}

function dot(cosines: Float64Array, valueAt: (place: number) => number): number {
  let sum = 0;
  for (let place = 0; place < SIDE; place += 1) sum += (cosines[place] ?? 0) * valueAt(place);
  return sum;
}
