import type { PixelSize } from "#src/images/fit.ts";
import { hasTextAt, indexOfText, viewOf } from "./bytes.ts";
import { damaged, plainHeader, type PictureHeader, type RawPreview } from "./picture-header.ts";
import { readJpegHeader } from "./read-jpeg-header.ts";
import { endOfPieces, readTiffDirectories } from "./read-tiff-header.ts";
import {
  openTiff,
  readDirectory,
  readNumber,
  readText,
  type TiffDirectory,
  type TiffStructure,
} from "./tiff-structure.ts";

// Tag numbers: TIFF 6.0, TIFF/EP and DNG 1.7; 2 and 3 are Panasonic's sides of the sensor.
const tag = {
  panasonicWidth: 2,
  panasonicHeight: 3,
  subfile: 254,
  width: 256,
  height: 257,
  compression: 259,
  photometric: 262,
  make: 271,
  subDirectories: 330,
  dngVersion: 50_706,
} as const;

/** Values of a sensor behind a colour filter, and of its linear form. */
const sensorColours: ReadonlySet<number> = new Set([32_803, 34_892]);
/** Compressions of Sony, Samsung, Nikon and Pentax, which nothing but raw files has. */
const rawCompressions: ReadonlySet<number> = new Set([32_767, 32_770, 34_713, 65_535]);
const makersOfMarks: readonly (readonly [number, string, string])[] = [
  [0, "FUJIFILMCCD-RAW", "Fujifilm"],
  [0, "IIRO", "Olympus"],
  [0, "IIRS", "Olympus"],
  [0, "MMOR", "Olympus"],
  [0, "IIU\0", "Panasonic"],
  [4, "ftypcrx ", "Canon"],
  [6, "HEAPCCDR", "Canon"],
  [0, "\0MRM", "Minolta"],
  [0, "FOVb", "Sigma"],
];

/** Who made the camera that wrote a raw file ("Nikon"); "camera" if it doesn't say; null if the file is none. */
export function rawMaker(bytes: Uint8Array): string | null {
  const marked = makersOfMarks.find(([offset, mark]) => hasTextAt(bytes, offset, mark));
  if (marked !== undefined) return marked[2];
  try {
    const tiff = openTiff(bytes);
    const directories = allDirectories(tiff);
    if (!isSensorData(tiff, directories) && !hasTextAt(bytes, 8, "CR\x02\0")) return null;
    const make = readText(tiff, directories[0]?.entries.get(tag.make)) ?? "camera";
    const word = make.split(/[ ,]/u)[0] ?? make;
    return word.slice(0, 1) + word.slice(1).toLowerCase();
  } catch {
    return null;
  }
}

function isSensorData(tiff: TiffStructure, directories: readonly TiffDirectory[]): boolean {
  const number = ({ entries }: TiffDirectory, name: number): number =>
    readNumber(tiff, entries.get(name)) ?? 0;
  const isSensor = directories.some(
    (each) =>
      each.entries.has(tag.dngVersion) ||
      sensorColours.has(number(each, tag.photometric)) ||
      rawCompressions.has(number(each, tag.compression)),
  );
  // A camera's file in which there is nothing but previews has its pixels where a cut took them.
  const isOnlyPreviews = directories.every((each) => (number(each, tag.subfile) & 1) === 1);
  const first = directories[0];
  return (
    isSensor ||
    (isOnlyPreviews &&
      first?.entries.has(tag.make) === true &&
      first.entries.has(tag.subDirectories))
  );
}

/** The directories of a file's chain, and those that hang from them. Those outside the file are left out. */
function allDirectories(tiff: TiffStructure): readonly TiffDirectory[] {
  return readTiffDirectories(tiff).flatMap((directory) => {
    const below = directory.entries.get(tag.subDirectories);
    const offsets = Array.from(
      { length: Math.min(below?.count ?? 0, 16) },
      (_, index) => readNumber(tiff, below, index) ?? 0,
    );
    return [directory, ...offsets.flatMap((offset) => directoryAt(tiff, offset))];
  });
}

function directoryAt(tiff: TiffStructure, offset: number): readonly TiffDirectory[] {
  try {
    return [readDirectory(tiff, offset)];
  } catch {
    return [];
  }
}

