import { type ColourProfile, unreadable } from "#src/images/headers/picture-header.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { fitWithin, type PixelSize } from "#src/images/fit.ts";
import { liesOnItsSide, uprightSize, uprightTransform } from "#src/images/orientation.ts";
import type { DecodedPicture } from "./decoded-picture.ts";
import { type GreyPixels, greyOf } from "#src/images/perceptual-hash.ts";
import { encodeFlatPng } from "#src/images/flat-png.ts";

const thumbnailSide = 320;
const jpegQuality = { copy: 0.85, thumbnail: 0.8 } as const;

type Pixels = DecodedPicture["source"] | OffscreenCanvas;

interface Wanted {
  /** 1–8, as in EXIF. */
  orientation: number;
  /** Most pixels per side. */
  side: number;
  mayHaveAlpha: boolean;
}

interface Painted {
  canvas: OffscreenCanvas;
  /** Some of it was transparent before it was laid on white. */
  transparent: boolean;
}

/**
 * The canvas of the copy made last. A camera's pictures all have one size, and taking memory from the system again for
 * each of them costs a tenth of the time that a picture takes. It goes with its worker.
 */
let lastCopy: OffscreenCanvasRenderingContext2D | null = null;

/**
 * Draws a decoded picture upright, in sRGB, on white, at most `side` pixels long. The canvas is valid until the next
 * copy.
 */
export async function paintCopy(decoded: DecodedPicture, wanted: Wanted): Promise<Painted> {
  const size = fitWithin(uprightSize(decoded.stored, wanted.orientation), wanted.side);
  const lying = liesOnItsSide(wanted.orientation)
    ? { width: size.height, height: size.width }
    : size;
  let context = copyContextOf(size);
  context.setTransform(...uprightTransform(lying, wanted.orientation));
  await drawScaled(context, decoded.source, lying);
  context.resetTransform();
  if (decoded.unconverted !== null) {
    const converted = await convertToSrgb(context, decoded.unconverted);
    context = copyContextOf(size);
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

/** What a canvas shows, without its colours. */
export function greyPixelsOf(canvas: OffscreenCanvas): GreyPixels {
  const { width, height } = canvas;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (context === null) throw unreadable("undecodable");
  return greyOf(context.getImageData(0, 0, width, height).data, width, height);
}

/** A picture made small enough for `side` pixels, and not changed otherwise. */
export async function paintSmaller(
  source: Pixels,
  size: PixelSize,
  side: number,
): Promise<OffscreenCanvas> {
  return (await drawSmaller(source, size, side)).canvas;
}

async function drawSmaller(
  source: Pixels,
  size: PixelSize,
  side: number,
): Promise<OffscreenCanvasRenderingContext2D> {
  const smaller = fitWithin(size, side);
  const context = contextOf(smaller);
  await drawScaled(context, source, smaller);
  return context;
}

/**
 * Frames and canvases are drawn as bitmaps, which share their pixels. What Chromium makes of the others on the way
 * stays in its cache of decoded pictures, 16 MB for each large JPEG, until it holds half a gigabyte.
 */
async function drawScaled(
  context: OffscreenCanvasRenderingContext2D,
  source: Pixels,
  { width, height }: PixelSize,
): Promise<void> {
  const bitmap = source instanceof ImageBitmap ? source : await createImageBitmap(source);
  // Down to half its size every pixel counts in the four that are averaged; below that, it has to be halved first.
  context.imageSmoothingQuality = bitmap.width <= 2 * width ? "low" : "high";
  context.drawImage(bitmap, 0, 0, width, height);
  if (bitmap !== source) bitmap.close();
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

/** Empty, as if new: nothing is left of the previous copy, which may have failed half-way. */
function copyContextOf({ width, height }: PixelSize): OffscreenCanvasRenderingContext2D {
  if (lastCopy?.canvas.width !== width || lastCopy.canvas.height !== height)
    lastCopy = contextOf({ width, height });
  else lastCopy.reset();
  return lastCopy;
}

function contextOf({ width, height }: PixelSize): OffscreenCanvasRenderingContext2D {
  // Kept in main memory: the encoder reads every canvas here back at once.
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (context === null) throw unreadable("undecodable");
  return context;
}

/** Checked on a small picture: a few thousand pixels show as much as millions. */
async function hasTransparency(canvas: OffscreenCanvas): Promise<boolean> {
  const small = await drawSmaller(canvas, canvas, thumbnailSide);
  const { data } = small.getImageData(0, 0, small.canvas.width, small.canvas.height);
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

/**
 * Converts a canvas whose numbers are in another colour space than it believes. No API takes pixels with a profile, but
 * every image decoder does: the pixels are wrapped, uncompressed, into a PNG that carries the profile, and the
 * browser's own colour management does the rest.
 */
async function convertToSrgb(
  context: OffscreenCanvasRenderingContext2D,
  profile: ColourProfile,
): Promise<ImageBitmap> {
  const { width, height } = context.canvas;
  const png = encodeFlatPng(context.getImageData(0, 0, width, height), profile);
  return createImageBitmap(new Blob(png, { type: "image/png" }));
}
