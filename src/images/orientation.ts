import type { PixelSize } from "./fit.ts";
import type { PictureFormat } from "#src/domain/picture.ts";
import { crc32 } from "#src/lib/crc32.ts";
import type { PictureHeader } from "./headers/picture-header.ts";
import type { ExifFacts } from "./headers/read-exif.ts";

/** The canvas transform a, b, c, d, e, f. */
type Transform = readonly [number, number, number, number, number, number];

/** The size of a picture once it is upright. Orientation as in EXIF 2.3, tag 0x0112: 5–8 lie on their side. */
export function uprightSize(stored: PixelSize, orientation: number): PixelSize {
  return liesOnItsSide(orientation) ? { width: stored.height, height: stored.width } : stored;
}

/** True if width and height change places when the picture is turned upright. */
export function liesOnItsSide(orientation: number): boolean {
  return orientation >= 5 && orientation <= 8;
}

/**
 * The canvas transform that makes stored pixels upright when they are drawn at 0, 0. `stored` is
 * the size that they are drawn at, before turning. Unknown orientations turn nothing.
 */
export function uprightTransform(stored: PixelSize, orientation: number): Transform {
  const { width, height } = stored;
  switch (orientation) {
    case 2:
      return [-1, 0, 0, 1, width, 0];
    case 3:
      return [-1, 0, 0, -1, width, height];
    case 4:
      return [1, 0, 0, -1, 0, height];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, height, 0];
    case 7:
      return [0, -1, -1, 0, height, width];
    case 8:
      return [0, -1, 1, 0, 0, width];
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}

/**
 * Overwrites the orientation in the file with 1, in place. Browsers differ in which formats they turn by EXIF
 * and in what "none" means to them. A file that needs no turn comes out the same everywhere, and we turn it once
 * ourselves.
 */
export function eraseOrientation({
  bytes,
  format,
  header,
  exif,
}: {
  bytes: Uint8Array;
  format: PictureFormat;
  header: PictureHeader;
  exif: ExifFacts;
}): void {
  if (header.exif === null || exif.orientationOffset === null || exif.orientation === 1) return;
  const at = header.exif.byteOffset - bytes.byteOffset + exif.orientationOffset;
  new DataView(bytes.buffer, bytes.byteOffset).setUint16(at, 1, exif.littleEndian);
  if (format === "png") sealChunk(bytes, header.exif);
}

/** A PNG chunk's checksum covers its type and data, and follows them. */
function sealChunk(bytes: Uint8Array, data: Uint8Array): void {
  const start = data.byteOffset - bytes.byteOffset;
  const end = start + data.length;
  new DataView(bytes.buffer, bytes.byteOffset).setUint32(
    end,
    crc32(bytes.subarray(start - 4, end)),
  );
}
