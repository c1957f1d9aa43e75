import type { DBSchema } from "idb";
import type { Purse } from "#src/domain/connection.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { EncodedPicture, PictureFacts } from "#src/domain/picture.ts";
import type { SavedPrompt } from "#src/domain/saved-prompt.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { RunNote, Task } from "#src/domain/task.ts";
import type { ReusableAnswer, SeenPrice, SpendEntry } from "./storage.ts";

/** A sheet, and what distinguishes or orders its rows. */
export type IndexKey = [sheetId: string, key: string | number];

/**
 * The tables on disk. Rows are unknown until they are parsed: an older or newer app, or a damaged disk, may have
 * written them.
 */
export interface Tables extends DBSchema {
  sheets: { key: string; value: unknown; indexes: { deletedAt: number } };
  images: {
    key: [sheetId: string, imageId: string];
    value: unknown;
    indexes: { id: string; frame: IndexKey; picture: string; deletedAt: number };
  };
  tasks: {
    key: [sheetId: string, taskUuid: string];
    value: unknown;
    indexes: { image: IndexKey; open: IndexKey; deletedAt: number };
  };
  marks: {
    key: [sheetId: string, markId: string];
    value: unknown;
    indexes: { image: IndexKey; seq: IndexKey; deletedAt: number };
  };
  frames: { key: string; value: unknown };
  runs: { key: string; value: unknown };
  totals: { key: [sheetId: string, purse: string]; value: unknown };
  pictures: { key: string; value: unknown };
  thumbnails: { key: string; value: unknown };
  copies: {
    key: [hash: string, side: number] | [hash: string, side: number, mount: string];
    value: unknown;
  };
  reusable: { key: [hash: string, question: string]; value: unknown };
  spending: { key: [day: string, purse: string, modelId: string]; value: unknown };
  seen: { key: [purse: string, modelId: string]; value: unknown };
  prompts: { key: string; value: unknown };
  uploads: {
    key:
      | [hash: string, via: string, side: number]
      | [hash: string, via: string, side: number, mount: string];
    value: unknown;
  };
}

/** Everything that makes up a memory-only sheet. Rows are never changed in place, so they are handed out directly. */
export interface MemoryTables {
  sheets: Map<string, Sheet>;
  images: Map<string, SheetImage>;
  /** By sheet, then UUID. */
  tasks: Map<string, Map<string, Task>>;
  marks: Map<string, Map<string, Mark>>;
  prompts: Map<string, SavedPrompt>;
  /** The highest frame number that was given out. */
  frames: Map<string, number>;
  runs: Map<string, RunNote>;
  totals: Map<string, Record<Purse, number>>;
  pictures: Map<string, { facts: PictureFacts; thumbnail: EncodedPicture }>;
  /** By hash, then side and mount; "" is the copy made at intake. */
  copies: Map<string, Map<string, EncodedPicture>>;
  /** By hash, then question. */
  reusable: Map<string, Map<string, ReusableAnswer>>;
  spending: Map<string, SpendEntry>;
  seen: Map<string, SeenPrice[]>;
}
