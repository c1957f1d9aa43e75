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
// A report of a hundred thousand names would be read by nobody.
const MOST_NAMES = 300;

/** Reads the caption files of a drop, in slices. One that can't be read is a note, and keeps none of the others back. */
export async function readCaptionFiles(
  files: readonly OfferedCaptions[],
  fieldNames: readonly string[],
  signal: AbortSignal,
): Promise<CaptionFiles> {
  const contents: (Uint8Array | null)[] = [];
  const queue = files.map(({ file }, at) => ({ file, at }));
  await throughAll(queue, READ_AT_ONCE, async ({ file, at }) => {
    contents[at] = await readBytes(file);
  });
  const entries: CaptionEntry[] = [];
  const notes: DropNote[] = [];
  const origins = new WeakMap<ExistingFrom, number>();
  const reading = function* (): Generator<undefined, void> {
    for (const [at, { file, folder }] of files.entries()) {
      const { name } = file;
      const bytes = contents[at] ?? null;
      let read: ReadCaptions = { entries: [], troubles: [{ kind: "unreadable" }] };
      try {
        if (bytes !== null) read = yield* readCaptionFile({ name, folder, bytes }, fieldNames);
      } catch {
        // The note says it.
      }
      // One by one: a call takes no more arguments than its stack holds.
      for (const entry of read.entries) {
        entries.push(entry);
        origins.set(entry.from, at);
      }
      for (const why of read.troubles) notes.push({ name, why });
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

/** Null if the file is gone. What is too large is cut: its size says so. */
async function readBytes(file: File | FoundFile): Promise<Uint8Array | null> {
  try {
    const blob = (await openFile(file)).slice(0, mostBytesOf(file.name) + 1);
    return new Uint8Array(await blob.arrayBuffer());
  } catch {
    return null;
  }
}
