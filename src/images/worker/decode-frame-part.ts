import { fitWithin, type PixelSize } from "#src/images/fit.ts";
import type { DecodedPicture } from "./decoded-picture.ts";

/** A decoder that has nothing to show never answers. It is given this long, and more for larger pictures. */
const leastWaitMs = 150;
const pixelsPerMs = 6_000;
/** A picture is worth keeping if at least this share of its rows came out. */
const leastRows = 0.5;
/** The rows are counted on a small drawing of this many pixels per side. */
const countedSide = 256;

/**
 * What can be seen of a picture that is cut short or broken: the decoder is fed the bytes as if more would follow and
 * asked for what it has so far. Rows that it did not reach are transparent. Null if less than half the rows came out,
 * or if the browser has no such decoder.
 */
export async function decodeFramePart(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  { width, height }: PixelSize,
): Promise<DecodedPicture | null> {
  if (typeof ImageDecoder === "undefined" || !(await ImageDecoder.isTypeSupported(type)))
    return null;
  const frame = await firstPart(bytes, type, leastWaitMs + (width * height) / pixelsPerMs);
  if (frame === null) return null;
  if (shareOfRows(frame, type === "image/bmp") < leastRows) {
    frame.close();
    return null;
  }
  const size = { width: frame.displayWidth, height: frame.displayHeight };
  return {
    source: frame,
    stored: size,
    truncated: true,
    unconverted: null,
    close: () => frame.close(),
  };
}

async function firstPart(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  waitMs: number,
): Promise<VideoFrame | null> {
  // Never closed: at its end the decoder would call the picture broken instead of showing what it has.
  const endless = new ReadableStream({ start: (controller) => controller.enqueue(bytes) });
  const decoder = new ImageDecoder({ data: endless, type });
  const timer = setTimeout(() => decoder.close(), waitMs);
  try {
    return (await decoder.decode({ frameIndex: 0, completeFramesOnly: false })).image;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
    decoder.close();
  }
}

/**
 * The share of rows of which anything can be seen: counted from the top or, if rows may be stored upwards, from the
 * first of them.
 */
function shareOfRows(frame: VideoFrame, mayRiseUpwards: boolean): number {
  const { width, height } = fitWithin(
    { width: frame.displayWidth, height: frame.displayHeight },
    countedSide,
  );
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) return 0;
  context.drawImage(frame, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const isSeen = (_: number, index: number): boolean => index % 4 === 3 && data[index] !== 0;
  const rowOf = (index: number): number => Math.floor(index / (width * 4));
  const last = data.findLastIndex(isSeen);
  if (last === -1) return 0;
  const first = mayRiseUpwards ? data.findIndex(isSeen) : 0;
  return (rowOf(last) - rowOf(first) + 1) / height;
}
