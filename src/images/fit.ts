import type { Fit, Mount } from "#src/domain/mount.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";

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

/** How a picture is drawn for a model: at this size, in the middle of a whole that may be larger. */
interface Fitted {
  drawn: PixelSize;
  whole: PixelSize;
}

/**
 * The size at which a picture fits a square of `side` pixels and what a model takes. If its shorter side is under the
 * least it is enlarged, up to `side`, and what is still missing is padding.
 */
export function fitted(size: PixelSize, side: number, fit: Fit | null): Fitted {
  const small = fitWithin(size, side);
  if (fit === null) return { drawn: small, whole: small };
  const [short, long] = [Math.min(small.width, small.height), Math.max(small.width, small.height)];
  const scale = Math.max(1, Math.min(fit.leastSide / short, Math.max(side, long) / long));
  const drawn = {
    width: Math.max(1, Math.round(small.width * scale)),
    height: Math.max(1, Math.round(small.height * scale)),
  };
  const least = Math.max(
    fit.leastSide,
    Math.ceil(Math.max(drawn.width, drawn.height) / fit.longestRatio),
  );
  return {
    drawn,
    whole: { width: Math.max(least, drawn.width), height: Math.max(least, drawn.height) },
  };
}

/** True if a copy is sent byte for byte, at the longest side and on the mount that are asked for. */
export function isSentAsItIs(
  copy: PixelSize & Pick<EncodedPicture, "mime">,
  { side, mount }: { side: number; mount: Mount | null },
): boolean {
  const { whole } = fitted(copy, side, mount?.fit ?? null);
  return copy.mime === "image/jpeg" && whole.width === copy.width && whole.height === copy.height;
}

/**
 * How many eighths of its size a JPEG is best decoded at: the fewest of 1, 2, 4 and 8 that still hold `side` pixels.
 * libjpeg scales each 8 × 8 DCT block to any number of eighths, but has processor instructions only for these.
 */
export function eighthsFor(size: PixelSize, side: number): 1 | 2 | 4 | 8 {
  const longest = Math.max(size.width, size.height);
  return ([1, 2, 4] as const).find((eighths) => Math.floor((longest * eighths) / 8) >= side) ?? 8;
}
