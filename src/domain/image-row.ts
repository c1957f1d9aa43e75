import type { SheetImage } from "./image.ts";

// What reading and ordering the rows of images takes: the first page does that before it shows one.

/** The order of frames: by number, the parts of an image behind it. */
export function byFrame(left: SheetImage, right: SheetImage): number {
  return left.frame - right.frame || partNumber(left) - partNumber(right);
}

function partNumber({ source }: SheetImage): number {
  return source.kind === "part" ? source.number : 0;
}

/** The hash of the image's original bytes, or null for remote and unfinished ones. */
export function pictureHashOf(image: SheetImage): string | null {
  const { preparation } = image;
  return preparation.phase === "ready" || preparation.phase === "unseen"
    ? preparation.pictureHash
    : null;
}
