import { hasTextAt, viewOf } from "./bytes.ts";
import { boxesIn, type IsoBox } from "./iso-boxes.ts";
import { plainHeader, type PictureHeader } from "./picture-header.ts";

/** Width by height of the seven shapes that need no width of their own (ISO/IEC 18181-1, D.2). */
const shapes = [1, 12 / 10, 4 / 3, 3 / 2, 16 / 9, 5 / 4, 2];

/** Reads a JPEG XL's header, bare or in its container (ISO/IEC 18181-1, annex D; 18181-2). */
export function readJxlHeader(bytes: Uint8Array): PictureHeader {
  if (bytes[0] === 0xff) return codestreamHeader(bytes);
  const boxes = boxesIn(bytes, 0, bytes.length);
  const header = codestreamHeader(codestreamOf(boxes));
  header.cutShort = boxes.some(({ cutShort }) => cutShort);
  const exif = boxes.find(({ type }) => type === "Exif")?.data;
  // The distance to the TIFF structure comes first.
  if (exif !== undefined && exif.length > 4)
    header.exif = exif.subarray(4 + viewOf(exif).getUint32(0));
  header.xmp = boxes.find(({ type }) => type === "xml ")?.data ?? null;
  header.otherMetadata = boxes.some(({ type }) => type === "jumb" || type === "brob");
  return header;
}

/** The beginning of the codestream, which may be in pieces; each has its number in front. */
function codestreamOf(boxes: readonly IsoBox[]): Uint8Array {
  const whole = boxes.find(({ type }) => type === "jxlc");
  const part = boxes.find(({ type }) => type === "jxlp");
  const data = whole?.data ?? part?.data.subarray(4);
  if (data === undefined) throw new RangeError("no codestream before the end");
  return data;
}

function codestreamHeader(bytes: Uint8Array): PictureHeader {
  if (!hasTextAt(bytes, 0, "\xff\x0a")) throw new RangeError("no codestream");
  const bits = bitReader(bytes.subarray(2));
  const { width, height } = readSize(bits);
  const header = plainHeader(width, height);
  header.mayHaveAlpha = true;
  header.turn = 1;
  const isAllDefault = bits.next(1) === 1;
  if (isAllDefault || bits.next(1) === 0) return header;
  header.turn = 1 + bits.next(3);
  if (bits.next(1) === 1) readSize(bits);
  // With a preview in between it is too far to look.
  if (bits.next(1) === 0) header.severalFrames = bits.next(1) === 1;
  return header;
}

interface Bits {
  next(count: number): number;
}

/** Whole numbers of so many bits, the lowest first. */
function bitReader(bytes: Uint8Array): Bits {
  const view = viewOf(bytes);
  let at = 0;
  return {
    next(count) {
      let value = 0;
      for (let bit = 0; bit < count; bit += 1) {
        if (((view.getUint8(at >> 3) >> (at & 7)) & 1) === 1) value += 2 ** bit;
        at += 1;
      }
      return value;
    },
  };
}

function readSize(bits: Bits): { width: number; height: number } {
  const isSmall = bits.next(1) === 1;
  const side = (): number =>
    isSmall ? (bits.next(5) + 1) * 8 : 1 + bits.next([9, 13, 18, 30][bits.next(2)] ?? 9);
  const height = side();
  const shape = shapes[bits.next(3) - 1];
  return { height, width: shape === undefined ? side() : Math.floor(height * shape + 1e-6) };
}
