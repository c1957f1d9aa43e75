import type { PictureFormat, PictureNote, RemovedPart } from "#src/domain/picture.ts";
import { type PictureHeader, unreadable } from "./headers/picture-header.ts";
import { readBmpHeader } from "./headers/read-bmp-header.ts";
import {
  readDdsHeader,
  readExrHeader,
  readPcxHeader,
  readQoiHeader,
  readTgaHeader,
} from "./headers/read-game-headers.ts";
import { readGifHeader } from "./headers/read-gif-header.ts";
import { readIcoHeader } from "./headers/read-ico-header.ts";
import { readIsoMediaHeader } from "./headers/read-iso-media-header.ts";
import { readJp2Header } from "./headers/read-jp2-header.ts";
import { readJpegHeader } from "./headers/read-jpeg-header.ts";
import { readJxlHeader } from "./headers/read-jxl-header.ts";
import { readPngHeader } from "./headers/read-png-header.ts";
import { readPsdHeader } from "./headers/read-psd-header.ts";
import { readRawHeader } from "./headers/read-raw-header.ts";
import { readSvgHeader } from "./headers/read-svg-header.ts";
import { readTiffHeader } from "./headers/read-tiff-header.ts";
import { readWebpHeader } from "./headers/read-webp-header.ts";
import { indexOfText } from "./headers/bytes.ts";
import { differsFromSrgb, isHighRange } from "./headers/colour-profile.ts";
import type { ExifFacts } from "./headers/read-exif.ts";

const readers: Readonly<Record<PictureFormat, (bytes: Uint8Array) => PictureHeader>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  gif: readGifHeader,
  avif: readIsoMediaHeader,
  heic: readIsoMediaHeader,
  bmp: readBmpHeader,
  ico: readIcoHeader,
  svg: readSvgHeader,
  tiff: readTiffHeader,
  jxl: readJxlHeader,
  psd: readPsdHeader,
  jp2: readJp2Header,
  exr: readExrHeader,
  tga: readTgaHeader,
  dds: readDdsHeader,
  pcx: readPcxHeader,
  qoi: readQoiHeader,
  raw: readRawHeader,
};

/**
 * What a file says about itself, read from its bytes without decoding a pixel or taking memory for one.
 * Throws FailureError: damaged if the format's rules are broken, truncated if the header itself is cut.
 */
export function readHeader(bytes: Uint8Array, format: PictureFormat): PictureHeader {
  try {
    return readers[format](bytes);
  } catch (thrown) {
    if (thrown instanceof RangeError) throw unreadable("truncated");
    throw thrown;
  }
}

const formatsTurnedByTheirDecoder: ReadonlySet<PictureFormat> = new Set(["avif", "heic", "psd"]);

/** The turn that drawing has to make, 1–8; 1 if the decoder makes it, whatever EXIF says. */
export function orientationToApply(
  format: PictureFormat,
  { turn }: PictureHeader,
  exif: ExifFacts,
): number {
  return turn ?? (formatsTurnedByTheirDecoder.has(format) ? 1 : exif.orientation);
}

/** Whether the file says where it was taken, in EXIF or in XMP. */
export function hasLocation(header: PictureHeader, exif: ExifFacts): boolean {
  return exif.hasLocation || (header.xmp !== null && indexOfText(header.xmp, "GPSLatitude") !== -1);
}

/** What the file says beyond its pixels, none of which is in the copy. */
export function removedParts(header: PictureHeader, exif: ExifFacts): readonly RemovedPart[] {
  const parts: RemovedPart[] = [];
  if (hasLocation(header, exif)) parts.push("location");
  if (exif.camera !== null) parts.push("camera");
  if (exif.capturedAt !== null) parts.push("capture-date");
  if (exif.hasThumbnail || header.thumbnail) parts.push("thumbnail");
  if (header.xmp !== null || header.otherMetadata) parts.push("other-metadata");
  return parts;
}

/** Whether the file's colours must be converted to become sRGB. */
export async function hasOtherColours(header: PictureHeader): Promise<boolean> {
  return header.foreignColours || (await differsFromSrgb(header.profile));
}

/** What the user should know about how the file was read; `found` is what its header's own fields do not show. */
export function pictureNotes(
  header: PictureHeader,
  found: {
    otherColours: boolean;
    truncated: boolean;
    preview: boolean;
    isBare: boolean;
  },
): readonly PictureNote[] {
  const notes: PictureNote[] = [];
  if (header.severalFrames) notes.push("first-frame-only");
  if (found.preview) notes.push("preview-only");
  if (found.truncated) notes.push("truncated");
  if (found.otherColours) notes.push("colours-converted");
  if (isHighRange(header.profile)) notes.push("tone-mapped");
  if (header.gainMap) notes.push("gain-map-unused");
  if (found.isBare) notes.push("labels-missing");
  return notes;
}
