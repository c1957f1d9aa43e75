import type { ImageId } from "#src/domain/image.ts";
import { FEATURELESS } from "#src/domain/picture.ts";
import { counted } from "#src/lib/counted.ts";
import { createGroups } from "./groups.ts";

/** What is known of a picture for telling which others it is like. */
export interface ComparedPicture {
  id: ImageId;
  /** Of its bytes; null for one that is on this device by its address alone. */
  pictureHash: string | null;
  /** Of what it looks like; null if that is not known. */
  perceptualHash: string | null;
  width: number;
  height: number;
}

/** Images whose pictures are the same bytes, or look alike; in the order of the sheet, at least two. */
export interface PictureGroup {
  is: "same" | "near";
  ids: readonly ImageId[];
}

/** How many of the 64 bits may differ in pictures that look alike. */
export const NEARNESS = { nearly: 4, similar: 10 } as const;

// A picture and its encoded, scaled copy have one shape; rounding to whole pixels matters only for tiny ones.
const MOST_STRETCH = 1.05;
// So many comparisons take about a millisecond.
const PAIRS_A_STEP = 100_000;

/**
 * Groups pictures that are the same bytes or look alike: whatever is within `mostBits` of one of a group is in it. All
 * pairs are compared, in steps; two numbers each, that takes a fraction of a second for 5,000 pictures.
 */
export function* groupPictures(
  pictures: readonly ComparedPicture[],
  mostBits: number,
): Generator<undefined, PictureGroup[]> {
  const groups = createGroups(pictures.length);
  const places = new Map<string, number>();
  const told: number[] = [];
  for (const [place, { pictureHash, perceptualHash }] of pictures.entries()) {
    const first = pictureHash === null ? undefined : places.get(pictureHash);
    if (first !== undefined) groups.join(first, place);
    else {
      if (pictureHash !== null) places.set(pictureHash, place);
      if (perceptualHash !== null && perceptualHash !== FEATURELESS) told.push(place);
    }
  }
  const high = halves(pictures, told, 0);
  const low = halves(pictures, told, 8);
  const shapes = Float64Array.from(told, (place) => Math.log(shapeOf(pictures[place])));
  let pairs = 0;
  for (let a = 0; a < told.length; a += 1) {
    for (let b = a + 1; b < told.length; b += 1) {
      const bits = bitsIn((high[a] ?? 0) ^ (high[b] ?? 0)) + bitsIn((low[a] ?? 0) ^ (low[b] ?? 0));
      if (bits > mostBits) continue;
      const stretch = Math.abs((shapes[a] ?? 0) - (shapes[b] ?? 0));
      if (stretch <= Math.log(MOST_STRETCH)) groups.join(told[a] ?? 0, told[b] ?? 0);
    }
    pairs += told.length - a;
    if (pairs >= PAIRS_A_STEP) {
      pairs = 0;
      yield;
    }
  }
  return groups.all().map((members) => {
    const of = members.flatMap((place) => pictures[place] ?? []);
    const hashes = new Set(of.map(({ pictureHash }) => pictureHash));
    return { is: hashes.size === 1 ? "same" : "near", ids: of.map(({ id }) => id) };
  });
}

/**
 * What has been found, in words.
 *
 * @param groups null until the pictures have been compared
 * @param left how many older pictures are still to be looked at
 */
export function summaryOf(groups: readonly PictureGroup[] | null, left: number): string {
  if (groups === null) return "Looking…";
  const same = groups.filter(({ is }) => is === "same").length;
  const near = groups.length - same;
  const found =
    groups.length === 0
      ? "No two pictures look alike."
      : [
          ...(near > 0 ? [`${counted(near, "group")} of pictures that look alike`] : []),
          ...(same > 0 ? [`${counted(same, "file")} in several places`] : []),
        ].join(" · ");
  const old = `${counted(left, "older picture")} still to be looked at…`;
  return left > 0 ? `${groups.length === 0 ? "" : `${found} · `}${old}` : found;
}

function halves(
  pictures: readonly ComparedPicture[],
  told: readonly number[],
  from: 0 | 8,
): Int32Array {
  return Int32Array.from(told, (place) =>
    Number.parseInt((pictures[place]?.perceptualHash ?? "").slice(from, from + 8), 16),
  );
}

function shapeOf(picture: ComparedPicture | undefined): number {
  return (picture?.width ?? 1) / (picture?.height ?? 1);
}

/** How many bits of 32 are set: H. S. Warren (2012), Hacker's Delight, 5-1. */
function bitsIn(bits: number): number {
  let sum = bits - ((bits >>> 1) & 0x55555555);
  sum = (sum & 0x33333333) + ((sum >>> 2) & 0x33333333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
