import { unreadable } from "#src/images/headers/picture-header.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { fitWithin, type PixelSize } from "#src/images/fit.ts";
import { liesOnItsSide, uprightSize, uprightTransform } from "#src/images/orientation.ts";
import type { DecodedPicture } from "./decode.ts";
import { convertToSrgb } from "./convert-to-srgb.ts";

const thumbnailSide = 320;
const jpegQuality = { copy: 0.85, thumbnail: 0.8 } as const;

type Pixels = DecodedPicture["source"] | OffscreenCanvas;

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
    ? {
        canvas: await paintSmaller(decoded.source, decoded.stored, wanted.side),
        transparent: false,
      }
    : paintTurned(decoded, wanted);
}

async function paintTurned(decoded: DecodedPicture, wanted: Wanted): Promise<Painted> {
  const size = fitWithin(uprightSize(decoded.stored, wanted.orientation), wanted.side);
  const lying = liesOnItsSide(wanted.orientation)
    ? { width: size.height, height: size.width }
    : size;
  let context = contextOf(size);
  context.setTransform(...uprightTransform(lying, wanted.orientation));
  if (decoded.turnedByBrowser) context.drawImage(decoded.source, 0, 0, lying.width, lying.height);
  else {
    const bitmap = await shrink(decoded.source, decoded.stored, wanted.side);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
  }
  context.resetTransform();
  if (decoded.unconverted !== null) {
    const converted = await convertToSrgb(context, decoded.unconverted);
    context = contextOf(size);
    context.drawImage(converted, 0, 0);
    converted.close();
  }
  const transparent = wanted.mayHaveAlpha && (await hasTransparency(context.canvas));
  if (wanted.mayHaveAlpha) layOnWhite(context);
  return { canvas: context.canvas, transparent };
}

/** The small picture for the sheet, made from the copy. */
export async function paintThumbnail(copy: OffscreenCanvas): Promise<OffscreenCanvas> {
  return paintSmaller(copy, copy, thumbnailSide);
}

/** A picture made small enough for `side` pixels, and not changed otherwise. */
export async function paintSmaller(
  source: Pixels,
  size: PixelSize,
  side: number,
): Promise<OffscreenCanvas> {
  // Shown rather than drawn: drawing would copy the pixels once more.
  const bitmap = await shrink(source, size, side);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("bitmaprenderer");
  if (context === null) throw unreadable("undecodable");
  context.transferFromImageBitmap(bitmap);
  return canvas;
}

/**
 * Pixels scaled into a bitmap of their own. Frames and canvases are never drawn: Chromium keeps what it made of them on the
 * way in its cache of decoded pictures, 16 MB for each large JPEG, until it holds half a gigabyte. Bitmaps it does not keep.
 */
function shrink(source: Pixels, size: PixelSize, side: number): Promise<ImageBitmap> {
  const { width, height } = fitWithin(size, side);
  return createImageBitmap(source, {
    resizeWidth: width,
    resizeHeight: height,
    resizeQuality: "high",
  });
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

/** Looked for on a small picture: a few thousand pixels tell as much as millions. */
async function hasTransparency(canvas: OffscreenCanvas): Promise<boolean> {
  const bitmap = await shrink(canvas, canvas, thumbnailSide);
  const { width, height } = bitmap;
  const context = contextOf(bitmap);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data } = context.getImageData(0, 0, width, height);
  for (let index = 3; index < data.length; index += 4) {
    // A hair under opaque is rounding at an edge.
    if ((data[index] ?? 255) < 250) return true;
  }
  return false;
}

function layOnWhite(context: OffscreenCanvasRenderingContext2D): void {
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "white";
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  context.globalCompositeOperation = "source-over";
}
