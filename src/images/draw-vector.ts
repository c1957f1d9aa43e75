import { FailureError } from "#src/domain/failure.ts";
import type { Drawing } from "./drawing.ts";
import type { PixelSize } from "./fit.ts";

/**
 * A drawing may ask for filters over the whole picture. If it takes longer than this, the page has better things
 * to do.
 */
const decodeMs = 10_000;

export interface DrawnVector {
  pixels: ImageBitmap;
  /** The browser hands over no pixels of embedded HTML, so they are without it. */
  isBare: boolean;
}

/**
 * Draws an SVG on the page, through an image element: there its scripts never run and nothing it refers to is loaded
 * (SVG 2, section 2.7.1, "secure static mode"). No browser decodes SVG in a worker. Size in pixels.
 */
export async function drawVector(
  { whole, bare }: Drawing,
  size: PixelSize,
  signal: AbortSignal,
): Promise<DrawnVector> {
  try {
    if (bare === null) return { pixels: await drawBlob(whole, size, signal), isBare: false };
    try {
      // Chromium hands over what it drew of HTML if the drawing came by a data address, and not if it came by a blob's.
      return { pixels: await draw(await dataAddress(whole), size, signal), isBare: false };
    } catch {
      signal.throwIfAborted();
      return { pixels: await drawBlob(bare, size, signal), isBare: true };
    }
  } catch {
    if (signal.aborted) throw new FailureError({ kind: "cancelled" });
    throw new FailureError({ kind: "unreadable-image", reason: "undecodable" });
  }
}

async function drawBlob(blob: Blob, size: PixelSize, signal: AbortSignal): Promise<ImageBitmap> {
  const address = URL.createObjectURL(blob);
  try {
    return await draw(address, size, signal);
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function draw(address: string, size: PixelSize, signal: AbortSignal): Promise<ImageBitmap> {
  const image = new Image(size.width, size.height);
  image.src = address;
  await before(image.decode(), AbortSignal.any([signal, AbortSignal.timeout(decodeMs)]));
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext("2d");
  context?.drawImage(image, 0, 0, size.width, size.height);
  // Throws if the browser will not hand over the pixels: better here than on the way to the worker.
  context?.getImageData(0, 0, 1, 1);
  return canvas.transferToImageBitmap();
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      if (typeof reader.result === "string") resolve(reader.result);
    });
    reader.addEventListener("error", () => {
      reject(new FailureError({ kind: "picture-missing" }));
    });
    reader.readAsDataURL(blob);
  });
}

/** The work's end, or a rejection when the signal speaks first. */
function before(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new FailureError({ kind: "cancelled" }));
    };
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", stop);
    });
  });
}
