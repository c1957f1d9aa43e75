import type { Background } from "#src/domain/mount.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { layBehind } from "#src/images/lay-behind.ts";

/** A stored picture on a background, as it is sent, encoded for the screen. */
export async function layOn(
  { bytes, mime, width, height }: EncodedPicture,
  background: Background,
): Promise<Blob> {
  const original = new Blob([bytes], { type: mime });
  const context = new OffscreenCanvas(width, height).getContext("2d");
  if (context === null) return original;
  const bitmap = await createImageBitmap(original);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  layBehind(context, background);
  return context.canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
}
