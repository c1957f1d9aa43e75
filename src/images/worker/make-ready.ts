import type { EncodedPicture } from "#src/domain/picture.ts";
import { fitted, isSentAsItIs } from "#src/images/fit.ts";
import { plainHeader } from "#src/images/headers/picture-header.ts";
import type { ReadyPicture, WorkerOrder } from "#src/images/image-preparer.ts";
import { perceptualHash } from "#src/images/perceptual-hash.ts";
import { decodeJpeg } from "./decode-jpeg.ts";
import type { DecodedPicture } from "./decoded-picture.ts";
import { encode, greyPixelsOf, laidOn, paintMounted, paintSmaller } from "./paint.ts";

/** The data URI of a copy, made smaller and mounted first if it is to be. */
export async function makeReady({
  copy,
  sent,
}: Extract<WorkerOrder, { kind: "make-ready" }>): Promise<ReadyPicture> {
  if (sent === null || isSentAsItIs(copy, sent)) return { ...readyOf(copy), made: null };
  const { drawn } = fitted(copy, sent.side, sent.mount?.fit ?? null);
  const source = await decodeCopy(copy, Math.max(drawn.width, drawn.height));
  try {
    const made = await encode(await paintMounted(source, copy, sent), "copy");
    return { ...readyOf(made), made };
  } finally {
    source.close();
  }
}

/** The pixels of a stored copy, with at least `side` on its longest side if it has as many. */
async function decodeCopy(
  { bytes, mime, width, height }: EncodedPicture,
  side: number,
): Promise<DecodedPicture["source"]> {
  if (mime !== "image/jpeg") return createImageBitmap(new Blob([bytes], { type: mime }));
  return (await decodeJpeg(new Uint8Array(bytes), plainHeader(width, height), side)).source;
}

/** What a stored thumbnail looks like, as a hash: for pictures that were taken in before it was made. */
export async function hashThumbnail({
  thumbnail,
}: Extract<WorkerOrder, { kind: "hash-thumbnail" }>): Promise<string> {
  const bitmap = await createImageBitmap(new Blob([thumbnail.bytes], { type: thumbnail.mime }));
  try {
    const side = Math.max(thumbnail.width, thumbnail.height);
    const canvas = await paintSmaller(bitmap, thumbnail, side);
    return perceptualHash(greyPixelsOf(laidOn(canvas, "white")));
  } finally {
    bitmap.close();
  }
}

function readyOf({ bytes, mime, width, height }: EncodedPicture): Omit<ReadyPicture, "made"> {
  const dataUri = new FileReaderSync().readAsDataURL(new Blob([bytes], { type: mime }));
  return { dataUri, width, height, bytes: bytes.byteLength };
}
