import { hasTextAt, textAt, viewOf } from "./bytes.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";

/** Reads a WebP's RIFF chunks (RFC 9649, section 2). */
export function readWebpHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  const header = plainHeader(0, 0);
  const end = view.getUint32(4, true) + 8;
  header.cutShort = end > bytes.length;
  let offset = 12;
  while (offset + 8 <= Math.min(end, bytes.length)) {
    const length = view.getUint32(offset + 4, true);
    readChunk(textAt(bytes, offset, 4), bytes.subarray(offset + 8, offset + 8 + length), header);
    // Chunks are padded to an even length.
    offset += 8 + length + (length % 2);
  }
  if (header.width === 0 || header.height === 0) {
    if (header.cutShort) throw new RangeError("no frame before the end");
    throw damaged();
  }
  return header;
}

function readChunk(type: string, data: Uint8Array, header: PictureHeader): void {
  switch (type) {
    case "VP8X":
      grow(header, 1 + uint24(data, 4), 1 + uint24(data, 7));
      header.mayHaveAlpha ||= (viewOf(data).getUint8(0) & 0x10) !== 0;
      break;
    case "VP8 ":
      // A key frame's start code, then 14 bits each (RFC 6386, section 9.1).
      if (hasTextAt(data, 3, "\x9d\x01\x2a")) {
        const view = viewOf(data);
        grow(header, view.getUint16(6, true) & 0x3fff, view.getUint16(8, true) & 0x3fff);
      }
      break;
    case "VP8L": {
      const bits = viewOf(data).getUint32(1, true);
      grow(header, 1 + (bits & 0x3fff), 1 + ((bits >>> 14) & 0x3fff));
      header.mayHaveAlpha ||= ((bits >>> 28) & 1) === 1;
      break;
    }
    case "ANIM":
      header.severalFrames = true;
      break;
    case "ALPH":
      header.mayHaveAlpha = true;
      break;
    case "ANMF":
      header.mayHaveAlpha ||= isPartlyClear(data, header);
      break;
    case "ICCP":
      header.profile = { kind: "icc", bytes: data };
      break;
    case "EXIF":
      // Some writers keep the mark that JPEG puts before EXIF data.
      header.exif = hasTextAt(data, 0, "Exif\0\0") ? data.subarray(6) : data;
      break;
    case "XMP ":
      header.xmp = data;
      break;
    default:
  }
}

/** Whether a frame of an animation leaves some of the canvas free, or says itself that it can be seen through. */
function isPartlyClear(frame: Uint8Array, canvas: PictureHeader): boolean {
  const [width, height] = [1 + uint24(frame, 6), 1 + uint24(frame, 9)];
  if (width < canvas.width || height < canvas.height) return true;
  if (hasTextAt(frame, 16, "VP8L")) return ((viewOf(frame).getUint32(25, true) >>> 28) & 1) === 1;
  return hasTextAt(frame, 16, "ALPH");
}

// The canvas and the frame may disagree in a forged file: the larger one is what could take memory.
function grow(header: PictureHeader, width: number, height: number): void {
  header.width = Math.max(header.width, width);
  header.height = Math.max(header.height, height);
}

function uint24(data: Uint8Array, offset: number): number {
  const view = viewOf(data);
  return view.getUint16(offset, true) | (view.getUint8(offset + 2) << 16);
}
