import { decode, decodeImage, toRGBA8, type IFD } from "utif2";
import { textAt } from "#src/images/headers/bytes.ts";
import { unreadable, type PictureHeader } from "#src/images/headers/picture-header.ts";
import { mainTiffPage } from "#src/images/headers/read-tiff-header.ts";
import type { DecodedPicture } from "./decode.ts";

/** A picture is worth keeping where at least this share of its pixel data is there. */
const leastShare = 0.5;

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
  const { index, share } = mainTiffPage(bytes);
  if (share < leastShare) throw unreadable("truncated");
  const page = decode(bytes.buffer)[index];
  if (page === undefined) throw unreadable("damaged");
  if (!isDecodable(page)) throw unreadable("undecodable");
  const pixels = new ImageData(header.width, header.height);
  try {
    decodeImage(bytes.buffer, page);
    pixels.data.set(inRgba(page));
  } catch {
    // The library throws whatever it stumbles over, strings and numbers among them.
    throw unreadable(header.cutShort ? "truncated" : "undecodable");
  }
  return pixels;
}

/** Grey, RGB, palette, CMYK and YCbCr whose samples stand side by side; of others the library makes nonsense. */
function isDecodable(page: IFD): boolean {
  const photometric = firstOf(page["t262"]) ?? 2;
  const isPlanar = firstOf(page["t284"]) === 2 && (firstOf(page["t277"]) ?? 1) > 1;
  return [0, 1, 2, 3, 5, 6].includes(photometric) && !isPlanar;
}

function firstOf(value: IFD[string] | undefined): number | null {
  const first = Array.isArray(value) ? value[0] : null;
  return typeof first === "number" ? first : null;
}

/** The library looks for a colour engine on the page before it converts CMYK by itself; a worker has no page. */
function inRgba(page: IFD): Uint8Array {
  Object.assign(globalThis, { window: {} });
  try {
    return toRGBA8(page);
  } finally {
    Reflect.deleteProperty(globalThis, "window");
  }
}

/** The library makes RGB of every other colour model by itself, and their profiles no longer apply. */
function isRgb({ profile }: PictureHeader): boolean {
  return profile?.kind === "icc" && textAt(profile.bytes, 16, 4) === "RGB ";
}
