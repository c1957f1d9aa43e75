import { type Failure, toFailure } from "#src/domain/failure.ts";
import { readVerdicts, type VerdictReading } from "#src/exports/verdict-files.ts";
import type { NewPicture } from "#src/domain/picture.ts";
import {
  type CaptionEntry,
  readCaptionFile,
  type ReadCaptions,
} from "#src/imports/read-caption-file.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import { parseCsv } from "#src/lib/parse-csv.ts";
import { readSheetFile, type SheetFile } from "./read-sheet-file.ts";
import type { FileProgress } from "./write-sheet-file.ts";

// Reads other people's files, so that a file that takes long, or for ever, never holds up the page: whatever started
// this worker can end it.

let opened: SheetFile | null = null;
const UNENDED = new AbortController().signal;
// The page takes in as many at once: in one piece, those of a long table would hold it up as reading them would.
const ENTRIES_AT_ONCE = 1_000;

self.addEventListener("message", ({ data }: MessageEvent<FileOrder>) => {
  carryOut(data).catch((error: unknown) => tell({ kind: "failed", failure: toFailure(error) }));
});

async function carryOut(order: FileOrder): Promise<void> {
  switch (order.kind) {
    case "open-sheet": {
      opened = await readSheetFile(order.file, {
        signal: UNENDED,
        onProgress: (progress) => tell({ kind: "progress", progress }),
      });
      const { readPicture: _stays, ...contents } = opened;
      tell({ kind: "sheet", contents });
      break;
    }
    case "read-picture": {
      const picture = (await opened?.readPicture(order.hash)) ?? null;
      const bytes = picture === null ? [] : [picture.copy.bytes, picture.thumbnail.bytes];
      tell({ kind: "picture", picture }, bytes);
      break;
    }
    case "read-verdicts":
      tell({ kind: "verdicts", reading: readVerdicts(await order.file.text()) });
      break;
    case "read-table":
      tell({ kind: "table", records: parseCsv(await order.file.text()) });
      break;
    case "read-captions": {
      const { file, name, folder, fieldNames } = order;
      const bytes = new Uint8Array(await file.arrayBuffer());
      const reading = readCaptionFile({ name, folder, bytes }, fieldNames);
      const { entries, troubles } = await inSlices(reading, UNENDED);
      for (let at = 0; at < entries.length; at += ENTRIES_AT_ONCE)
        tell({ kind: "caption-entries", entries: entries.slice(at, at + ENTRIES_AT_ONCE) });
      tell({ kind: "captions", troubles });
      break;
    }
  }
}

function tell(report: FileReport, transfer: ArrayBuffer[] = []): void {
  self.postMessage(report, { transfer });
}

/** What the page asks the worker that reads files; one order at a time. */
export type FileOrder =
  | { kind: "open-sheet"; file: Blob }
  /** A picture from the sheet's file that was opened before. */
  | { kind: "read-picture"; hash: string }
  | { kind: "read-verdicts"; file: Blob }
  | { kind: "read-table"; file: Blob }
  | {
      kind: "read-captions";
      file: Blob;
      name: string;
      folder: string;
      fieldNames: readonly string[];
    };

/** What comes back before the answer: how far it is, and what there is of it. */
export type FilePart =
  | { kind: "progress"; progress: FileProgress }
  | { kind: "caption-entries"; entries: readonly CaptionEntry[] };

/** What comes back: parts any number of times, then the one answer to the order, or why there is none. */
export type FileReport =
  | FilePart
  | { kind: "captions"; troubles: ReadCaptions["troubles"] }
  | { kind: "sheet"; contents: Omit<SheetFile, "readPicture"> }
  | { kind: "picture"; picture: NewPicture | null }
  | { kind: "verdicts"; reading: VerdictReading | null }
  | { kind: "table"; records: Record<string, string>[] | null }
  | { kind: "failed"; failure: Failure };
