import type { PixelSize } from "./fit.ts";

/** The canvas transform a, b, c, d, e, f. */
type Transform = readonly [number, number, number, number, number, number];

/** The size of a picture once it is upright. Orientation as in EXIF 2.3, tag 0x0112: 5–8 lie on their side. */
export function uprightSize(stored: PixelSize, orientation: number): PixelSize {
  return liesOnItsSide(orientation) ? { width: stored.height, height: stored.width } : stored;
}

/** True if width and height change places when the picture is turned upright. */
export function liesOnItsSide(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}

/**
 * The canvas transform that makes stored pixels upright when they are drawn at 0, 0. `stored` is
 * the size that they are drawn at, before turning. Unknown orientations turn nothing.
 */
export function uprightTransform(stored: PixelSize, orientation: number): Transform {
  const { width, height } = stored;
  switch (orientation) {
    case 2:
      return [-1, 0, 0, 1, width, 0];
    case 3:
      return [-1, 0, 0, -1, width, height];
    case 4:
      return [1, 0, 0, -1, 0, height];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, height, 0];
    case 7:
      return [0, -1, -1, 0, height, width];
    case 8:
      return [0, -1, 1, 0, 0, width];
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}
