import type { EncodedPicture } from "#src/domain/picture.ts";

/** True if a kept copy needs no other in its place: a larger one, or one that kept what is transparent. */
export function isAsGoodAs(kept: EncodedPicture, copy: EncodedPicture): boolean {
  const isAsLarge = Math.max(kept.width, kept.height) >= Math.max(copy.width, copy.height);
  return isAsLarge && (kept.mime !== "image/jpeg" || copy.mime === "image/jpeg");
}
