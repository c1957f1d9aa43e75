import { FailureError } from "#src/domain/failure.ts";
import { damaged, type LibraryHints, plainHeader, type PictureHeader } from "./picture-header.ts";
import { iptcIn } from "./read-iptc.ts";
import {
  openTiff,
  readBytes,
  readDirectory,
  readNumber,
  type TiffDirectory,
  type TiffStructure,
} from "./tiff-structure.ts";

// Tag numbers: TIFF 6.0, sections 8, 18 and 22; ICC.1 B.3; XMP part 3.
const tag = {
  subfile: 254,
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  photometric: 262,
  stripOffsets: 273,
  samples: 277,
  stripLengths: 279,
  planar: 284,
  tileOffsets: 324,
  tileLengths: 325,
  extraSamples: 338,
  sampleFormat: 339,
  xmp: 700,
  iptc: 33_723,
  photoshop: 34_377,
  icc: 34_675,
} as const;

/** Compressions that the library has no decoder for, with their names (libtiff, tiff.h). */
const foreignCompressions: ReadonlyMap<number, string> = new Map([
  [33_003, "JPEG 2000"],
  [33_005, "JPEG 2000"],
  [34_661, "JBIG"],
  [34_712, "JPEG 2000"],
  [34_887, "LERC"],
  [34_925, "LZMA"],
  [50_000, "Zstandard"],
  [50_001, "WebP"],
  [50_002, "JPEG XL"],
  [52_546, "JPEG XL"],
]);

/** Samples that photometric interpretations 0 to 8 take: white or black first, RGB, palette, mask, CMYK, YCbCr, Lab. */
const coloursOf = [1, 1, 3, 1, 1, 4, 3, 3, 3];

/** More directories than any scanner writes; a forged chain may be endless. */
const mostDirectories = 1_000;
/** A forged count of strips must not cost time. */
const mostPieces = 1_000_000;

/** Reads a TIFF's or BigTIFF's directories. The first that is neither a preview nor a mask is the picture. */
export function readTiffHeader(bytes: Uint8Array): PictureHeader {
  const tiff = openTiff(bytes);
  const pages = readTiffDirectories(tiff);
  const wholePages = pages.filter((page) => isWholePage(tiff, page));
  const main = wholePages[0] ?? pages[0];
  if (main === undefined) throw damaged();
  const { entries } = main;
  const number = (name: number, missing: number): number =>
    readNumber(tiff, entries.get(name)) ?? missing;
  const header = plainHeader(number(tag.width, 0), number(tag.height, 0));
  if (header.width === 0 || header.height === 0) throw damaged();
  refuseForeign(number);
  header.severalFrames = wholePages.length > 1;
  header.thumbnail = wholePages.length < pages.length;
  const photometric = number(tag.photometric, 1);
  header.hints = { ...hintsOf(tiff, main, photometric), page: pages.indexOf(main) };
  header.mayHaveAlpha = entries.has(tag.extraSamples) || header.hints.unnamedAlpha;
  // 5 is CMYK, 8 to 10 are kinds of Lab.
  header.foreignColours = [5, 8, 9, 10].includes(photometric);
  header.cutShort = header.hints.claimedBytes > bytes.length;
  const icc = readBytes(tiff, entries.get(tag.icc));
  header.profile = icc === null ? null : { kind: "icc", bytes: icc };
  header.exif = bytes;
  header.xmp = readBytes(tiff, entries.get(tag.xmp));
  const resources = readBytes(tiff, entries.get(tag.photoshop));
  header.iptc =
    readBytes(tiff, entries.get(tag.iptc)) ?? (resources === null ? null : iptcIn(resources));
  header.otherMetadata = entries.has(tag.iptc) || entries.has(tag.photoshop);
  return header;
}

/** All directories of a TIFF, in order. */
export function readTiffDirectories(tiff: TiffStructure): readonly TiffDirectory[] {
  const chain: TiffDirectory[] = [];
  const seen = new Set<number>();
  let offset = tiff.first;
  while (offset !== 0 && !seen.has(offset) && chain.length < mostDirectories) {
    seen.add(offset);
    const directory = readDirectory(tiff, offset);
    chain.push(directory);
    offset = directory.next;
  }
  return chain;
}

/** True if a directory is neither a preview (bit 0 of its subfile type) nor a mask (bit 2). */
function isWholePage(tiff: TiffStructure, { entries }: TiffDirectory): boolean {
  return ((readNumber(tiff, entries.get(tag.subfile)) ?? 0) & 5) === 0;
}

function refuseForeign(number: (name: number, missing: number) => number): void {
  const compression = number(tag.compression, 1);
  const isTiled = number(tag.tileOffsets, 0) > 0;
  // 7 and 6 are JPEG, 5 is CMYK.
  const isTiledInk = isTiled && [6, 7].includes(compression) && number(tag.photometric, 1) === 5;
  const name = isTiledInk ? "tiles of CMYK JPEG" : foreignCompressions.get(compression);
  if (name !== undefined)
    throw new FailureError({ kind: "unsupported-format", format: `a TIFF with ${name} inside` });
}

/** Bits a sample at which the library reads "white first" as such. */
const bitsOfWhiteFirst: ReadonlySet<number> = new Set([1, 8, 16]);

function hintsOf(tiff: TiffStructure, page: TiffDirectory, photometric: number): LibraryHints {
  const { entries } = page;
  const number = (name: number, missing: number): number =>
    readNumber(tiff, entries.get(name)) ?? missing;
  const colours = coloursOf[photometric] ?? Infinity;
  const samples = entries.get(tag.samples);
  const extra = number(tag.samples, 1) - colours;
  // 0 is "unspecified": what an editor's user had selected, or the like.
  const isNamed = number(tag.extraSamples, 0) !== 0;
  const isLoose = number(tag.planar, 1) === 2 && extra > 0 && !isNamed && samples?.type === 3;
  return {
    page: 0,
    // One sample too many is the alpha that a careless writer did not announce.
    unnamedAlpha: !entries.has(tag.extraSamples) && extra === 1 && !isLoose,
    isInverted: photometric === 0 && !bitsOfWhiteFirst.has(number(tag.bits, 1)),
    isFloat: number(tag.sampleFormat, 1) === 3,
    loosePlanes: isLoose
      ? { offset: samples.offset, colours, littleEndian: tiff.littleEndian }
      : null,
    claimedBytes: endOfPieces(tiff, page),
  };
}

/** Where the last strip or tile ends, in bytes from the file's start. */
export function endOfPieces(tiff: TiffStructure, { entries }: TiffDirectory): number {
  const offsets = entries.get(tag.stripOffsets) ?? entries.get(tag.tileOffsets);
  const lengths = entries.get(tag.stripLengths) ?? entries.get(tag.tileLengths);
  const count = Math.min(offsets?.count ?? 0, mostPieces);
  let end = 0;
  for (let index = 0; index < count; index += 1) {
    const start = readNumber(tiff, offsets, index) ?? 0;
    end = Math.max(end, start + (readNumber(tiff, lengths, index) ?? 0));
  }
  return end;
}
