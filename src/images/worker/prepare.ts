import { FailureError } from "#src/domain/failure.ts";
import { fileFailure } from "#src/domain/file-failure.ts";
import type { NewPicture, PictureFormat, PreparedPicture } from "#src/domain/picture.ts";
import type { PartSource } from "#src/domain/image.ts";
import type { PixelSize } from "#src/images/fit.ts";
import type { PictureHeader } from "#src/images/headers/picture-header.ts";
import { eraseOrientation, uprightSize } from "#src/images/orientation.ts";
import { type ExifFacts, readExif } from "#src/images/headers/read-exif.ts";
import { readWords } from "#src/images/headers/read-words.ts";
import {
  hasLocation,
  hasOtherColours,
  orientationToApply,
  pictureNotes,
  readHeader,
  removedParts,
} from "#src/images/read-header.ts";
import { pixelLimitFailure } from "#src/images/picture-limits.ts";
import { drawingOf } from "#src/images/drawing.ts";
import { mendFile } from "#src/images/mend-file.ts";
import { unpackDrawing } from "#src/images/unpack-drawing.ts";
import { sniff } from "#src/images/sniff.ts";
import type { WorkerOrder, WorkerReport } from "#src/images/image-preparer.ts";
import { decode } from "./decode.ts";
import { decodedPicture, type DecodedPicture } from "./decoded-picture.ts";
import { hexOf } from "#src/lib/hex.ts";
import { perceptualHash } from "#src/images/perceptual-hash.ts";
import { encode, greyPixelsOf, laidOn, paintCopy, paintThumbnail, partSize } from "./paint.ts";

interface Original {
  blob: Blob;
  /** As the file has them. */
  file: Uint8Array<ArrayBuffer>;
  /** As they are decoded: unpacked, and mended if need be. */
  bytes: Uint8Array<ArrayBuffer>;
  format: PictureFormat;
  header: PictureHeader;
  exif: ExifFacts;
}

/**
 * One decode of an original: facts, hash, thumbnail and copy; or the message that a page has to draw it first, or that it
 * takes the worker with the library.
 */
export async function prepare(
  order: Extract<WorkerOrder, { kind: "prepare" }>,
  report: (message: WorkerReport) => void,
): Promise<WorkerReport> {
  const original = await open(order.original);
  if (original.format === "svg")
    return {
      kind: "drawing-wanted",
      drawing: drawingOf(original.bytes, original.header),
      size: enlarged(original.header, wholeSide(original.header, order)),
    };
  const told = await readFacts(original);
  const orientation = orientationToApply(original.format, original.header, original.exif);
  eraseOrientation(original);
  const picture = await withHeavyTurn(original.header, report, async () => {
    const { byLibrary } = order;
    const whole = wholeSide(original.header, order);
    const decoded = await decode({ ...original, byLibrary, report, readAgain }, whole);
    if (decoded === null) return null;
    try {
      const { copySide, box } = order;
      return await finish(original, { told, decoded, orientation, side: copySide, box });
    } finally {
      decoded.close();
    }
  });
  return picture === null ? { kind: "library-wanted" } : { kind: "prepared", picture };

  async function readAgain(): Promise<Uint8Array<ArrayBuffer>> {
    const again = await open(original.blob);
    eraseOrientation(again);
    return again.bytes;
  }
}

/** The second half of preparing a drawing, with its pixels from the page. */
export async function prepareDrawing(
  order: Extract<WorkerOrder, { kind: "prepare-drawing" }>,
): Promise<WorkerReport> {
  try {
    const original = await open(order.original);
    const decoded = decodedPicture(order.pixels);
    const told = await readFacts(original);
    const picture = await finish(original, {
      told,
      decoded,
      orientation: 1,
      side: order.copySide,
      box: order.box,
      isBare: order.isBare,
    });
    return { kind: "prepared", picture };
  } finally {
    order.pixels.close();
  }
}

interface Told {
  digest: Promise<ArrayBuffer>;
  facts: Pick<
    NewPicture["facts"],
    "format" | "bytes" | "orientation" | "capturedAt" | "camera" | "hasLocation" | "removed"
  >;
  otherColours: boolean;
  texts: PreparedPicture["texts"];
}

