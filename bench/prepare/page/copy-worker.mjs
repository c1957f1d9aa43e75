import { readExif } from "#src/images/headers/read-exif.ts";
import { orientationToApply, readHeader } from "#src/images/read-header.ts";
import { sniff } from "#src/images/sniff.ts";
import { decode } from "#src/images/worker/decode.ts";
import { encode, paintCopy } from "#src/images/worker/paint.ts";

/**
 * The same decoding, painting and encoding as the app's worker, and nothing else: what the other libraries do.
 * Thumbnail, hash and facts have their own row.
 */
function readAgain() {
  throw new Error("these pictures are whole");
}

addEventListener("message", async ({ data }) => {
  const { original, copySide, pixelsOnly, byLibrary = false } = data;
  const bytes = new Uint8Array(await original.arrayBuffer());
  const { format } = sniff(bytes);
  const header = readHeader(bytes, format);
  const orientation = orientationToApply(format, header, readExif(header.exif));
  const report = (message) => postMessage(message);
  const file = { bytes, format, header, readAgain, byLibrary, report };
  const decoded = await decode(file, copySide);
  if (decoded === null) {
    report({ kind: "library-wanted" });
    return;
  }
  const alpha = header.mayHaveAlpha ? "kept" : "none";
  const { canvas } = await paintCopy(decoded, { orientation, side: copySide, box: null, alpha });
  decoded.close();
  if (pixelsOnly === true) {
    const { width, height } = canvas;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(canvas, 0, 0);
    postMessage(context.getImageData(0, 0, width, height));
    return;
  }
  const copy = await encode(canvas, "copy");
  postMessage({ kind: "prepared", picture: { copy } }, { transfer: [copy.bytes] });
});
