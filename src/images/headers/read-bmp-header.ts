import { viewOf } from "./bytes.ts";
import { damaged, plainHeader, type PictureHeader } from "./picture-header.ts";

/** Reads a Windows bitmap's file and info headers. */
export function readBmpHeader(bytes: Uint8Array): PictureHeader {
  const view = viewOf(bytes);
  const isCore = view.getUint32(14, true) === 12;
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  // A negative height stores the rows from the top.
  const height = Math.abs(isCore ? view.getUint16(20, true) : view.getInt32(22, true));
  if (width <= 0 || height === 0) throw damaged();
  const bitsPerPixel = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? 0 : view.getUint32(30, true);
  const header = plainHeader(width, height);
  // Run-length encoding (1 and 2) may leave pixels out.
  const isRunLength = compression === 1 || compression === 2;
  header.mayHaveAlpha = bitsPerPixel === 32 || bitsPerPixel === 16 || isRunLength;
  const isPlain = compression === 0 || compression === 3;
  const rowBytes = Math.ceil((width * bitsPerPixel) / 32) * 4;
  header.cutShort = isPlain && view.getUint32(10, true) + rowBytes * height > bytes.length;
  return header;
}
