import { eighthsFor } from "#src/images/fit.ts";
import type { PictureHeader } from "#src/images/headers/picture-header.ts";
import { decodedPicture, type DecodedPicture } from "./decoded-picture.ts";

/**
 * Decodes a JPEG no larger than it is needed: the decoder leaves out the frequencies that would be averaged away.
 * The bytes are given to it, rather than copied. Rejects if the data is cut or broken.
 */
export async function decodeJpeg(
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
  side: number,
): Promise<DecodedPicture> {
  const { width, height } = header;
  return decodedPicture(await decodeAtSize(bytes, header, side), { stored: { width, height } });
}

async function decodeAtSize(
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
  side: number,
): Promise<ImageBitmap | VideoFrame> {
  const type = "image/jpeg";
  const eighths = eighthsFor(header, side);
  if (eighths === 8 || typeof ImageDecoder === "undefined")
    return createImageBitmap(new Blob([bytes], { type }));
  const decoder = new ImageDecoder({
    data: bytes,
    transfer: [bytes.buffer],
    type,
    desiredWidth: Math.ceil((header.width * eighths) / 8),
    desiredHeight: Math.ceil((header.height * eighths) / 8),
  });
  try {
    return (await decoder.decode({ frameIndex: 0 })).image;
  } finally {
    decoder.close();
  }
}
