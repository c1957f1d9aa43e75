import type { PredictedRows } from "#src/images/undo-predictor.ts";
import { damaged, unreadable } from "./picture-header.ts";
import {
  openTiff,
  readBytes,
  readDirectory,
  readNumber,
  type TiffDirectory,
  type TiffStructure,
} from "./tiff-structure.ts";

/** A strip or tile, in bytes from the file's start, no longer than the file. */
export interface TiffPiece {
  start: number;
  length: number;
}

/** A page whose claims have been checked against each other and against the data that is there. */
export interface TiffPage {
  littleEndian: boolean;
  compression: number;
  isTiled: boolean;
  pieces: readonly TiffPiece[];
  /** The size of one strip or tile once it is decompressed. */
  pieceBytes: number;
  /** How rows hold differences instead of samples; null if they hold samples. */
  predicted: PredictedRows | null;
  /** How much of the pixel data is there, 0–1. */
  share: number;
  jpegTables: Uint8Array | null;
  numbersOf(tag: number): readonly number[];
}

/** A directory in a TIFF's chain. */
interface ChainedDirectory {
  index: number;
  directory: TiffDirectory;
}

/** More directories than any scanner writes; a forged chain may be endless. */
const mostDirectories = 1_000;
/** Longer lists of numbers (colour maps have 3 × 65,536) are forged. */
const mostNumbers = 1_000_000;
const mostPixelBytes = 2 ** 31;
const mostPieceBytes = 2 ** 28;
/** White or black first, RGB, palette, CMYK, YCbCr. */
const knownColours: ReadonlySet<number> = new Set([0, 1, 2, 3, 5, 6]);
/** None, three kinds of fax, LZW, two of JPEG, two names of zlib, PackBits. */
const knownCompressions: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 7, 8, 32_946, 32_773]);

/** All directories of a TIFF, in order. */
export function readTiffDirectories(tiff: TiffStructure): readonly ChainedDirectory[] {
  const chain: ChainedDirectory[] = [];
  let offset = tiff.first;
  while (offset !== 0 && chain.length < mostDirectories) {
    const directory = readDirectory(tiff, offset);
    chain.push({ index: chain.length, directory });
    offset = directory.next;
  }
  return chain;
}

/** True if a directory is neither a preview (bit 0 of its subfile type) nor a mask (bit 2). */
export function isWholePage(tiff: TiffStructure, directory: TiffDirectory): boolean {
  return ((readNumber(tiff, directory.entries.get(254)) ?? 0) & 5) === 0;
}

/** The directory that is the picture: the first whole page. */
export function mainDirectory(
  tiff: TiffStructure,
  chain: readonly ChainedDirectory[],
): TiffDirectory {
  const main = chain.find(({ directory }) => isWholePage(tiff, directory)) ?? chain[0];
  if (main === undefined) throw damaged();
  return main.directory;
}

/** The strips or tiles that a directory claims. */
export function claimedPieces(
  tiff: TiffStructure,
  { entries }: TiffDirectory,
): readonly TiffPiece[] {
  const offsets = entries.get(273) ?? entries.get(324);
  const lengths = entries.get(279) ?? entries.get(325);
  return Array.from({ length: offsets?.count ?? 0 }, (_, index) => ({
    start: readNumber(tiff, offsets, index) ?? 0,
    length: readNumber(tiff, lengths, index) ?? 0,
  }));
}

/** Reads the picture's page for decoding. Throws FailureError if its claims contradict each other or the data. */
export function readTiffPage(bytes: Uint8Array): TiffPage {
  const tiff = openTiff(bytes);
  const directory = mainDirectory(tiff, readTiffDirectories(tiff));
  const number = (tag: number, fallback: number): number =>
    readNumber(tiff, directory.entries.get(tag)) ?? fallback;
  const compression = number(259, 1);
  const samples = number(277, 1);
  checkKind({ number, compression, samples });
  const isTiled = directory.entries.has(322);
  const claimed = claimedPieces(tiff, directory);
  const pieceBytes = sizeOfPieces({ number, samples, isTiled, count: claimed.length });
  const pieces = claimed.map(({ start, length }) => ({
    start,
    length: Math.max(0, Math.min(length, bytes.length - start)),
  }));
  const whole = totalLength(claimed);
  return {
    littleEndian: tiff.littleEndian,
    compression,
    isTiled,
    pieces,
    pieceBytes,
    predicted: number(317, 1) === 2 ? rowsOf({ number, samples, isTiled, tiff }) : null,
    share: whole === 0 ? 0 : totalLength(pieces) / whole,
    jpegTables: readBytes(tiff, directory.entries.get(347)),
    numbersOf(tag) {
      const entry = directory.entries.get(tag);
      const count = Math.min(entry?.count ?? 0, mostNumbers);
      return Array.from({ length: count }, (_, index) => readNumber(tiff, entry, index) ?? 0);
    },
  };
}

interface Claims {
  number: (tag: number, fallback: number) => number;
  samples: number;
}

function checkKind({ number, compression, samples }: Claims & { compression: number }): void {
  const isPlanar = number(284, 1) === 2 && samples > 1;
  if (
    !knownColours.has(number(262, 2)) ||
    !knownCompressions.has(compression) ||
    ![1, 2, 4, 8, 16, 32].includes(number(258, 1)) ||
    samples < 1 ||
    samples > 8 ||
    isPlanar ||
    number(317, 1) > 2
  )
    throw unreadable("undecodable");
}

/** Differences are only taken of whole bytes. */
function rowsOf({
  number,
  samples,
  isTiled,
  tiff,
}: Claims & { isTiled: boolean; tiff: TiffStructure }): PredictedRows {
  const bitsPerSample = number(258, 1);
  if (bitsPerSample !== 8 && bitsPerSample !== 16) throw unreadable("undecodable");
  const width = number(isTiled ? 322 : 256, 0);
  return {
    rowBytes: (width * samples * bitsPerSample) / 8,
    samples,
    bitsPerSample,
    littleEndian: tiff.littleEndian,
  };
}

/** Bytes of one strip or tile. Throws if there are fewer than the picture needs. */
function sizeOfPieces({
  number,
  samples,
  isTiled,
  count,
}: Claims & {
  isTiled: boolean;
  count: number;
}): number {
  const width = number(256, 0);
  const height = number(257, 0);
  const bits = number(258, 1) * samples;
  const pieceWidth = isTiled ? number(322, 0) : width;
  const pieceHeight = isTiled ? number(323, 0) : Math.min(height, number(278, height));
  if (pieceWidth < 1 || pieceHeight < 1) throw damaged();
  const needed = Math.ceil(width / pieceWidth) * Math.ceil(height / pieceHeight);
  if (count < needed) throw damaged();
  const pieceBytes = Math.ceil((pieceWidth * bits) / 8) * pieceHeight;
  if (pieceBytes > mostPieceBytes || (width * height * bits) / 8 > mostPixelBytes)
    throw unreadable("undecodable");
  return pieceBytes;
}

function totalLength(pieces: readonly TiffPiece[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}
