import type { PictureFormat } from "#src/domain/picture.ts";
import { crc32 } from "#src/lib/crc32.ts";
import type { PictureHeader } from "./headers/picture-header.ts";
import type { ExifFacts } from "./headers/read-exif.ts";

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
