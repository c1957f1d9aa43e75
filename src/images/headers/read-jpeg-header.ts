import { hasTextAt, indexOfText, viewOf } from "./bytes.ts";
import { iptcIn } from "./read-iptc.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";

const exifMark = "Exif\0\0";
const xmpMark = "http://ns.adobe.com/xap/1.0/\0";
const iccMark = "ICC_PROFILE\0";
/** ISO 21496-1, annex C. */
const gainMapMark = "urn:iso:std:iso:ts:21496:-1\0";
const photoshopMark = "Photoshop 3.0\0";

interface Segment {
  marker: number;
  /** The segment's data, after its length. */
  data: Uint8Array;
}

/** Reads a JPEG's segments up to its first scan (ITU-T T.81, annex B; APPn as in EXIF, XMP part 3 and ICC.1 B.4). */
export function readJpegHeader(bytes: Uint8Array): PictureHeader {
  const header = plainHeader(0, 0);
  const profile = new Map<number, Uint8Array>();
  const scanAt = eachSegment(bytes, (segment) => {
    readSegment(segment, header, profile);
  });
  if (header.width === 0 || header.height === 0) throw damaged();
  header.cutShort = !hasEndMarker(bytes, scanAt);
  header.profile = profile.size === 0 ? null : { kind: "icc", bytes: joined(inOrder(profile)) };
  return header;
}

/**
 * Walks the segments; returns where the first scan begins. As libjpeg does, it looks for the next marker if there is
 * something else in its place: some writers leave filler there, or give a segment a wrong length.
 */
function eachSegment(bytes: Uint8Array, take: (segment: Segment) => void): number {
  const view = viewOf(bytes);
  let offset = 2;
  for (;;) {
    const marker = view.getUint8(offset + 1);
    // A marker is 0xFF, any number of times, and neither 0x00 nor 0xFF; some markers stand alone.
    if (view.getUint8(offset) !== 0xff || marker === 0x00 || marker === 0xff) offset += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) offset += 2;
    else if (marker === 0xd9) throw damaged();
    else {
      const length = Math.max(2, view.getUint16(offset + 2));
      if (marker === 0xda) return offset;
      const end = offset + 2 + length;
      if (end > bytes.length) throw new RangeError("segment beyond the end");
      take({ marker, data: bytes.subarray(offset + 4, end) });
      offset = end;
    }
  }
}

/**
 * A JPEG without what is between its segments. Browsers know a JPEG by three bytes, so one whose first marker is
 * followed by filler is none for them. The bytes themselves if there is nothing to leave out.
 */
export function withoutFiller(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes[2] === 0xff) return bytes;
  const parts: Uint8Array[] = [bytes.subarray(0, 2)];
  const scanAt = eachSegment(bytes, ({ data }) => {
    const dataAt = data.byteOffset - bytes.byteOffset;
    parts.push(bytes.subarray(dataAt - 4, dataAt + data.length));
  });
  return joined([...parts, bytes.subarray(scanAt)]);
}

function readSegment(
  { marker, data }: Segment,
  header: PictureHeader,
  profile: Map<number, Uint8Array>,
): void {
  if (isFrame(marker)) {
    const view = viewOf(data);
    header.height = view.getUint16(1);
    header.width = view.getUint16(3);
    header.foreignColours = view.getUint8(5) === 4;
    header.oddCoding = oddCoding(marker, view.getUint8(0), view.getUint8(5));
  } else if (marker === 0xe1 && hasTextAt(data, 0, exifMark)) {
    header.exif ??= data.subarray(exifMark.length);
  } else if (marker === 0xe1 && hasTextAt(data, 0, xmpMark)) {
    header.xmp ??= data.subarray(xmpMark.length);
    header.gainMap ||=
      indexOfText(data, "hdrgm:Version") !== -1 || indexOfText(data, "HDRGainMap") !== -1;
  } else if (marker === 0xe2 && hasTextAt(data, 0, iccMark)) {
    profile.set(data[iccMark.length] ?? 0, data.subarray(iccMark.length + 2));
  } else if (marker === 0xe2 && hasTextAt(data, 0, gainMapMark)) {
    header.gainMap = true;
  } else if (marker === 0xe0 && hasTextAt(data, 0, "JFXX\0")) {
    header.thumbnail = true;
  } else if (marker === 0xe2 && hasTextAt(data, 0, "MPF\0")) {
    // Multi-picture format: previews, depth maps and gain maps follow the main picture.
    header.thumbnail = true;
  } else if (marker === 0xfe || hasTextAt(data, 0, photoshopMark) || isPrivate(marker, data)) {
    header.otherMetadata = true;
    if (marker === 0xed && hasTextAt(data, 0, photoshopMark))
      header.iptc ??= iptcIn(data.subarray(photoshopMark.length));
  }
}

/** Start-of-frame markers; C4, C8 and CC are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** What keeps browsers from a frame of this kind (T.81, table B.1), of so many bits a sample and so many components. */
function oddCoding(marker: number, bits: number, components: number): PictureHeader["oddCoding"] {
  if (bits === 12) return components === 1 ? "12-bit-grey" : "12-bit";
  if (marker === 0xc3) return "lossless";
  if (marker >= 0xc9 && marker <= 0xcb) return "arithmetic";
  return marker > 0xc3 ? "hierarchical" : null;
}

/**
 * Application data other than JFIF's density and Adobe's colour transform, which say nothing about a
 * person.
 */
function isPrivate(marker: number, data: Uint8Array): boolean {
  if (marker < 0xe0 || marker > 0xef) return false;
  return !hasTextAt(data, 0, "JFIF\0") && !hasTextAt(data, 0, "Adobe");
}

/** The end marker cannot occur inside a scan (0xFF is stuffed there), so one after the first scan ends the picture. */
function hasEndMarker(bytes: Uint8Array, scanAt: number): boolean {
  let index = bytes.lastIndexOf(0xd9);
  while (index > scanAt) {
    if (bytes[index - 1] === 0xff) return true;
    index = bytes.lastIndexOf(0xd9, index - 1);
  }
  return false;
}

function inOrder(parts: ReadonlyMap<number, Uint8Array>): readonly Uint8Array[] {
  return [...parts].toSorted(([one], [other]) => one - other).map(([, part]) => part);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
