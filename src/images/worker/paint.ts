import { type ColourProfile, unreadable } from "#src/images/headers/picture-header.ts";
import type { PartSource } from "#src/domain/image.ts";
import type { Background, Mount } from "#src/domain/mount.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { backgroundFor } from "#src/images/background.ts";
import { layBehind } from "#src/images/lay-behind.ts";
import { fitted, fitWithin, type PixelSize } from "#src/images/fit.ts";
import { liesOnItsSide, uprightSize, uprightTransform } from "#src/images/orientation.ts";
import type { DecodedPicture } from "./decoded-picture.ts";
import { type GreyPixels, greyOf } from "#src/images/perceptual-hash.ts";
import { encodeFlatPng } from "#src/images/flat-png.ts";

const thumbnailSide = 320;
const quality = { copy: 0.85, thumbnail: 0.8 } as const;

type Pixels = DecodedPicture["source"] | OffscreenCanvas;

interface Wanted {
  /** 1–8, as in EXIF. */
  orientation: number;
  /** Most pixels per side. */
  side: number;
  /** The part of the upright picture that is wanted; null for all of it. */
  box: PartSource["box"] | null;
  /** Transparency as the file has it is kept; where rows are missing, the picture is white. */
  alpha: "none" | "kept" | "missing-rows";
}

interface Painted {
  canvas: OffscreenCanvas;
  /** The background that it differs from most plainly; null if nothing of it is transparent. */
  background: Background | null;
}

/**
 * The canvas of the copy made last. A camera's pictures all have one size, and taking memory from the system again for
 * each of them costs a tenth of the time that a picture takes. It goes with its worker.
 */
let lastCopy: OffscreenCanvasRenderingContext2D | null = null;

/**
 * Draws a decoded picture upright, in sRGB, at most `side` pixels long. The canvas is valid until the next copy.
 */
export async function paintCopy(decoded: DecodedPicture, wanted: Wanted): Promise<Painted> {
  const { box } = wanted;
  const size = fitWithin(
    partSize(uprightSize(decoded.stored, wanted.orientation), box),
    wanted.side,
  );
  const whole = box === null ? size : { width: size.width / box[2], height: size.height / box[3] };
  const lying = liesOnItsSide(wanted.orientation)
    ? { width: whole.height, height: whole.width }
    : whole;
  let context = copyContextOf(size);
  if (box !== null) context.translate(-box[0] * whole.width, -box[1] * whole.height);
  context.transform(...uprightTransform(lying, wanted.orientation));
  await drawScaled(context, decoded.source, lying);
  context.resetTransform();
  if (decoded.unconverted !== null) {
    const converted = await convertToSrgb(context, decoded.unconverted);
    context = copyContextOf(size);
    context.drawImage(converted, 0, 0);
    converted.close();
  }
  const background = wanted.alpha === "kept" ? await backgroundOf(context.canvas) : null;
  // What is not transparent anywhere is a JPEG, which has no alpha: a hair of it would turn black.
  if (wanted.alpha !== "none" && background === null) layBehind(context, "white");
  return { canvas: context.canvas, background };
}

/** The pixels of a part of a picture. */
export function partSize({ width, height }: PixelSize, box: PartSource["box"] | null): PixelSize {
  if (box === null) return { width, height };
  return {
    width: Math.max(1, Math.round(width * box[2])),
    height: Math.max(1, Math.round(height * box[3])),
  };
}

/** The small picture for the sheet, made from the copy. */
export async function paintThumbnail(copy: OffscreenCanvas): Promise<OffscreenCanvas> {
  return paintSmaller(copy, copy, thumbnailSide);
}

/** A canvas as it looks on a background. */
export function laidOn(canvas: OffscreenCanvas, background: Background): OffscreenCanvas {
  const context = contextOf(canvas);
  context.drawImage(canvas, 0, 0);
  layBehind(context, background);
  return context.canvas;
}

/** A picture as it is sent: small enough, on its background, and in a shape that the model takes. */
export async function paintMounted(
  source: Pixels,
  size: PixelSize,
  { side, mount }: { side: number; mount: Mount | null },
): Promise<OffscreenCanvas> {
  const { drawn, whole } = fitted(size, side, mount?.fit ?? null);
  const context = contextOf(drawn);
  await drawScaled(context, source, drawn);
  // A copy that is transparent has nothing behind it yet.
  layBehind(context, mount?.background ?? "white");
  const isPadded = drawn.width < whole.width || drawn.height < whole.height;
  return isPadded ? padded(context, whole, mount?.background ?? null) : context.canvas;
}

/** The picture in the middle of a larger whole: its background goes on, or else the colour of its edges. */
function padded(
  picture: OffscreenCanvasRenderingContext2D,
  whole: PixelSize,
  background: Background | null,
): OffscreenCanvas {
  const { width, height } = picture.canvas;
  const context = contextOf(whole);
  const [left, top] = [whole.width - width, whole.height - height].map((room) =>
    Math.floor(room / 2),
  );
  const [x, y] = [left ?? 0, top ?? 0];
  if (background === null) {
    const isWider = whole.width > width;
    const first = { x: 0, y: 0, width: isWider ? 1 : width, height: isWider ? height : 1 };
    const last = isWider ? { ...first, x: width - 1 } : { ...first, y: height - 1 };
    context.fillStyle = meanColour(picture, first);
    context.fillRect(0, 0, whole.width, whole.height);
    context.fillStyle = meanColour(picture, last);
    context.fillRect(isWider ? x + width : 0, isWider ? 0 : y + height, whole.width, whole.height);
  }
  context.drawImage(picture.canvas, x, y);
  if (background !== null) layBehind(context, background);
  return context.canvas;
}

function meanColour(
  context: OffscreenCanvasRenderingContext2D,
  { x, y, width, height }: PixelSize & { x: number; y: number },
): string {
  const { data } = context.getImageData(x, y, width, height);
  const mean = [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let at = channel; at < data.length; at += 4) sum += data[at] ?? 0;
    return Math.round((sum * 4) / data.length);
  });
  return `rgb(${mean.join(" ")})`;
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
  // Enlarged, it is smoothed as well as the browser can.
  const isPlain = bitmap.width >= width && bitmap.width <= 2 * width;
  context.imageSmoothingQuality = isPlain ? "low" : "high";
  context.drawImage(bitmap, 0, 0, width, height);
  if (bitmap !== source) bitmap.close();
}

const tinyPixels = 128 * 128;

/**
 * The bytes of a canvas: JPEG, or WebP if it is to keep its alpha. WebKit can't write that, and makes a PNG of it. They
 * hold pixels and a colour space, and no metadata.
 */
export async function encode(
  canvas: OffscreenCanvas,
  use: keyof typeof quality,
  keepsAlpha = false,
): Promise<EncodedPicture> {
  const wanted = keepsAlpha ? "image/webp" : "image/jpeg";
  // Of few pixels each counts, and the usual qualities keep colours for every fourth only.
  const isTiny = canvas.width * canvas.height <= tinyPixels;
  const blob = await canvas.convertToBlob({ type: wanted, quality: isTiny ? 1 : quality[use] });
  return {
    bytes: await blob.arrayBuffer(),
    mime: blob.type === wanted ? wanted : "image/png",
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

/** Measured on a small picture: a few thousand pixels show as much as millions. */
async function backgroundOf(canvas: OffscreenCanvas): Promise<Background | null> {
  const small = await drawSmaller(canvas, canvas, thumbnailSide);
  const { width, height } = small.canvas;
  return backgroundFor(small.getImageData(0, 0, width, height).data);
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
