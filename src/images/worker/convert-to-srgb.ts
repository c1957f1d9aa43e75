import { encodeFlatPng } from "#src/images/flat-png.ts";
import type { ColourProfile } from "#src/images/headers/picture-header.ts";

/**
 * Converts a canvas whose numbers are in another colour space than it believes. No API takes pixels with a profile, but
 * every image decoder does: the pixels are wrapped, uncompressed, into a PNG that carries the profile, and the
 * browser's own colour management does the rest.
 */
export async function convertToSrgb(
  context: OffscreenCanvasRenderingContext2D,
  profile: ColourProfile,
): Promise<ImageBitmap> {
  const { width, height } = context.canvas;
  const png = encodeFlatPng(context.getImageData(0, 0, width, height), profile);
  return createImageBitmap(new Blob(png, { type: "image/png" }));
}
