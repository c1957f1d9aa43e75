import compressByBrowserImageCompression from "browser-image-compression";
import Compressor from "compressorjs";
import pica from "pica";
import { createBrowserImagePreparer } from "#src/images/create-browser-image-preparer.ts";
import { createImagePreparer } from "#src/images/create-image-preparer.ts";

const quality = 0.85;
const { signal } = new AbortController();
const product = createBrowserImagePreparer();
const copies = createImagePreparer({
  workers: Math.min(4, navigator.hardwareConcurrency),
  idleMs: 60_000,
  deadlineMs: 60_000,
  startWorker: () => new Worker(new URL("./copy-worker.mjs", import.meta.url), { type: "module" }),
  drawVector: () => Promise.reject(new Error("no drawings here")),
});
const picaByTable = pica();
const picaByBrowser = pica({ features: ["js", "cib"] });

/** Every tool turns a file into the bytes of a JPEG of at most `side` pixels. */
export const tools = {
  "Contact Sheet": async (file, side) =>
    (await copies.prepare(file, { copySide: side, signal, imageId: "" })).copy.bytes.byteLength,
  "Contact Sheet, with thumbnail, hash and facts": async (file, side) =>
    (await product.prepare(file, { copySide: side, signal, imageId: "" })).copy.bytes.byteLength,
  "browser-image-compression, in its worker": (file, side) => byLibrary(file, side, true),
  "browser-image-compression, on the page": (file, side) => byLibrary(file, side, false),
  compressorjs: byCompressor,
  "pica, its own filter": (file, side) => byPica(picaByTable, file, side),
  "pica, the browser's filter": (file, side) => byPica(picaByBrowser, file, side),
};

export { product };

async function byLibrary(file, side, useWebWorker) {
  const made = await compressByBrowserImageCompression(file, {
    maxWidthOrHeight: side,
    initialQuality: quality,
    fileType: "image/jpeg",
    // No second try at a lower quality, which would only cost it time.
    alwaysKeepResolution: true,
    useWebWorker,
    libURL: new URL(
      "/modules/browser-image-compression/dist/browser-image-compression.js",
      location,
    ).href,
  });
  return made.size;
}

function byCompressor(file, side) {
  return new Promise((resolve, reject) => {
    const options = {
      quality,
      maxWidth: side,
      maxHeight: side,
      mimeType: "image/jpeg",
      // Chromium turns a picture upright by itself, so it need not read the file a second time for
      // that.
      checkOrientation: false,
      success: (made) => resolve(made.size),
      error: reject,
    };
    // Creating one starts it.
    Reflect.construct(Compressor, [file, options]);
  });
}

async function byPica(resizer, file, side) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  await resizer.resize(bitmap, canvas);
  bitmap.close();
  return (await resizer.toBlob(canvas, "image/jpeg", quality)).size;
}
