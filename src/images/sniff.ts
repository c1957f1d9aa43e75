import type { PictureFormat } from "#src/domain/picture.ts";
import { decodeXmlText, hasTextAt, indexOfText, textAt, viewOf } from "./headers/bytes.ts";
import { looksLikeTga } from "./headers/read-game-headers.ts";
import { rawMaker } from "./headers/read-raw-header.ts";

/**
 * What a file is by its first bytes. "foreign" is a known format that is not taken, with its name for the user.
 */
export type Sniffed =
  | { kind: "picture"; format: PictureFormat }
  | { kind: "foreign"; name: string }
  | { kind: "unknown" };

/** Enough bytes to tell every format. */
export const sniffBytes = 16_384;

const pictureSignatures: readonly (readonly [PictureFormat, number, string])[] = [
  ["jpeg", 0, "\xff\xd8\xff"],
  ["png", 0, "\x89PNG\r\n\x1a\n"],
  ["gif", 0, "GIF87a"],
  ["gif", 0, "GIF89a"],
  ["bmp", 0, "BM"],
  ["ico", 0, "\0\0\x01\0"],
  ["ico", 0, "\0\0\x02\0"],
  ["tiff", 0, "II*\0"],
  ["tiff", 0, "MM\0*"],
  ["tiff", 0, "II+\0\b\0"],
  ["tiff", 0, "MM\0+\0\b"],
  ["jxl", 0, "\xff\x0a"],
  ["jxl", 0, "\0\0\0\fJXL \r\n\x87\n"],
  ["psd", 0, "8BPS\0\x01"],
  ["psd", 0, "8BPS\0\x02"],
  ["jp2", 0, "\xff\x4f\xff\x51"],
  ["jp2", 0, "\0\0\0\fjP  \r\n\x87\n"],
  ["exr", 0, "v/1\x01"],
  ["dds", 0, "DDS \x7c\0\0\0"],
  ["pcx", 0, "\n"],
  ["qoi", 0, "qoif"],
];

const foreignSignatures: readonly (readonly [string, number, string])[] = [
  ["PDF", 0, "%PDF-"],
  ["PostScript", 0, "%!PS"],
  ["JPEG XR", 0, "II\xbc\x01"],
  ["Radiance HDR", 0, "#?RADIANCE"],
  ["ZIP", 0, "PK\x03\x04"],
  ["GIMP", 0, "gimp xcf"],
];

/** Says what a file is by its bytes, never by its name or declared type. Needs all of them. */
export function sniff(bytes: Uint8Array): Sniffed {
  if (rawMaker(bytes) !== null) return { kind: "picture", format: "raw" };
  for (const [format, offset, signature] of pictureSignatures) {
    if (hasTextAt(bytes, offset, signature) && isPlausible(bytes, format))
      return { kind: "picture", format };
  }
  if (isBareBitmap(bytes)) return { kind: "picture", format: "bmp" };
  if (isFilledJpeg(bytes)) return { kind: "picture", format: "jpeg" };
  if (hasTextAt(bytes, 0, "RIFF") && hasTextAt(bytes, 8, "WEBP"))
    return { kind: "picture", format: "webp" };
  for (const [name, offset, signature] of foreignSignatures) {
    if (hasTextAt(bytes, offset, signature)) return { kind: "foreign", name };
  }
  if (hasTextAt(bytes, 4, "ftyp")) return sniffIsoMedia(bytes);
  if (isSvg(bytes)) return { kind: "picture", format: "svg" };
  // It has no signature: last of all.
  return looksLikeTga(bytes) ? { kind: "picture", format: "tga" } : { kind: "unknown" };
}

// Two letters and four common bytes are weak signatures: text may begin with them.
function isPlausible(bytes: Uint8Array, format: PictureFormat): boolean {
  if (format === "bmp") {
    const headerBytes = bytes[14] ?? 0;
    return [12, 16, 40, 52, 56, 64, 108, 124].includes(headerBytes) && bytes[15] === 0;
  }
  if (format === "ico")
    return (bytes[4] ?? 0) + (bytes[5] ?? 0) > 0 && (bytes[9] === 0 || bytes[9] === 255);
  // Version, packing, bits, a size that is not negative, planes, and a byte that is always zero.
  if (format === "pcx")
    return (
      bytes.length > 128 &&
      [0, 2, 3, 4, 5].includes(bytes[1] ?? 1) &&
      (bytes[2] ?? 2) <= 1 &&
      [1, 2, 4, 8].includes(bytes[3] ?? 0) &&
      viewOf(bytes).getUint16(8, true) >= viewOf(bytes).getUint16(4, true) &&
      viewOf(bytes).getUint16(10, true) >= viewOf(bytes).getUint16(6, true) &&
      bytes[64] === 0 &&
      [1, 2, 3, 4].includes(bytes[65] ?? 0)
    );
  return true;
}

/** A bitmap without the header by which files begin, as the clipboard has it: "DIB" ([MS-WMF], 2.2.2.3). */
function isBareBitmap(bytes: Uint8Array): boolean {
  if (bytes.length < 40) return false;
  const view = viewOf(bytes);
  const [planes, bits, compression] = [
    view.getUint16(12, true),
    view.getUint16(14, true),
    view.getUint32(16, true),
  ];
  return (
    [40, 52, 56, 108, 124].includes(view.getUint32(0, true)) &&
    planes === 1 &&
    [1, 4, 8, 16, 24, 32].includes(bits) &&
    [0, 1, 2, 3, 6].includes(compression)
  );
}

/** A JPEG with filler before its first marker, told by what that marker begins. */
function isFilledJpeg(bytes: Uint8Array): boolean {
  if (!hasTextAt(bytes, 0, "\xff\xd8")) return false;
  const start = bytes.subarray(0, sniffBytes);
  return ["\xff\xe0\0\x10JFIF\0", "\xff\xdb\0\x43", "\xff\xdb\0\x84", "Exif\0\0"].some(
    (text) => indexOfText(start, text) !== -1,
  );
}

function sniffIsoMedia(bytes: Uint8Array): Sniffed {
  const lengthOfBox = bytes.length < 16 ? 0 : viewOf(bytes).getUint32(0);
  const brands = [textAt(bytes, 8, 4)];
  for (let offset = 16; offset + 4 <= Math.min(lengthOfBox, bytes.length, sniffBytes); offset += 4)
    brands.push(textAt(bytes, offset, 4));
  if (brands.some((brand) => brand === "avif" || brand === "avis"))
    return { kind: "picture", format: "avif" };
  if (brands.some((brand) => /^(?:hei[cxms]|hev[cxms])$/.test(brand)))
    return { kind: "picture", format: "heic" };
  // Files of the small form ("mif3") name the codec where others have a version number.
  if (brands[0] === "mif3")
    return { kind: "picture", format: hasTextAt(bytes, 12, "avif") ? "avif" : "heic" };
  // "mif1" only names the container; its decoder has to say what is inside.
  if (brands.some((brand) => brand === "mif1" || brand === "msf1"))
    return { kind: "picture", format: "heic" };
  return { kind: "foreign", name: brands[0] === "qt  " ? "QuickTime video" : "video" };
}

function isSvg(bytes: Uint8Array): boolean {
  const text = decodeXmlText(bytes.subarray(0, sniffBytes));
  const root = text
    .replace(/^\uFEFF/, "")
    .replaceAll(/<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\]\s*)?>/gi, "")
    .trimStart();
  return /^<(?:\w+:)?svg[\s>/]/.test(root);
}
