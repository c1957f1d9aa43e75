import { hasTextAt, viewOf } from "./bytes.ts";
import {
  boxesIn,
  findBox,
  readItems,
  type IsoBox,
  type IsoItem,
  type ItemTable,
} from "./iso-boxes.ts";
import { readMinimalHeader } from "./read-minimal-header.ts";
import { damaged, plainHeader, unreadable, type PictureHeader } from "./picture-header.ts";

/**
 * Reads the header of an AVIF or HEIC file (HEIF, ISO/IEC 23008-12). Its decoders turn the picture upright
 * by the file's own irot and imir, so the size is the upright one and the orientation in EXIF means nothing.
 */
export function readIsoMediaHeader(bytes: Uint8Array): PictureHeader {
  const boxes = boxesIn(bytes, 0, bytes.length);
  const meta = boxes.find((box) => box.type === "meta");
  const movie = boxes.find((box) => box.type === "moov");
  const cutShort = boxes.some((box) => box.cutShort);
  const minimal = boxes.find((box) => box.type === "mini");
  if (meta === undefined && minimal !== undefined) return readMinimalHeader(minimal);
  if (meta === undefined) {
    if (movie === undefined) throw new RangeError("no meta box before the end");
    return { ...plainHeader(...movieSize(movie)), severalFrames: true };
  }
  const items = readItems(meta);
  const header = headerOf(items, bytes);
  const share = shareThere(items, bytes);
  // Decoders make up what is missing, and say nothing.
  if (share < 0.5) throw unreadable("truncated");
  header.cutShort = cutShort || share < 1;
  header.severalFrames = movie !== undefined || pageCount(items) > 1;
  return header;
}

function headerOf(items: ItemTable, bytes: Uint8Array): PictureHeader {
  const properties = items.propertiesOf(items.primary);
  const size = properties.find((box) => box.type === "ispe");
  if (size === undefined) throw damaged();
  const view = viewOf(size.data);
  const header = plainHeader(view.getUint32(4), view.getUint32(8));
  if (header.width === 0 || header.height === 0) throw damaged();
  const turn = properties.find((box) => box.type === "irot")?.data[0] ?? 0;
  if (turn % 2 === 1) [header.width, header.height] = [header.height, header.width];
  header.mayHaveAlpha = items.properties.some(isAlpha);
  // Some cameras write the colours at the tiles of which the picture is made.
  const [tile] = tilesOf(items);
  header.profile =
    profileOf(properties) ?? (tile === undefined ? null : profileOf(items.propertiesOf(tile)));
  header.gainMap =
    items.all.some(({ type }) => type === "tmap") || items.properties.some(isGainMap);
  header.thumbnail = items.references.some((reference) => reference.type === "thmb");
  const exif = items.all.find((item) => item.type === "Exif");
  header.exif = exif === undefined ? null : exifData(items.dataOf(exif, bytes));
  const xmp = items.all.find(isXmp);
  header.xmp = xmp === undefined ? null : items.dataOf(xmp, bytes);
  return header;
}

/**
 * How much of the picture the file has: for one made of tiles, the share of whole tiles, otherwise the share of its
 * bytes.
 */
function shareThere(items: ItemTable, bytes: Uint8Array): number {
  const tiles = tilesOf(items);
  if (tiles.length === 0) return items.shareOf(items.primary, bytes);
  return tiles.filter((tile) => items.shareOf(tile, bytes) === 1).length / tiles.length;
}

function tilesOf({ references, primary }: ItemTable): readonly number[] {
  return references.flatMap(({ type, from, to }) =>
    type === "dimg" && from === primary ? to : [],
  );
}

/** As phones wrote it before there was a standard. */
function isGainMap({ type, data }: IsoBox): boolean {
  return type === "auxC" && hasTextAt(data, 4, "urn:com:apple:photo:2020:aux:hdrgainmap");
}

function isAlpha({ type, data }: IsoBox): boolean {
  return (
    type === "auxC" &&
    (hasTextAt(data, 4, "urn:mpeg:mpegB:cicp:systems:auxiliary:alpha") ||
      hasTextAt(data, 4, "urn:mpeg:hevc:2015:auxid:1"))
  );
}

function isXmp(item: IsoItem): boolean {
  return item.type === "mime" && item.contentType === "application/rdf+xml";
}

/** A picture may have both an ICC profile and code points; decoders prefer the profile. */
function profileOf(properties: readonly IsoBox[]): PictureHeader["profile"] {
  const colours = properties.filter((box) => box.type === "colr");
  const icc = colours.find(({ data }) => hasTextAt(data, 0, "prof") || hasTextAt(data, 0, "rICC"));
  if (icc !== undefined) return { kind: "icc", bytes: icc.data.subarray(4) };
  const codes = colours.find(({ data }) => hasTextAt(data, 0, "nclx"));
  if (codes === undefined) return null;
  const view = viewOf(codes.data);
  return { kind: "cicp", primaries: view.getUint16(4), transfer: view.getUint16(6) };
}

/** The item begins with the distance to its TIFF structure (HEIF, annex A.2.1). */
function exifData(data: Uint8Array | null): Uint8Array | null {
  if (data === null || data.length < 4) return null;
  return data.subarray(4 + viewOf(data).getUint32(0));
}

/** Pictures in their own right: not tiles, thumbnails, alpha planes or hidden. */
function pageCount(items: ItemTable): number {
  const parts = new Set(
    items.references.flatMap((reference) =>
      reference.type === "dimg" ? reference.to : [reference.from],
    ),
  );
  const pictures = items.all.filter((item) => /^(?:hvc1|av01|grid|iden|iovl)$/.test(item.type));
  return pictures.filter(
    (item) => item.id === items.primary || !(item.hidden || parts.has(item.id)),
  ).length;
}

/** Width and height of the first track (ISO/IEC 14496-12, 8.3.2), in whole pixels. */
function movieSize(movie: IsoBox): [number, number] {
  const track = findBox(movie, "trak");
  const trackHeader = track === undefined ? undefined : findBox(track, "tkhd");
  if (trackHeader === undefined) throw damaged();
  const view = viewOf(trackHeader.data);
  const sizeAt = trackHeader.data.length - 8;
  const size: [number, number] = [view.getUint16(sizeAt), view.getUint16(sizeAt + 4)];
  if (size[0] === 0 || size[1] === 0) throw damaged();
  return size;
}
