const START_OF_IMAGE = 0xffd8;
// Start-of-frame markers of every coding (ITU-T T.81, table B.1): C0 to CF but for C4, C8 and CC.
const NO_FRAMES: ReadonlySet<number> = new Set([0xffc4, 0xffc8, 0xffcc]);
const START_OF_SCAN = 0xffda;
// Restart markers, start and end of image, TEM: they stand alone.
const LENGTHLESS: ReadonlySet<number> = new Set([
  0xff01, 0xffd0, 0xffd1, 0xffd2, 0xffd3, 0xffd4, 0xffd5, 0xffd6, 0xffd7, 0xffd8, 0xffd9,
]);

/** Width and height of a JPEG as its frame header has them, in pixels; null where these bytes are no JPEG. */
export function jpegSize(bytes: Uint8Array): { width: number; height: number } | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== START_OF_IMAGE) return null;
  for (let at = 2; at + 9 <= view.byteLength;) {
    const marker = view.getUint16(at);
    if (marker < 0xff00 || marker === START_OF_SCAN) return null;
    // Fill bytes may stand before a marker.
    if (marker === 0xffff) at += 1;
    else if (LENGTHLESS.has(marker)) at += 2;
    else if (marker >= 0xffc0 && marker <= 0xffcf && !NO_FRAMES.has(marker)) {
      const size = { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
      return size.width > 0 && size.height > 0 ? size : null;
    } else at += 2 + view.getUint16(at + 2);
  }
  return null;
}
