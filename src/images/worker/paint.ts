import { unreadable } from "#src/images/headers/picture-header.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { fitWithin, type PixelSize } from "#src/images/fit.ts";
import { liesOnItsSide, uprightSize, uprightTransform } from "#src/images/orientation.ts";
import type { DecodedPicture } from "./decode.ts";
import { convertToSrgb } from "./convert-to-srgb.ts";

const thumbnailSide = 320;
const jpegQuality = { copy: 0.85, thumbnail: 0.8 } as const;

interface Wanted {
  /** 1–8, as in EXIF. */
  orientation: number;
  /** Most pixels a side. */
  side: number;
  mayHaveAlpha: boolean;
}

interface Painted {
  canvas: OffscreenCanvas;
  /** Some of it was transparent before it was laid on white. */
  transparent: boolean;
}

/** Draws a decoded picture upright, in sRGB, on white, at most `side` pixels long. */
export async function paintCopy(decoded: DecodedPicture, wanted: Wanted): Promise<Painted> {
  const isPlain =
    wanted.orientation === 1 &&
    !wanted.mayHaveAlpha &&
    !decoded.turnedByBrowser &&
    decoded.unconverted === null;
  return isPlain
    ? { canvas: await showScaled(decoded, wanted.side), transparent: false }
    : paintTurned(decoded, wanted);
}

/**
 * A picture that only has to be made smaller goes from the decoder's pixels to the encoder's by way of a bitmap.
 * Drawing it would copy it twice more, a tenth of all the work for a large JPEG.
 */
async function showScaled(
  { source, stored }: DecodedPicture,
  side: number,
): Promise<OffscreenCanvas> {
  const { width, height } = fitWithin(stored, side);
  const bitmap = await createImageBitmap(source, {
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: "high",
  });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("bitmaprenderer");
  if (context === null) throw unreadable("undecodable");
  context.transferFromImageBitmap(bitmap);
  return canvas;
}

async function paintTurned(decoded: DecodedPicture, wanted: Wanted): Promise<Painted> {
  const size = fitWithin(uprightSize(decoded.stored, wanted.orientation), wanted.side);
  const lying = liesOnItsSide(wanted.orientation)
    ? { width: size.height, height: size.width }
    : size;
  let context = contextOf(size);
  context.setTransform(...uprightTransform(lying, wanted.orientation));
  context.drawImage(decoded.source, 0, 0, lying.width, lying.height);
  context.resetTransform();
  if (decoded.unconverted !== null) {
    const converted = await convertToSrgb(context, decoded.unconverted);
    context = contextOf(size);
    context.drawImage(converted, 0, 0);
    converted.close();
  }
  const transparent = wanted.mayHaveAlpha && hasTransparency(context.canvas);
  if (wanted.mayHaveAlpha) layOnWhite(context);
  return { canvas: context.canvas, transparent };
}

/** Draws the small picture for the sheet from the copy. */
export function paintThumbnail(copy: OffscreenCanvas): OffscreenCanvas {
  return paintSmaller(copy, copy, thumbnailSide);
}

/** Draws a picture so that it fits `side` pixels. */
export function paintSmaller(
  source: CanvasImageSource,
  size: PixelSize,
  side: number,
): OffscreenCanvas {
  const smaller = fitWithin(size, side);
  const context = contextOf(smaller);
  context.drawImage(source, 0, 0, smaller.width, smaller.height);
  return context.canvas;
}

/** JPEG bytes of a canvas. They hold pixels and a colour space, and no metadata. */
export async function encode(
  canvas: OffscreenCanvas,
  use: keyof typeof jpegQuality,
): Promise<EncodedPicture> {
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: jpegQuality[use] });
  return {
    bytes: await blob.arrayBuffer(),
    mime: "image/jpeg",
    width: canvas.width,
    height: canvas.height,
  };
}

function contextOf({ width, height }: PixelSize): OffscreenCanvasRenderingContext2D {
  // Kept in main memory: every canvas here is read back at once, by the encoder.
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw unreadable("undecodable");
  context.imageSmoothingQuality = "high";
  return context;
}

/** Looked for on the small picture: a few thousand pixels tell as much as millions. */
function hasTransparency(canvas: OffscreenCanvas): boolean {
  const small = paintThumbnail(canvas);
  const { data } = contextOf2d(small).getImageData(0, 0, small.width, small.height);
  for (let index = 3; index < data.length; index += 4) {
    // A hair under opaque is rounding at an edge.
    if ((data[index] ?? 255) < 250) return true;
  }
  return false;
}

function contextOf2d(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (context === null) throw unreadable("undecodable");
  return context;
}

function layOnWhite(context: OffscreenCanvasRenderingContext2D): void {
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "white";
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.globalCompositeOperation = "source-over";
}