/** Reads what a camera's raw file says about itself, and finds the largest JPEG in it. */
export function readRawHeader(bytes: Uint8Array): PictureHeader {
  const preview = largestPreview(bytes);
  const exif = exifOf(bytes, preview);
  const size = sensorSize(bytes, exif) ?? preview;
  if (size === null) throw damaged();
  const header = plainHeader(size.width, size.height);
  header.exif = exif;
  header.preview = preview;
  header.thumbnail = preview !== null;
  header.cutShort = isCutShort(bytes, exif);
  return header;
}

/** The EXIF data: most raw files are built like it; Canon's newest and Fujifilm's have it inside. */
function exifOf(bytes: Uint8Array, preview: RawPreview | null): Uint8Array | null {
  if (hasTextAt(bytes, 0, "II") || hasTextAt(bytes, 0, "MM")) return bytes;
  const canon = hasTextAt(bytes, 4, "ftyp") ? indexOfText(bytes.subarray(0, 65_536), "CMT1") : -1;
  if (canon > 3) {
    const length = viewOf(bytes).getUint32(canon - 4) - 8;
    return bytes.subarray(canon + 4, canon + 4 + length);
  }
  if (preview === null) return null;
  try {
    return readJpegHeader(bytes.subarray(preview.start, preview.end)).exif;
  } catch {
    return null;
  }
}

/** The largest size that the file gives to any picture in it; null if that can't be told. */
function sensorSize(bytes: Uint8Array, exif: Uint8Array | null): PixelSize | null {
  const canon = hasTextAt(bytes, 4, "ftyp") ? indexOfText(bytes.subarray(0, 65_536), "CRAW") : -1;
  const view = viewOf(bytes);
  // The sides in a sample entry of video (ISO/IEC 14496-12, 12.1.3).
  if (canon !== -1)
    return { width: view.getUint16(canon + 28), height: view.getUint16(canon + 30) };
  if (exif !== bytes) return null;
  const tiff = openTiff(bytes);
  const sizes = allDirectories(tiff).map(({ entries }) => ({
    width: readNumber(tiff, entries.get(tag.width) ?? entries.get(tag.panasonicWidth)) ?? 0,
    height: readNumber(tiff, entries.get(tag.height) ?? entries.get(tag.panasonicHeight)) ?? 0,
  }));
  return largest(sizes.filter(({ width, height }) => width > 0 && height > 0));
}

function isCutShort(bytes: Uint8Array, exif: Uint8Array | null): boolean {
  if (exif !== bytes) return false;
  const tiff = openTiff(bytes);
  return allDirectories(tiff).some((directory) => endOfPieces(tiff, directory) > bytes.length);
}

function largest<Sized extends PixelSize>(all: readonly Sized[]): Sized | null {
  const area = ({ width, height }: PixelSize): number => width * height;
  return all.toSorted((one, other) => area(other) - area(one))[0] ?? null;
}

/** More JPEGs than any camera puts into one file. */
const mostPreviews = 50;

/** Goes through the bytes, since every maker keeps its previews elsewhere. Data of the sensor may be (lossless) JPEG too. */
function largestPreview(bytes: Uint8Array): RawPreview | null {
  const found: RawPreview[] = [];
  let at = bytes.indexOf(0xff);
  while (at !== -1 && found.length < mostPreviews) {
    const preview = bytes[at + 1] === 0xd8 && bytes[at + 2] === 0xff ? previewAt(bytes, at) : null;
    if (preview !== null) found.push(preview);
    at = bytes.indexOf(0xff, preview?.end ?? at + 1);
  }
  return largest(found);
}

/** A JPEG that browsers open (baseline, extended or progressive, of 8 bits) at an offset; null if there is none. */
function previewAt(bytes: Uint8Array, start: number): RawPreview | null {
  let size: PixelSize | null = null;
  let at = start + 2;
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (marker < 0xc0 || marker === 0xd8 || marker === 0xd9 || length < 2) return null;
    if (marker >= 0xc0 && marker <= 0xc2 && bytes[at + 4] === 8) {
      const view = viewOf(bytes);
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    at += 2 + length;
    if (marker !== 0xda) continue;
    const end = endMarkerAfter(bytes, at);
    return size === null || end === null || size.width * size.height === 0
      ? null
      : { ...size, start, end };
  }
  return null;
}

/** Where the picture's end marker ends: inside its scans 0xFF is followed by zero or by a marker of theirs. */
function endMarkerAfter(bytes: Uint8Array, from: number): number | null {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1) {
    if (bytes[at + 1] === 0xd9) return at + 2;
    at = bytes.indexOf(0xff, at + 1);
  }
  return null;
}
