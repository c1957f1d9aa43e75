import type { ExistingFrom } from "#src/domain/mark.ts";
import type { CaptionNoteReason } from "#src/imports/caption-report.ts";
import {
  type CaptionEntry,
  mostBytesOf,
  readCaptionFile,
  type ReadCaptions,
} from "#src/imports/read-caption-file.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import { throughAll } from "#src/lib/through-all.ts";
import { readLongCaptions } from "#src/state/files/read-files.ts";
import type { DropNote } from "./drop-report.ts";
import { type FoundFile, openFile } from "./found-file.ts";

/** A caption file as it was offered. */
export interface OfferedCaptions {
  file: File | FoundFile;
  /** Path of its folder; "" if it came alone. */
  folder: string;
}

/** What the caption files of a drop say, and what is wrong with them. */
export interface CaptionFiles {
  entries: readonly CaptionEntry[];
  notes: readonly DropNote[];
  /** Which of the files a text is from, by its place among them: two folders may have files of one name. */
  fileOf: (from: ExistingFrom) => number | null;
}

// More at once would only wait for the disk.
const READ_AT_ONCE = 8;
// What is longer is read in a worker: JSON is parsed in one step, which takes ten times as long if it is made for that.
const MOST_BYTES_HERE = 500_000;
// A report of a hundred thousand names would be read by nobody.
const MOST_NAMES = 300;

const UNREADABLE: ReadCaptions = { entries: [], troubles: [{ kind: "unreadable" }] };

/**
 * Reads the caption files of a drop, short ones in slices and each of the others in a worker. One that can't be read is a
 * note, and keeps none of the others back.
 */
export async function readCaptionFiles(
  files: readonly OfferedCaptions[],
  fieldNames: readonly string[],
  {
    signal,
    readLong = readLongCaptions,
  }: { signal: AbortSignal; readLong?: typeof readLongCaptions },
): Promise<CaptionFiles> {
  const contents: (Uint8Array | Blob | null)[] = [];
  const queue = files.map(({ file }, at) => ({ file, at }));
  await throughAll(queue, READ_AT_ONCE, async ({ file, at }) => {
    contents[at] = await contentOf(file);
  });
  const read: ReadCaptions[] = [];
  for (const [at, { file, folder }] of files.entries()) {
    const content = contents[at];
    if (!(content instanceof Blob)) continue;
    const source = { file: content, name: file.name, folder, fieldNames };
    // oxlint-disable-next-line no-await-in-loop -- one worker after the other, since each may take a lot of memory
    read[at] = await readLong(source, signal).catch(() => UNREADABLE);
  }
  const entries: CaptionEntry[] = [];
  const notes: DropNote[] = [];
  const origins = new WeakMap<ExistingFrom, number>();
  const reading = function* (): Generator<undefined, void> {
    for (const [at, { file, folder }] of files.entries()) {
      const { name } = file;
      const bytes = contents[at];
      let own = read[at] ?? UNREADABLE;
      try {
        if (bytes instanceof Uint8Array)
          own = yield* readCaptionFile({ name, folder, bytes }, fieldNames);
      } catch {
        // The note says it.
      }
      for (const entry of own.entries) {
        entries.push(entry);
        origins.set(entry.from, at);
        yield undefined;
      }
      for (const why of own.troubles) notes.push({ name, why });
      yield undefined;
    }
  };
  await inSlices(reading(), signal);
  return { entries, notes, fileOf: (from) => origins.get(from) ?? null };
}

/** Says the same of each of these texts: once for a table, with the pictures of its lines. */
export function notesOf(
  entries: readonly CaptionEntry[],
  kind: Extract<CaptionNoteReason["kind"], "unmatched" | "ambiguous" | "without-picture">,
  fileOf: CaptionFiles["fileOf"],
): DropNote[] {
  const notes: DropNote[] = [];
  const tables = new Map<number | null, { name: string; count: number; names: string[] }>();
  for (const { from, paths } of entries) {
    const file = fileOf(from);
    if (from.kind === "table") {
      const lines = tables.get(file) ?? { name: from.name, count: 0, names: [] };
      lines.count += 1;
      if (lines.names.length < MOST_NAMES) lines.names.push(paths[0] ?? "");
      tables.set(file, lines);
    } else notes.push({ name: from.name, why: { kind } });
  }
  for (const { name, ...lines } of tables.values()) notes.push({ name, why: { kind }, lines });
  return notes;
}

/** A file’s bytes, or itself if it is long; null if it is gone. What is too large is cut: its size says so. */
async function contentOf(file: File | FoundFile): Promise<Uint8Array | Blob | null> {
  try {
    const blob = (await openFile(file)).slice(0, mostBytesOf(file.name) + 1);
    return blob.size > MOST_BYTES_HERE ? blob : new Uint8Array(await blob.arrayBuffer());
  } catch {
    return null;
  }
}
