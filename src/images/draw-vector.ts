import { FailureError } from "#src/domain/failure.ts";
import { trustedDrawing } from "#src/lib/trusted.ts";
import type { PixelSize } from "./fit.ts";

/**
 * A drawing may ask for filters over the whole picture. If it takes longer than this, the page has better things
 * to do.
 */
const decodeMs = 10_000;

/**
 * Draws an SVG on the page, through an image element with a blob: there its scripts never run and nothing it refers to
 * is loaded (SVG 2, section 2.7.1, "secure static mode"). No browser decodes SVG in a worker. Size in pixels.
 */
export async function drawVector(
  original: Blob,
  size: PixelSize,
  signal: AbortSignal,
): Promise<ImageBitmap> {
  const url = URL.createObjectURL(new Blob([await drawable(original)], { type: "image/svg+xml" }));
  try {
    const image = new Image(size.width, size.height);
    image.src = url;
    await before(image.decode(), AbortSignal.any([signal, AbortSignal.timeout(decodeMs)]));
    const canvas = new OffscreenCanvas(size.width, size.height);
    const context = canvas.getContext("2d");
    context?.drawImage(image, 0, 0, size.width, size.height);
    // Throws if the browser will not hand over the pixels: better here than on the way to the worker.
    context?.getImageData(0, 0, 1, 1);
    return canvas.transferToImageBitmap();
  } catch {
    if (signal.aborted) throw new FailureError({ kind: "cancelled" });
    throw new FailureError({ kind: "unreadable-image", reason: "undecodable" });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * Removes the HTML that some tools embed. It could show what only its reader may see (visited links), so browsers do
 * not hand over the pixels of such a drawing. The tools write plain text beside it.
 */
async function drawable(original: Blob): Promise<Blob | string> {
  const text = await original.text();
  if (!text.includes("<foreignObject")) return original;
  const drawing = new DOMParser().parseFromString(trustedDrawing(text), "image/svg+xml");
  for (const embedded of drawing.querySelectorAll("foreignObject")) embedded.remove();
  return new XMLSerializer().serializeToString(drawing);
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
