import wasmUrl from "libheif-js/libheif-wasm/libheif.wasm?url";
import type { MainModule } from "libheif-js/libheif-wasm/libheif.js";
import { FailureError } from "#src/domain/failure.ts";
import type { PictureHeader } from "#src/images/headers/picture-header.ts";
import type { WorkerReport } from "#src/images/image-preparer.ts";
import { decodedPicture, type DecodedPicture } from "./decoded-picture.ts";

type ImageHandle = Parameters<MainModule["heif_image_handle_release"]>[0];
type HeifImage = Parameters<MainModule["heif_image_release"]>[0];

interface DecodedImage {
  image: HeifImage;
  channels: readonly {
    id: unknown;
    width: number;
    height: number;
    stride: number;
    data: Uint8Array;
  }[];
}

let library: MainModule | null = null;

/** Decodes a HEIC file's primary picture with libheif, which turns it upright; its colours stay as the file has them. Null if it can't. */
export async function decodeHeicByLibrary(
  bytes: Uint8Array<ArrayBuffer>,
  header: PictureHeader,
  report: (message: WorkerReport) => void,
): Promise<DecodedPicture | null> {
  try {
    library ??= await openLibrary();
  } catch {
    // What it could not load it may not ask for again.
    report({ kind: "worn-out" });
    throw new FailureError({ kind: "decoder-missing" });
  }
  const pixels = decodePrimary(library, bytes);
  if (pixels === null) return null;
  return decodedPicture(await createImageBitmap(pixels), { unconverted: header.profile });
}

/**
 * Its licence (LGPL) requires that the library can be replaced, so it and its WebAssembly stay separate files.
 */
async function openLibrary(): Promise<MainModule> {
  const { default: open } = await import("libheif-js/libheif-wasm/libheif.js");
  return open({ locateFile: () => wasmUrl, print: () => {}, printErr: () => {} });
}

function decodePrimary(heif: MainModule, bytes: Uint8Array<ArrayBuffer>): ImageData | null {
  const context = heif.heif_context_alloc();
  try {
    const read = heif.heif_context_read_from_memory(context, bytes);
    if (read.code !== heif.heif_error_code.heif_error_Ok) return null;
    const handle: unknown = heif.heif_js_context_get_primary_image_handle(context);
    if (!isHandle(handle)) return null;
    try {
      return pixelsOf(heif, handle);
    } finally {
      heif.heif_image_handle_release(handle);
    }
  } finally {
    heif.heif_context_free(context);
  }
}

function pixelsOf(heif: MainModule, handle: ImageHandle): ImageData | null {
  const decoded: unknown = heif.heif_js_decode_image2(
    handle,
    heif.heif_colorspace.heif_colorspace_RGB,
    heif.heif_chroma.heif_chroma_interleaved_RGBA,
  );
  if (!isDecoded(decoded)) return null;
  try {
    const [channel] = decoded.channels;
    if (channel === undefined) return null;
    const pixels = new ImageData(channel.width, channel.height);
    const rowBytes = channel.width * 4;
    for (let row = 0; row < channel.height; row += 1) {
      const start = row * channel.stride;
      pixels.data.set(channel.data.subarray(start, start + rowBytes), row * rowBytes);
    }
    return pixels;
  } finally {
    heif.heif_image_release(decoded.image);
  }
}

/** The library reports an error as an object with a code, and otherwise returns a handle. */
function isHandle(value: unknown): value is ImageHandle {
  return typeof value === "object" && value !== null && !("code" in value);
}

function isDecoded(value: unknown): value is DecodedImage {
  return typeof value === "object" && value !== null && "channels" in value && "image" in value;
}
