import type { PictureText } from "#src/domain/picture.ts";
import { textAt } from "./bytes.ts";
import type { PictureHeader } from "./picture-header.ts";
import { decoded, readIptc } from "./read-iptc.ts";
import { readXmp } from "./read-xmp.ts";
import {
  openTiff,
  readBytes,
  readDirectory,
  readNumber,
  type TiffDirectory,
  type TiffStructure,
} from "./tiff-structure.ts";

// Tag numbers: EXIF 3.0 (CIPA DC-008), tables 4 and 8; those of Windows as in its WIC documentation.
const tag = {
  imageDescription: 0x010e,
  exifDirectory: 0x8769,
  userComment: 0x9286,
  windowsTitle: 0x9c9b,
  windowsKeywords: 0x9c9e,
} as const;

const MOST_CHARACTERS = 20_000;
const MOST_BYTES = 64_000;

/**
 * The words about a picture in its own metadata: XMP first, then IPTC, then EXIF, since the newer one is the more
 * likely to be up to date (Metadata Working Group, guidelines 2.0, 5.2). Broken data says nothing.
 */
export function readWords(header: PictureHeader): readonly PictureText[] {
  const parts = [() => xmpTexts(header), () => iptcTexts(header), () => exifTexts(header)];
  return parts.flatMap((read) => {
    try {
      return read();
    } catch {
      return [];
    }
  });
}

function xmpTexts({ xmp }: PictureHeader): PictureText[] {
  const words = readXmp(xmp);
  if (words === null) return [];
  return [
    ...textOf(words.description, { about: "description", name: "XMP dc:description" }),
    ...textOf(words.altText, { about: "alt", name: "XMP Iptc4xmpCore:AltTextAccessibility" }),
    ...textOf(words.longDescription, {
      about: "long",
      name: "XMP Iptc4xmpCore:ExtDescrAccessibility",
    }),
    ...textOf(words.title, { about: "title", name: "XMP dc:title" }),
    ...textOf(tagsText(words.keywords), { about: "keywords", name: "XMP dc:subject" }),
  ];
}

function iptcTexts({ iptc }: PictureHeader): PictureText[] {
  const words = readIptc(iptc);
  if (words === null) return [];
  return [
    ...textOf(words.caption, { about: "description", name: "IPTC 2:120" }),
    ...textOf(words.title, { about: "title", name: "IPTC 2:05" }),
    ...textOf(tagsText(words.keywords), { about: "keywords", name: "IPTC 2:25" }),
  ];
}

function exifTexts({ exif }: PictureHeader): PictureText[] {
  if (exif === null) return [];
  const tiff = openTiff(exif);
  const main = readDirectory(tiff, tiff.first);
  const exifAt = readNumber(tiff, main.entries.get(tag.exifDirectory));
  const comment = exifAt === null ? null : commentOf(tiff, readDirectory(tiff, exifAt));
  const described = bytesOf(tiff, main, tag.imageDescription);
  const description = described === null ? null : worded(decoded(described));
  const keywords = windowsText(bytesOf(tiff, main, tag.windowsKeywords))?.split(";") ?? [];
  return [
    ...textOf(description, { about: "description", name: "EXIF ImageDescription" }),
    ...(description === null
      ? textOf(comment, { about: "description", name: "EXIF UserComment" })
      : []),
    ...textOf(windowsText(bytesOf(tiff, main, tag.windowsTitle)), {
      about: "title",
      name: "EXIF XPTitle",
    }),
    ...textOf(tagsText(keywords), { about: "keywords", name: "EXIF XPKeywords" }),
  ];
}

function textOf(
  text: string | null,
  of: Pick<PictureText, "about" | "name">,
): readonly PictureText[] {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" || trimmed.length > MOST_CHARACTERS ? [] : [{ ...of, text: trimmed }];
}

// A comma inside a keyword would make two of it.
function tagsText(keywords: readonly string[]): string {
  const tags = keywords.map((keyword) => keyword.replaceAll(",", " ").trim());
  return [...new Set(tags.filter((keyword) => keyword !== ""))].join(", ");
}

function bytesOf(tiff: TiffStructure, directory: TiffDirectory, number: number): Uint8Array | null {
  const bytes = readBytes(tiff, directory.entries.get(number));
  if (bytes === null || bytes.length > MOST_BYTES) return null;
  return bytes;
}

/** UTF-16, little-endian whatever the byte order of the rest, with a zero at its end. */
function windowsText(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : untilZero(new TextDecoder("utf-16le").decode(bytes));
}

/** The first eight bytes name the character code (EXIF 3.0, 4.6.6.1). */
function commentOf(tiff: TiffStructure, exif: TiffDirectory): string | null {
  const bytes = bytesOf(tiff, exif, tag.userComment);
  if (bytes === null) return null;
  const [code, words] = [textAt(bytes, 0, 8), bytes.subarray(8)];
  if (code === "UNICODE\0")
    return sentenceIn(
      new TextDecoder(tiff.littleEndian ? "utf-16le" : "utf-16be").decode(words.slice()),
    );
  return code === "ASCII\0\0\0" || code === "\0".repeat(8) ? sentenceIn(decoded(words)) : null;
}

/** Generators keep their settings in comments, and cameras numbers: only a sentence is one about the picture. */
function sentenceIn(text: string): string | null {
  const words = worded(text);
  if (words === null || /^[[{<]|\bSteps: \d/u.test(words)) return null;
  return /\p{L}\s+\p{L}/u.test(words) ? words : null;
}

// What cameras and programs write into every picture.
const BOILERPLATE =
  /^(?:(?:\w+ )*digital (?:still )?camera|samsung camera pictures|sony dsc|dcim\b.*|exif_jpeg_picture|created with .*|lead technologies.*|imagegear.*|image description|screenshot|untitled|default|none|charset=.*|ascii|jpeg|<digimax.*)$/iu;

function worded(text: string): string | null {
  const words = untilZero(text).trim();
  return /\p{L}/u.test(words) && !BOILERPLATE.test(words) ? words : null;
}

function untilZero(text: string): string {
  const end = text.indexOf("\0");
  return end === -1 ? text : text.slice(0, end);
}
