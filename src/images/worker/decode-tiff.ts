import { decode, decodeImage, toRGBA8, type IFD } from "utif2";
import { textAt } from "#src/images/headers/bytes.ts";
import { unreadable, type PictureHeader } from "#src/images/headers/picture-header.ts";
import { rewriteTiff } from "#src/images/rewrite-tiff.ts";
import type { DecodedPicture } from "./decoded-picture.ts";

/** Decodes a TIFF's first whole page. The caller turns it by its orientation tag. */
export async function decodeTiff(
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
): Promise<DecodedPicture> {
  const page = await rewriteTiff(bytes);
  const bitmap = await createImageBitmap(pixelsOf(page, header));
  return {
    source: bitmap,
    stored: bitmap,
    truncated: false,
    unconverted: isRgb(header) ? header.profile : null,
    close: () => bitmap.close(),
  };
}

function pixelsOf(file: ArrayBuffer, { width, height, cutShort }: PictureHeader): ImageData {
  try {
    const [page] = decode(file);
    if (page === undefined) throw unreadable("damaged");
    decodeImage(file, page);
    const pixels = new ImageData(width, height);
    pixels.data.set(inRgba(page));
    return pixels;
  } catch {
    // The library throws whatever it stumbles over, including strings and numbers.
    throw unreadable(cutShort ? "truncated" : "undecodable");
  }
}

/** Before it converts CMYK itself, the library looks for a colour engine on the page; a worker has no page. */
function inRgba(page: IFD): Uint8Array {
  Object.assign(globalThis, { window: {} });
  try {
    return toRGBA8(page);
  } finally {
    Reflect.deleteProperty(globalThis, "window");
  }
}

/** The library itself turns every other colour model into RGB, and their profiles no longer apply. */
function isRgb({ profile }: PictureHeader): boolean {
  return profile?.kind === "icc" && textAt(profile.bytes, 16, 4) === "RGB ";
}
