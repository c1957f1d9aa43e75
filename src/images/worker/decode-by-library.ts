import wasmUrl from "@imagemagick/magick-wasm/magick.wasm?url";
import { FailureError } from "#src/domain/failure.ts";
import type { PictureFormat } from "#src/domain/picture.ts";
import { differsFromSrgb } from "#src/images/headers/colour-profile.ts";
import { type PictureHeader, unreadable } from "#src/images/headers/picture-header.ts";
import type { WorkerReport } from "#src/images/image-preparer.ts";
import { openLibrary, readByLibrary } from "#src/images/read-by-library.ts";
import { decodedPicture, type DecodedPicture } from "./decoded-picture.ts";

/** A library that holds more than this, in bytes, is thrown away with its worker. */
const mostHeldBytes = 256_000_000;

/** A slow connection may take as long as this for the library; one that stalls would take forever. */
const mostLoadingMs = 300_000;

let opening: Promise<void> | null = null;

/**
 * Decodes what the browser can't, with ImageMagick (5 MB that are loaded with the first such picture). Only one worker
 * does this at a time.
 */
export async function decodeByLibrary(
  original: { bytes: Uint8Array; format: PictureFormat; header: PictureHeader; side: number },
  report: (message: WorkerReport) => void,
): Promise<DecodedPicture> {
  await open(report);
  const { pixels, stored, profile, converted, incomplete, heldBytes } = read(original, report);
  if (heldBytes > mostHeldBytes) report({ kind: "worn-out" });
  const image = new ImageData(pixels.data, pixels.width, pixels.height);
  const icc = profile === null ? null : ({ kind: "icc", bytes: profile } as const);
  const unconverted = (await differsFromSrgb(icc)) ? icc : null;
  return decodedPicture(await createImageBitmap(image), {
    stored,
    truncated: incomplete,
    unconverted,
    converted: converted || unconverted !== null,
  });
}

/** A slow connection takes longer for the library than any picture may. */
async function open(report: (message: WorkerReport) => void): Promise<void> {
  if (opening === null) {
    report({ kind: "turn-awaited" });
    opening = loadLibrary();
  }
  try {
    await opening;
  } catch {
    opening = null;
    throw new FailureError({ kind: "decoder-missing" });
  } finally {
    report({ kind: "turn-taken" });
  }
}

/** Fetched here, since the library would wait for as long as the server likes, and ask again without letting go. */
async function loadLibrary(): Promise<void> {
  // oxlint-disable-next-line no-restricted-globals -- a file of the app itself, and a worker has no services
  const response = await fetch(new URL(wasmUrl, self.location.href), {
    signal: AbortSignal.timeout(mostLoadingMs),
  });
  if (!response.ok) throw new FailureError({ kind: "decoder-missing" });
  const isNamed = response.headers.get("Content-Type") === "application/wasm";
  // Some hosts don’t know what the file is, and browsers compile while it comes only if they do.
  const compiled = isNamed
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
  await openLibrary(await compiled);
}

function read(
  original: Parameters<typeof readByLibrary>[0],
  report: (message: WorkerReport) => void,
): ReturnType<typeof readByLibrary> {
  try {
    return readByLibrary(original);
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    // It ran out of memory or into a fault of its own, and does nothing any more.
    report({ kind: "worn-out" });
    throw unreadable(original.header.cutShort ? "truncated" : "undecodable");
  }
}