/** What the file itself says. Read before its bytes are changed, and before a decoder takes them away. */
async function readFacts({ file, format, header, exif }: Original): Promise<Told> {
  return {
    // Digest takes its own copy at once, and runs on another thread.
    digest: crypto.subtle.digest("SHA-256", file),
    facts: {
      format,
      bytes: file.length,
      orientation: exif.orientation,
      capturedAt: exif.capturedAt,
      camera: exif.camera,
      hasLocation: hasLocation(header, exif),
      removed: removedParts(header, exif),
    },
    // Before a decoder takes the bytes away, and before the wait for the colours.
    texts: readWords(header),
    otherColours: await hasOtherColours(header),
  };
}

/** Reads, names and measures a file; nothing is decoded yet. */
async function open(blob: Blob): Promise<Original> {
  const file = await readBytes(blob);
  const unpacked = await unpackDrawing(file);
  const sniffed = sniff(unpacked);
  if (sniffed.kind === "unknown") throw new FailureError({ kind: "not-an-image" });
  if (sniffed.kind === "foreign")
    throw new FailureError({ kind: "unsupported-format", format: sniffed.name });
  const bytes = mendFile(unpacked, sniffed.format);
  const header = readHeader(bytes, sniffed.format);
  const failure = pixelLimitFailure(header);
  if (failure !== null) throw new FailureError(failure);
  return { blob, file, bytes, format: sniffed.format, header, exif: readExif(header.exif) };
}

async function readBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    // Moved, deleted, changed or locked since it was dropped.
    throw new FailureError(fileFailure(error, "file"));
  }
}

// A drawing has no pixels of its own to run out of: a small icon is drawn as large as the copy may be.
function enlarged(size: PixelSize, side: number): PixelSize {
  const scale = side / Math.max(size.width, size.height);
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

async function finish(
  { format, header }: Original,
  made: {
    told: Told;
    decoded: DecodedPicture;
    orientation: number;
    side: number;
    box: PartSource["box"] | null;
    isBare?: boolean;
  },
): Promise<PreparedPicture> {
  const { told, decoded, orientation, side, box, isBare = false } = made;
  const alpha = header.mayHaveAlpha ? "kept" : decoded.truncated ? "missing-rows" : "none";
  const { canvas, background } = await paintCopy(decoded, { orientation, side, box, alpha });
  const thumbnail = await paintThumbnail(canvas);
  const seen = background === null ? thumbnail : laidOn(thumbnail, background);
  const facts: NewPicture["facts"] = {
    ...told.facts,
    ...partSize(format === "svg" ? header : uprightSize(decoded.stored, orientation), box),
    hash: hexOf(new Uint8Array(await told.digest)),
    notes: pictureNotes(header, {
      otherColours: told.otherColours || decoded.converted,
      truncated: decoded.truncated,
      preview: decoded.preview,
      isBare,
    }),
    background,
    perceptualHash: perceptualHash(greyPixelsOf(seen)),
  };
  return {
    facts,
    texts: told.texts,
    thumbnail: await encode(thumbnail, "thumbnail", background !== null),
    copy: await encode(canvas, "copy", background !== null),
  };
}

/** The longest side that all of a picture needs, for a part of it to have `copySide` pixels. */
function wholeSide(
  { width, height }: PixelSize,
  { copySide, box }: Pick<Extract<WorkerOrder, { kind: "prepare" }>, "copySide" | "box">,
): number {
  if (box === null) return copySide;
  // Boxes are of the upright picture; whichever way it lies, one of the two is large enough.
  const longest = Math.max(width, height);
  const part = Math.min(box[2], box[3]) * longest;
  return Math.ceil(Math.min(longest, (copySide * longest) / Math.max(1, part)));
}

/** A decode of this many pixels takes 200 MB: several at once could take a tab's memory. */
const heavyPixels = 50_000_000;
const lockName = "contact-sheet-heavy-picture";

/**
 * Runs the work at once or, for a picture whose pixels take much memory, when no other worker has one like that.
 */
async function withHeavyTurn<Result>(
  { width, height }: PixelSize,
  report: (message: WorkerReport) => void,
  work: () => Promise<Result>,
): Promise<Result> {
  if (width * height < heavyPixels) return work();
  report({ kind: "turn-awaited" });
  // The browser gives the lock back if this worker is terminated.
  return navigator.locks.request(lockName, async () => {
    report({ kind: "turn-taken" });
    return work();
  });
}
