export interface PixelSize {
  width: number;
  height: number;
}

/** The size at which a picture fits a square of `side` pixels: same shape, never enlarged, no side under one pixel. */
export function fitWithin(size: PixelSize, side: number): PixelSize {
  const scale = Math.min(1, side / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

/**
 * How many eighths of its size a JPEG is best decoded at: the fewest of 1, 2, 4 and 8 that still hold `side` pixels.
 * libjpeg scales each 8 × 8 DCT block to any number of eighths, but has processor instructions only for these.
 */
export function eighthsFor(size: PixelSize, side: number): 1 | 2 | 4 | 8 {
  const longest = Math.max(size.width, size.height);
  return ([1, 2, 4] as const).find((eighths) => Math.floor((longest * eighths) / 8) >= side) ?? 8;
}
