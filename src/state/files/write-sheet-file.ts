import { makeZip } from "client-zip";
import type { PictureFacts } from "#src/domain/picture.ts";
import { livingRows } from "#src/storage/living-rows.ts";
import type { SheetRecords, Storage } from "#src/storage/storage.ts";
import { FORMAT, FORMAT_VERSION, PARTS, picturePath, type SheetPart } from "./layout.ts";

/** How far writing or reading a sheet's file is: rows are counted in bytes, and come before the pictures. */
export interface FileProgress {
  of: "bytes" | "pictures";
  done: number;
  total: number;
}

interface WriteOptions {
  /** Epoch milliseconds. */
  now: number;
  signal: AbortSignal;
  onProgress: (progress: FileProgress) => void;
}

interface ZipPart {
  name: string;
  input: string | ArrayBuffer | AsyncIterable<string>;
  lastModified: Date;
}

const ROWS_AT_ONCE = 200;
const WRITTEN_AT_ONCE_BYTES = 1024 * 1024;

/**
 * A sheet as the bytes of one file: a ZIP, written as it is read, with one picture in memory at a time. Removed images,
 * answers and marks are left out, and so is everything that belongs to the device: keys, connections, prices, spending.
 * The stream fails with the storage's FailureError, or with the signal's reason.
 */
export function writeSheetFile(
  records: SheetRecords,
  storage: Pick<Storage, "readCopy" | "readThumbnail">,
  options: WriteOptions,
): ReadableStream<Uint8Array> {
  return makeZip(partsOf(records, storage, options)).pipeThrough(gathered());
}

// Headers are a few bytes each, and writing ten of them to a file on disk takes about as long as writing a
// picture.
function gathered(): TransformStream<Uint8Array, Uint8Array> {
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  const hand = (controller: TransformStreamDefaultController<Uint8Array>): void => {
    const whole = new Uint8Array(bytes);
    let at = 0;
    for (const chunk of waiting) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    waiting = [];
    bytes = 0;
    controller.enqueue(whole);
  };
  return new TransformStream({
    transform: (chunk, controller) => {
      waiting.push(chunk);
      bytes += chunk.length;
      if (bytes >= WRITTEN_AT_ONCE_BYTES) hand(controller);
    },
    flush: hand,
  });
}

async function* partsOf(
  records: SheetRecords,
  storage: Pick<Storage, "readCopy" | "readThumbnail">,
  { now, signal, onProgress }: WriteOptions,
): AsyncGenerator<ZipPart> {
  const lastModified = new Date(now);
  const part = (name: string, input: ZipPart["input"]): ZipPart => ({ name, input, lastModified });
  const { images, tasks, marks } = livingRows(records);
  const { sheet, spentMicroUsd } = records;
  yield part(PARTS.manifest, json({ format: FORMAT, version: FORMAT_VERSION, savedAt: now }));
  yield part(PARTS.sheet, json({ sheet, spentMicroUsd } satisfies SheetPart));
  yield part(PARTS.images, linesOf(images));
  yield part(PARTS.tasks, linesOf(tasks));
  yield part(PARTS.marks, linesOf(marks));
  const hashes = new Set(
    images.flatMap(({ preparation }) =>
      preparation.phase === "ready" ? [preparation.pictureHash] : [],
    ),
  );
  const pictures = records.pictures.filter(({ hash }) => hashes.has(hash));
  const written: PictureFacts[] = [];
  for (const [done, facts] of pictures.entries()) {
    signal.throwIfAborted();
    onProgress({ of: "pictures", done, total: pictures.length });
    const copy = await storage.readCopy(facts.hash, null);
    const thumbnail = await storage.readThumbnail(facts.hash);
    // If this device lost a picture, the file still has the image, its answers and its marks.
    if (copy === null || thumbnail === null) continue;
    yield part(picturePath("copies", facts.hash, copy.mime), copy.bytes);
    yield part(picturePath("thumbnails", facts.hash, thumbnail.mime), thumbnail.bytes);
    written.push(facts);
  }
  signal.throwIfAborted();
  yield part(PARTS.pictures, linesOf(written));
  onProgress({ of: "pictures", done: pictures.length, total: pictures.length });
}

function json(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

async function* linesOf(rows: readonly unknown[]): AsyncGenerator<string> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE)
    yield rows
      .slice(from, from + ROWS_AT_ONCE)
      .map(json)
      .join("");
}
