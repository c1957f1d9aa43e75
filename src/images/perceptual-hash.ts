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
  for (let at = 0, from = 0; at < values.length; at += 1, from += 4)
    values[at] =
      0.299 * (rgba[from] ?? 0) + 0.587 * (rgba[from + 1] ?? 0) + 0.114 * (rgba[from + 2] ?? 0);
  return { width, height, values };
}

/** Averages a picture down to SIDE × SIDE; pixels that lie on an edge count on both sides by their parts. */
function shrunk({ width, height, values }: GreyPixels): Float64Array {
  const across = new Float64Array(SIDE * height);
  averageAlong(across, { values, lines: height, length: width, step: 1, line: width });
  const small = new Float64Array(SIDE * SIDE);
  averageAlong(small, { values: across, lines: SIDE, length: height, step: SIDE, line: 1 });
  return small;
}

/** Lines of numbers in a list: how far apart two of a line are, and how far two lines. */
interface Lines {
  values: ArrayLike<number>;
  lines: number;
  length: number;
  step: number;
  line: number;
}

/**
 * Averages each line down to SIDE places; `into` has them as the picture lies, in rows of SIDE. Every picture passes here, so
 * there are only numbers: with an object for each share it took two to five times as long.
 */
function averageAlong(
  into: Float64Array,
  { values, lines, length, step: apart, line }: Lines,
): void {
  const step = length / SIDE;
  for (let place = 0; place < SIDE; place += 1) {
    const from = place * step;
    const to = (place + 1) * step;
    const last = Math.min(length, Math.ceil(to));
    for (let at = 0; at < lines; at += 1) {
      let sum = 0;
      for (let pixel = Math.floor(from); pixel < last; pixel += 1) {
        const share = (Math.min(pixel + 1, to) - Math.max(pixel, from)) / step;
        sum += (values[at * line + pixel * apart] ?? 0) * share;
      }
      into[apart === 1 ? at * SIDE + place : place * SIDE + at] = sum;
    }
  }
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
