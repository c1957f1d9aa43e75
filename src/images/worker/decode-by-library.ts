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
    opening = openLibrary(new URL(wasmUrl, self.location.href));
  }
  try {
    await opening;
  } catch (thrown) {
    opening = null;
    throw thrown;
  } finally {
    report({ kind: "turn-taken" });
  }
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
