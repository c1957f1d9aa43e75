import { eighthsFor, fitWithin } from "#src/images/fit.ts";
import { type PictureHeader, plainHeader } from "#src/images/headers/picture-header.ts";
import type { DecodedPicture } from "./decoded-picture.ts";
import type { ReadyPicture, WorkerOrder } from "#src/images/image-preparer.ts";
import { perceptualHash } from "#src/images/perceptual-hash.ts";
import { encode, greyPixelsOf, paintSmaller } from "./paint.ts";

/**
 * Decodes a JPEG no larger than it is needed: the decoder leaves out the frequencies that would be averaged away.
 * The bytes are given to it, rather than copied. Rejects if the data is cut or broken.
 */
export async function decodeJpeg(
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
  side: number,
): Promise<DecodedPicture> {
  const source = await decodeAtSize(bytes, header, side);
  return {
    source,
    stored: { width: header.width, height: header.height },
    truncated: false,
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

/** The data URI of a copy, made smaller first if it is larger than wanted. */
export async function makeReady({
  copy,
  side,
}: Extract<WorkerOrder, { kind: "make-ready" }>): Promise<ReadyPicture> {
  const size = fitWithin(copy, side);
  if (size.width === copy.width && size.height === copy.height)
    return { ...size, dataUri: dataUri(copy.bytes), bytes: copy.bytes.byteLength, made: null };
  const decoded = await decodeJpeg(
    new Uint8Array(copy.bytes),
    plainHeader(copy.width, copy.height),
    side,
  );
  try {
    const made = await encode(await paintSmaller(decoded.source, copy, side), "copy");
    return {
      dataUri: dataUri(made.bytes),
      width: made.width,
      height: made.height,
      bytes: made.bytes.byteLength,
      made,
    };
  } finally {
    decoded.close();
  }
}

/** What a stored thumbnail looks like, as a hash: for pictures that were taken in before it was made. */
export async function hashThumbnail({
  thumbnail,
}: Extract<WorkerOrder, { kind: "hash-thumbnail" }>): Promise<string> {
  const bitmap = await createImageBitmap(new Blob([thumbnail.bytes], { type: thumbnail.mime }));
  try {
    const side = Math.max(thumbnail.width, thumbnail.height);
    return perceptualHash(greyPixelsOf(await paintSmaller(bitmap, thumbnail, side)));
  } finally {
    bitmap.close();
  }
}

function dataUri(bytes: ArrayBuffer): string {
  return new FileReaderSync().readAsDataURL(new Blob([bytes], { type: "image/jpeg" }));
}
