import { FailureError } from "#src/domain/failure.ts";
import type { PixelSize } from "./fit.ts";

/** A drawing may ask for filters over the whole picture; longer than this and the page has better things to do. */
const decodeMs = 10_000;

/**
 * Draws an SVG on the page, through an image element from a blob: there its scripts never run and nothing it refers to
 * is loaded (SVG 2, section 2.7.1, "secure static mode"). No browser decodes SVG in a worker. Size in pixels.
 */
export async function drawVector(
  original: Blob,
  size: PixelSize,
  signal: AbortSignal,
): Promise<ImageBitmap> {
  const url = URL.createObjectURL(new Blob([original], { type: "image/svg+xml" }));
  try {
    const image = new Image(size.width, size.height);
    image.src = url;
    await before(image.decode(), AbortSignal.any([signal, AbortSignal.timeout(decodeMs)]));
    const canvas = new OffscreenCanvas(size.width, size.height);
    canvas.getContext("2d")?.drawImage(image, 0, 0, size.width, size.height);
    // Refused where the drawing embeds HTML, which could show what only its reader may see.
    return await createImageBitmap(canvas);
  } catch {
    if (signal.aborted) throw new FailureError({ kind: "cancelled" });
    throw new FailureError({ kind: "unreadable-image", reason: "undecodable" });
  } finally {
    URL.revokeObjectURL(url);
  }
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
