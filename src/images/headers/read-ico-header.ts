import { hasTextAt, viewOf } from "./bytes.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";

/** Reads an icon's or cursor's directory and the header of each picture in it; the size is that of the largest. */
export function readIcoHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  const count = view.getUint16(4, true);
  const header = plainHeader(0, 0);
  header.mayHaveAlpha = true;
  for (let index = 0; index < count; index += 1) {
    const entryAt = 6 + index * 16;
    const offset = view.getUint32(entryAt + 12, true);
    const length = view.getUint32(entryAt + 8, true);
    if (offset + length > bytes.length) header.cutShort = true;
    if (offset + 24 > bytes.length) continue;
    // The directory holds one byte per side; the true size is in the picture itself.
    const isPng = hasTextAt(bytes, offset, "\x89PNG");
    const width = isPng ? view.getUint32(offset + 16) : view.getInt32(offset + 4, true);
    // A bitmap in an icon counts its mask as rows: twice the height.
    const height = isPng ? view.getUint32(offset + 20) : view.getInt32(offset + 8, true) / 2;
    header.width = Math.max(header.width, Math.abs(width));
    header.height = Math.max(header.height, Math.abs(height));
  }
  if (header.width < 1 || header.height < 1) throw damaged();
  return header;
}
