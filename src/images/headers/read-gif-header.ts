import { hasTextAt, viewOf } from "./bytes.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";

/** Walks a GIF's blocks up to its second frame (GIF89a specification, sections 17–27). */
export function readGifHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  const header = plainHeader(view.getUint16(6, true), view.getUint16(8, true));
  header.cutShort = true;
  let offset = 13 + colourTableBytes(view.getUint8(10));
  let frames = 0;
  while (offset < bytes.length && frames < 2) {
    const block = view.getUint8(offset);
    if (block === 0x3b) break;
    if (block === 0x2c) {
      frames += 1;
      if (frames === 1) fitToFrame(header, view, offset);
      offset = afterSubBlocks(view, offset + 11 + colourTableBytes(view.getUint8(offset + 9)));
    } else if (block === 0x21) {
      readExtension(bytes, offset, header);
      offset = afterSubBlocks(view, offset + 2);
    } else if (frames === 0) throw damaged();
    else break;
    // Only the end mark may be missing from a whole first frame.
    if (frames === 1 && offset <= bytes.length) header.cutShort = false;
  }
  if (frames === 0 || header.width === 0 || header.height === 0) throw damaged();
  header.severalFrames = frames > 1;
  return header;
}

function readExtension(bytes: Uint8Array, offset: number, header: PictureHeader): void {
  const label = bytes[offset + 1];
  if (label === 0xf9) header.mayHaveAlpha ||= ((bytes[offset + 3] ?? 0) & 1) === 1;
  else if (label === 0xfe) header.otherMetadata = true;
  else if (label === 0xff && hasTextAt(bytes, offset + 3, "XMP DataXMP"))
    header.xmp = bytes.subarray(offset + 14);
}

// The first frame may be larger than the screen the file names; browsers then enlarge the screen. What a smaller one
// leaves of the screen is transparent.
function fitToFrame(header: PictureHeader, view: DataView, offset: number): void {
  const [left, top] = [view.getUint16(offset + 1, true), view.getUint16(offset + 3, true)];
  const [width, height] = [view.getUint16(offset + 5, true), view.getUint16(offset + 7, true)];
  header.width = Math.max(header.width, left + width);
  header.height = Math.max(header.height, top + height);
  header.mayHaveAlpha ||= width < header.width || height < header.height;
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** The offset after a chain of sub-blocks; beyond the end if the data is cut within it. */
function afterSubBlocks(view: DataView, start: number): number {
  let offset = start;
  while (offset < view.byteLength) {
    const length = view.getUint8(offset);
    offset += 1 + length;
    if (length === 0) return offset;
  }
  return view.byteLength + 1;
}
