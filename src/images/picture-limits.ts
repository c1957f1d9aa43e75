import type { Failure } from "#src/domain/failure.ts";

const maxFileBytes = 100_000_000;
const maxPixels = 268_000_000;
/** The longest side that canvases in today's browsers take, in pixels. */
const maxSide = 32_767;

/** Why a file is not even opened, judged only by its length; null if it may be. */
export function fileLimitFailure(bytes: number): Failure | null {
  if (bytes === 0) return { kind: "empty-file" };
  return bytes > maxFileBytes
    ? { kind: "too-large", what: "bytes", found: bytes, limit: maxFileBytes }
    : null;
}

/** Why a picture is not decoded, judged by the size its header claims (pixels); null if it may be. */
export function pixelLimitFailure(size: { width: number; height: number }): Failure | null {
  const longest = Math.max(size.width, size.height);
  const pixels = size.width * size.height;
  if (longest > maxSide) return { kind: "too-large", what: "side", found: longest, limit: maxSide };
  if (pixels > maxPixels)
    return { kind: "too-large", what: "pixels", found: pixels, limit: maxPixels };
  return null;
}
