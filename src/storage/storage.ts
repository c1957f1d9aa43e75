import type { Answer } from "#src/domain/answer.ts";
import type { Purse } from "#src/domain/connection.ts";
import type { ImageId, SheetId, SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { EncodedPicture, NewPicture, PictureFacts } from "#src/domain/picture.ts";
import type { Keeping, Sheet } from "#src/domain/sheet.ts";
import type { RunNote, Task, TaskUuid } from "#src/domain/task.ts";

/** A row that could not be parsed: left where it is, and reported. */
export interface SkippedRow {
  store: "sheets" | "images" | "tasks" | "marks" | "pictures";
  key: string;
  /** It is shown all the same, with defaults for these fields ("run.capMicroUsd"). */
  mended?: readonly string[];
}

/** Everything of one sheet but its pixels. */
export interface SheetRecords {
  sheet: Sheet;
  /** By frame number. */
  images: SheetImage[];
  /** By creation, then UUID. */
  tasks: Task[];
  /** In the order in which they were written. */
  marks: Mark[];
  /** Facts of every picture the images name, where stored. */
  pictures: PictureFacts[];
  /** All that the sheet's tasks cost, those whose rows were purged included: nothing un-spends. */
  spentMicroUsd: Record<Purse, MicroUsd>;
  /** What is known of the sheet's latest run; null where none was started. */
  run: RunNote | null;
  skipped: SkippedRow[];
}

/**
 * What a run needs of a sheet: of its tasks only those with loose ends, by creation, however many there are. What is
 * held for one that is damaged counts as spent, since nobody can tell its end.
 */
export type RunRecords = Pick<SheetRecords, "sheet" | "tasks" | "spentMicroUsd" | "run">;

/** One line in the list of sheets. */
export interface SheetSummary {
  sheet: Sheet;
  imageCount: number;
  spentMicroUsd: Record<Purse, MicroUsd>;
}

/** What a sheet cost from one purse, as a change or as a sum. */
export interface SheetTotal {
  sheetId: SheetId;
  purse: Purse;
  microUsd: MicroUsd;
}

/** What is written together, or not at all. Rows replace those of the same id. */
export interface Write {
  sheets?: readonly Sheet[];
  images?: readonly SheetImage[];
  tasks?: readonly Task[];
  marks?: readonly (Mark | UnwrittenMark)[];
  runs?: readonly RunNote[];
  /** Answers to keep for reuse; the latest answer to a question replaces the earlier one. */
  reusable?: readonly { question: ReuseQuestion; answer: ReusableAnswer }[];
  /** True for tasks paid for on another device (an opened sheet file): they join the sheet's sum, not this device's spending. */
  paidElsewhere?: boolean;
  /** What a sheet cost on another device for answers that are not in its file: it joins the sheet's sum, and nothing else. */
  spentElsewhere?: readonly SheetTotal[];
}

/** What became of rows as they were written. */
export interface Written {
  /** All marks of the write, each with its place in the order. */
  marks: Mark[];
}

/** An answer this device already has for the same picture bytes, recipe and sent size. */
export interface ReusableAnswer {
  taskUuid: TaskUuid;
  answer: Answer;
  purse: Purse;
  answeredAt: number;
}

/** Names what was asked of which bytes, for reuse. `sentSide` is the size in pixels that "auto" came to. */
export interface ReuseQuestion {
  pictureHash: string;
  modelId: string;
  prompt: string | null;
  sentSide: number;
  purse: Purse;
}

/** What one answer of a model cost, and how long it took from sending to answer where that is known. */
export interface SeenPrice {
  modelId: string;
  purse: Purse;
  microUsd: MicroUsd;
  milliseconds: number | null;
}

/** Names what was left with the service: which bytes, at which longest side, by way of which connection. */
export interface UploadPlace {
  pictureHash: string;
  /** "direct", or the proxy's base address: another account knows nothing of it. */
  via: string;
  side: number;
}

/** A picture that the service has. It forgets pictures 30 days after their last use, and may do so earlier. */
export interface Upload extends UploadPlace {
  imageUuid: string;
  /** Of what was uploaded, in pixels. */
  width: number;
  height: number;
  /** Epoch milliseconds. */
  usedAt: number;
}

/**
 * What is removed for good. Only rows that carry a tombstone go, whatever is named here. A removed image stays while one
 * of its tasks has not ended, a deleted sheet while one that was sent has not: they go with the first purge after that.
 * Of a task whose cost is not known, what counts stays, without its answer.
 */
export interface PurgeTarget {
  sheetIds?: readonly SheetId[];
  imageIds?: readonly ImageId[];
  /** Every row whose tombstone is older than this moment, epoch milliseconds. */
  deletedBefore?: number;
  /** Pictures on disk that no image names, kept before this moment: younger ones may be about to get their image. */
  strayBefore?: number;
  /** Nobody looks up what a deleted sheet sent before this moment: such tasks keep it no longer. */
  sentBefore?: number;
}

/** How many rows a purge removed for good; the images of a removed sheet count, too. */
export interface Purged {
  sheets: number;
  images: number;
  /** Sheets and images that stay until their tasks have ended. */
  awaited: number;
}

/** Spending of one model on one day (local date, "YYYY-MM-DD"), from the tasks that ended then. */
export interface SpendEntry {
  day: string;
  modelId: string;
  purse: Purse;
  microUsd: MicroUsd;
  answers: number;
  unknown: number;
}

/**
 * The one way to what is kept, on disk (IndexedDB) or in memory. Every promise rejects with a FailureError:
 * storage-full, storage-broken.
 */
export interface Storage {
  readonly keeping: Keeping;
  listSheets(): Promise<{ sheets: SheetSummary[]; skipped: SkippedRow[] }>;
  /**
   * Null where there is no such sheet, or it was deleted and purged. With `firstImages`, only that many images by frame
   * number, and what belongs to them: for showing the first rows of a large sheet at once.
   */
  readSheet(sheetId: SheetId, part?: { firstImages: number }): Promise<SheetRecords | null>;
  /** Null where there is no such sheet. */
  readRun(sheetId: SheetId): Promise<RunRecords | null>;
  /** In the order asked; null where there is no such row, or it is damaged. */
  readImages(imageIds: readonly ImageId[]): Promise<(SheetImage | null)[]>;
  /** Those of these tasks that are there, in the order asked. */
  readTasks(sheetId: SheetId, taskUuids: readonly TaskUuid[]): Promise<Task[]>;
  /** One transaction. "strict" resolves only once the rows are flushed to disk: for tasks about to be sent. */
  write(rows: Write, durability?: "strict" | "relaxed"): Promise<Written>;
  /**
   * Gives out this many frame numbers of a sheet, one after the other, and resolves to the first: no other tab gets them,
   * nor does an image that is there have one, removed or not.
   */
  reserveFrames(sheetId: SheetId, count: number): Promise<number>;
  /** Keeps a picture by its hash; does nothing where the same bytes, at least as large, are there. */
  putPicture(picture: NewPicture): Promise<void>;
  readThumbnail(pictureHash: string): Promise<EncodedPicture | null>;
  /** The copy at this longest side or, with null, the copy made at intake. */
  readCopy(pictureHash: string, side: number | null): Promise<EncodedPicture | null>;
  /** A smaller copy, made from the first. */
  putCopy(pictureHash: string, side: number, copy: EncodedPicture): Promise<void>;
  findReusable(question: ReuseQuestion): Promise<ReusableAnswer | null>;
  /** The same for many questions in one transaction, in the order asked. */
  findReusables(questions: readonly ReuseQuestion[]): Promise<(ReusableAnswer | null)[]>;
  /** Null where nothing was left there, as always for memory. */
  readUpload(place: UploadPlace): Promise<Upload | null>;
  /** Keeps word of an upload, in place of an earlier one. Memory keeps none. */
  putUpload(upload: Upload): Promise<void>;
  dropUpload(place: UploadPlace): Promise<void>;
  readSpending(): Promise<SpendEntry[]>;
  /** Cost of the latest answers per model and purse, newest last, at most 50 each: what prices are learned from. */
  readSeenPrices(): Promise<SeenPrice[]>;
  /** Removes tombstoned rows for good, then pictures that no image names, with the answers kept for their reuse. */
  purge(target: PurgeTarget): Promise<Purged>;
  close(): void;
}
