import type { Failure } from "#src/domain/failure.ts";
import type { NewPicture } from "#src/domain/picture.ts";
import type { VerdictReading } from "#src/exports/verdict-reading.ts";
import type { SheetFile } from "./read-sheet-file.ts";
import type { FileProgress } from "./write-sheet-file.ts";

/** What the page asks of the worker that reads files; one order at a time. */
export type FileOrder =
  | { kind: "open-sheet"; file: Blob }
  /** A picture of the sheet's file that was opened before. */
  | { kind: "read-picture"; hash: string }
  | { kind: "read-verdicts"; file: Blob }
  | { kind: "read-table"; file: Blob };

/** What comes back: progress any number of times, then the one answer to the order, or why there is none. */
export type FileReport =
  | { kind: "progress"; progress: FileProgress }
  | { kind: "sheet"; contents: Omit<SheetFile, "readPicture"> }
  | { kind: "picture"; picture: NewPicture | null }
  | { kind: "verdicts"; reading: VerdictReading | null }
  | { kind: "table"; records: Record<string, string>[] | null }
  | { kind: "failed"; failure: Failure };
