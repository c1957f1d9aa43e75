import type { SheetImage } from "#src/domain/image.ts";
import type { PictureFacts } from "#src/domain/picture.ts";

/** "4032×3024", or how the picture reaches the service if its pixels are not known here. */
export function sizeText(image: SheetImage, facts: PictureFacts | null): string {
  if (facts !== null) return `${facts.width}×${facts.height}`;
  switch (image.source.kind) {
    case "url":
      return "by URL";
    case "runware":
      return "by UUID";
    case "file":
    case "clipboard":
    case "sample":
    case "part":
    case "hash":
      return "";
  }
}
