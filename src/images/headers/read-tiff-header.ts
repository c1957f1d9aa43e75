import { FailureError } from "#src/domain/failure.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";
import {
  claimedPieces,
  isWholePage,
  mainDirectory,
  readTiffDirectories,
} from "./read-tiff-page.ts";
import { iptcIn } from "./read-iptc.ts";
import { openTiff, readBytes, readNumber } from "./tiff-structure.ts";

// Tag numbers: TIFF 6.0, sections 8 and 18; ICC.1 B.3; XMP part 3; DNG 1.7.
const tag = {
  width: 256,
  height: 257,
  photometric: 262,
  extraSamples: 338,
  xmp: 700,
  iptc: 33_723,
  photoshop: 34_377,
  icc: 34_675,
  dngVersion: 50_706,
} as const;

/** Reads a TIFF's directories. The first that is neither a preview nor a mask is the picture. */
export function readTiffHeader(bytes: Uint8Array): PictureHeader {
  const tiff = openTiff(bytes);
  const pages = readTiffDirectories(tiff);
  const directory = mainDirectory(tiff, pages);
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
  header.cutShort = claimedPieces(tiff, directory).some(
    ({ start, length }) => start + length > bytes.length,
  );
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
