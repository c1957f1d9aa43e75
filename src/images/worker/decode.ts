import type { PictureFormat } from "#src/domain/picture.ts";
import { unreadable, type PictureHeader } from "#src/images/headers/picture-header.ts";
import type { DecodedPicture } from "./decoded-picture.ts";
import { decodeFramePart } from "./decode-frame-part.ts";
import { decodeJpeg } from "./decode-jpeg.ts";

const mimeTypes: Readonly<Partial<Record<PictureFormat, string>>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  gif: "image/gif",
  avif: "image/avif",
  bmp: "image/bmp",
  ico: "image/x-icon",
};

interface Original {
  /** Taken away: whoever needs them after this must read them again. */
  bytes: Uint8Array<ArrayBuffer>;
  /** The same bytes once more, for a second try. */
  readAgain: () => Promise<Uint8Array<ArrayBuffer>>;
  format: PictureFormat;
  header: PictureHeader;
}

/**
 * Decodes the first frame, with at least `side` pixels on its longest side if it has as many. The bytes must need no
 * turning by EXIF. Throws FailureError if nothing, or less than half the rows, can be read.
 */
export async function decode(original: Original, side: number): Promise<DecodedPicture> {
  const picture = await decodeFirst(original, side);
  // Some decoders make do with what there is, and do not say so.
  return original.header.cutShort ? { ...picture, truncated: true } : picture;
}

async function decodeFirst(original: Original, side: number): Promise<DecodedPicture> {
  const { bytes, format, header } = original;
  if (format === "heic") return decodeHeic(original);
  if (format === "tiff") {
    const { decodeTiff } = await import("./decode-tiff.ts");
    return decodeTiff(bytes, header);
  }
  const type = mimeTypes[format] ?? "";
  try {
    return format === "jpeg"
      ? await decodeJpeg(bytes, header, side)
      : await decodeBitmap(bytes, type);
  } catch {
    const part = await decodeFramePart(await original.readAgain(), type, header);
    if (part !== null) return part;
    throw unreadable(await reasonOf(header, type));
  }
}

/** What the browser's own decoder makes of the bytes, in sRGB. */
async function decodeBitmap(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<DecodedPicture> {
  const bitmap = await createImageBitmap(new Blob([bytes], { type }));
  return {
    source: bitmap,
    stored: bitmap,
    truncated: false,
    unconverted: null,
    close: () => bitmap.close(),
  };
}

// Safari decodes HEIC itself, with the system's decoder; others need half a megabyte of WebAssembly.
async function decodeHeic({ bytes, header }: Original): Promise<DecodedPicture> {
  try {
    return await decodeBitmap(bytes, "image/heic");
  } catch {
    const { decodeHeicByLibrary } = await import("./decode-heic.ts");
    return decodeHeicByLibrary(bytes, header);
  }
}

async function reasonOf(
  header: PictureHeader,
  type: string,
): Promise<"truncated" | "damaged" | "undecodable"> {
  if (header.cutShort) return "truncated";
  const isKnown = typeof ImageDecoder === "undefined" || (await ImageDecoder.isTypeSupported(type));
  return isKnown ? "damaged" : "undecodable";
}
