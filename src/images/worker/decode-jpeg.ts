import { eighthsFor } from "#src/images/fit.ts";
import type { PictureHeader } from "#src/images/headers/picture-header.ts";
import type { DecodedPicture } from "./decode.ts";

/**
 * Decodes a JPEG no larger than it is needed: the decoder leaves out the frequencies that would be averaged away.
 * Rejects where the data is cut or broken.
 */
export async function decodeJpeg(
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
  side: number,
): Promise<DecodedPicture> {
  const source = await decodeAtSize(bytes, header, side);
  const drawn =
    source instanceof ImageBitmap
      ? { width: source.width, height: source.height }
      : { width: source.displayWidth, height: source.displayHeight };
  return {
    source,
    drawn,
    stored: { width: header.width, height: header.height },
    truncated: false,
    turnedByBrowser: false,
    unconverted: null,
    close: () => source.close(),
  };
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
