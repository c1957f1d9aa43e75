import { decode, decodeImage, toRGBA8 } from "utif2";
import { textAt } from "#src/images/headers/bytes.ts";
import { unreadable, type PictureHeader } from "#src/images/headers/picture-header.ts";
import { mainTiffPage } from "#src/images/headers/read-tiff-header.ts";
import type { DecodedPicture } from "./decode.ts";

/** Decodes a TIFF's first whole page. The caller turns it by its orientation tag. */
export async function decodeTiff(
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
): Promise<DecodedPicture> {
  const bitmap = await createImageBitmap(pixelsOf(bytes, header));
  return {
    source: bitmap,
    drawn: bitmap,
    stored: bitmap,
    truncated: header.cutShort,
    unconverted: isRgb(header) ? header.profile : null,
    close: () => bitmap.close(),
  };
}

function pixelsOf(bytes: Uint8Array<ArrayBuffer>, header: PictureHeader): ImageData {
  const page = decode(bytes.buffer)[mainTiffPage(bytes)];
  if (page === undefined) throw unreadable("damaged");
  try {
    decodeImage(bytes.buffer, page);
  } catch {
    throw unreadable(header.cutShort ? "truncated" : "undecodable");
  }
  if (page.width !== header.width || page.height !== header.height) throw unreadable("undecodable");
  const pixels = new ImageData(header.width, header.height);
  pixels.data.set(toRGBA8(page));
  return pixels;
}

/** The library makes RGB of every other colour model by itself, and their profiles no longer apply. */
function isRgb({ profile }: PictureHeader): boolean {
  return profile?.kind === "icc" && textAt(profile.bytes, 16, 4) === "RGB ";
}
