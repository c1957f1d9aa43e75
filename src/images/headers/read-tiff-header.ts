import { FailureError } from "#src/domain/failure.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";
import {
  openTiff,
  readBytes,
  readDirectory,
  readNumber,
  type TiffDirectory,
  type TiffStructure,
} from "./tiff-structure.ts";

// Tag numbers: TIFF 6.0, sections 8 and 18; ICC.1 B.3; XMP part 3; DNG 1.7.
const tag = {
  subfileType: 254,
  width: 256,
  height: 257,
  photometric: 262,
  stripOffsets: 273,
  stripLengths: 279,
  tileOffsets: 324,
  tileLengths: 325,
  extraSamples: 338,
  xmp: 700,
  iptc: 33_723,
  photoshop: 34_377,
  icc: 34_675,
  dngVersion: 50_706,
} as const;

/** More directories than any scanner writes; a forged chain may be endless. */
const mostDirectories = 1_000;

interface TiffPage {
  /** Its place in the chain of directories, from 0. */
  index: number;
  directory: TiffDirectory;
}

/** Reads a TIFF's directories. The first that is neither a preview nor a mask is the picture. */
export function readTiffHeader(bytes: Uint8Array): PictureHeader {
  const tiff = openTiff(bytes);
  const pages = readPages(tiff);
  const { directory } = mainPage(tiff, pages);
  if (pages.some((page) => page.directory.entries.has(tag.dngVersion)))
    throw new FailureError({ kind: "unsupported-format", format: "DNG RAW" });
  const { entries } = directory;
  const width = readNumber(tiff, entries.get(tag.width)) ?? 0;
  const height = readNumber(tiff, entries.get(tag.height)) ?? 0;
  if (width === 0 || height === 0) throw damaged();
  const header = plainHeader(width, height);
  const wholePages = pages.filter((page) => isWholePage(tiff, page.directory));
  header.severalFrames = wholePages.length > 1;
  header.thumbnail = wholePages.length < pages.length;
  header.mayHaveAlpha = entries.has(tag.extraSamples);
  // 5 is CMYK, 8 to 10 are kinds of Lab.
  header.foreignColours = [5, 8, 9, 10].includes(
    readNumber(tiff, entries.get(tag.photometric)) ?? 0,
  );
  header.cutShort = pixelPieces(tiff, directory).some(
    ({ start, length }) => start + length > bytes.length,
  );
  const icc = readBytes(tiff, entries.get(tag.icc));
  header.profile = icc === null ? null : { kind: "icc", bytes: icc };
  header.exif = bytes;
  header.xmp = readBytes(tiff, entries.get(tag.xmp));
  header.otherMetadata = entries.has(tag.iptc) || entries.has(tag.photoshop);
  return header;
}

/** Where a TIFF's picture stands in its chain of directories, from 0, and how much of its pixel data is there, 0–1. */
export function mainTiffPage(bytes: Uint8Array): { index: number; share: number } {
  const tiff = openTiff(bytes);
  const { index, directory } = mainPage(tiff, readPages(tiff));
  const pieces = pixelPieces(tiff, directory);
  const whole = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const there = pieces.reduce(
    (sum, { start, length }) => sum + Math.max(0, Math.min(length, bytes.length - start)),
    0,
  );
  return { index, share: whole === 0 ? 1 : there / whole };
}

function readPages(tiff: TiffStructure): readonly TiffPage[] {
  const pages: TiffPage[] = [];
  let offset = tiff.first;
  while (offset !== 0 && pages.length < mostDirectories) {
    const directory = readDirectory(tiff, offset);
    pages.push({ index: pages.length, directory });
    offset = directory.next;
  }
  return pages;
}

function mainPage(tiff: TiffStructure, pages: readonly TiffPage[]): TiffPage {
  const page = pages.find(({ directory }) => isWholePage(tiff, directory)) ?? pages[0];
  if (page === undefined) throw damaged();
  return page;
}

/** Bit 0 of the subfile type marks a preview, bit 2 a mask. */
function isWholePage(tiff: TiffStructure, directory: TiffDirectory): boolean {
  return ((readNumber(tiff, directory.entries.get(tag.subfileType)) ?? 0) & 5) === 0;
}

/** The strips or tiles that hold the pixels, in bytes from the file's start. */
function pixelPieces(
  tiff: TiffStructure,
  { entries }: TiffDirectory,
): readonly { start: number; length: number }[] {
  const offsets = entries.get(tag.stripOffsets) ?? entries.get(tag.tileOffsets);
  const lengths = entries.get(tag.stripLengths) ?? entries.get(tag.tileLengths);
  return Array.from({ length: offsets?.count ?? 0 }, (_, index) => ({
    start: readNumber(tiff, offsets, index) ?? 0,
    length: readNumber(tiff, lengths, index) ?? 0,
  }));
}
