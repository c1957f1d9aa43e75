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
 * How many eighths of its size a JPEG is best decoded at, 1–8: the fewest that still hold `side` pixels.
 * Eighths because that is what an 8 × 8 DCT block can be scaled to while it is decoded (libjpeg's scale_num / 8).
 */
export function eighthsFor(size: PixelSize, side: number): number {
  const longest = Math.max(size.width, size.height);
  for (let eighths = 1; eighths < 8; eighths += 1) {
    if (Math.floor((longest * eighths) / 8) >= side) return eighths;
  }
  return 8;
}
