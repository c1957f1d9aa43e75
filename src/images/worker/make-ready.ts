import { fitWithin } from "#src/images/fit.ts";
import type { ReadyPicture } from "#src/images/image-preparer.ts";
import type { WorkerOrder } from "#src/images/worker-messages.ts";
import { plainHeader } from "#src/images/headers/picture-header.ts";
import { decodeJpeg } from "./decode-jpeg.ts";
import { encode, paintSmaller } from "./paint.ts";

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

function dataUri(bytes: ArrayBuffer): string {
  return new FileReaderSync().readAsDataURL(new Blob([bytes], { type: "image/jpeg" }));
}
