import type { Answer } from "#src/domain/answer.ts";
import type { Purse } from "#src/domain/connection.ts";
import type { ImageId, SheetId, SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { Mount } from "#src/domain/mount.ts";
import type { EncodedPicture, NewPicture, PictureFacts } from "#src/domain/picture.ts";
import type { SavedPrompt } from "#src/domain/saved-prompt.ts";
import type { Keeping, Sheet } from "#src/domain/sheet.ts";
import type { RunNote, Task, TaskUuid } from "#src/domain/task.ts";

/** A row that could not be parsed: left where it is, and reported. */
export interface SkippedRow {
  store: "sheets" | "images" | "tasks" | "marks" | "pictures";
  key: string;
  /** It is still shown, with defaults for these fields ("run.capMicroUsd"). */
  mended?: readonly string[];
}

/** Everything about one sheet except its pixels. */
export interface SheetRecords {
  sheet: Sheet;
  /** By frame number. */
  images: SheetImage[];
  /** By creation, then UUID. */
  tasks: Task[];
  /** In the order in which they were written. */
  marks: Mark[];
  /** Facts of every picture the images name, if stored. */
  pictures: PictureFacts[];
  /**
   * Everything that the sheet's tasks cost, including those whose rows were purged: nothing
   * un-spends.
   */
  spentMicroUsd: Record<Purse, MicroUsd>;
  /** What is known about the sheet's latest run; null if none was started. */
  run: RunNote | null;
  skipped: SkippedRow[];
}

/**
 * What a run needs from a sheet: only its tasks with loose ends, by creation, however many there are. What a damaged
 * task holds counts as spent, since nobody can tell its end.
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

/** What is written together, or not at all. Rows replace those with the same id. */
export interface Write {
  sheets?: readonly Sheet[];
  images?: readonly SheetImage[];
  tasks?: readonly Task[];
  marks?: readonly (Mark | UnwrittenMark)[];
  runs?: readonly RunNote[];
  /** Answers to keep for reuse; the latest answer to a question replaces the earlier one. */
  reusable?: readonly { question: ReuseQuestion; answer: ReusableAnswer }[];
  /**
   * True for tasks paid for on another device (an opened sheet file): they are added to the sheet's sum, not to this
   * device's spending.
   */
  paidElsewhere?: boolean;
  /** What a sheet cost on another device for answers that are not in its file: it is added to the sheet's sum only. */
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

/**
 * Identifies what was asked about which bytes, for reuse. `sentSide` is the size in pixels that "auto"
 * stood for.
 */
export interface ReuseQuestion {
  pictureHash: string;
  modelId: string;
  prompt: string | null;
  sentSide: number;
  mount: Mount | null;
  purse: Purse;
}

/** What one answer of a model cost, and how long it took from sending to answer if that is known. */
export interface SeenPrice {
  modelId: string;
  purse: Purse;
  microUsd: MicroUsd;
  milliseconds: number | null;
}

/**
 * Identifies what was left with the service: which bytes, at which longest side, through which connection.
 */
export interface UploadPlace {
  pictureHash: string;
  /** "direct", or the proxy's base address: another account knows nothing about it. */
  via: string;
  side: number;
  mount: Mount | null;
}

/** Which of the copies made for sending: its longest side, in pixels, and what it is laid on. */
export type SentCopy = Pick<UploadPlace, "side" | "mount">;

/** A picture that the service has. It forgets pictures 30 days after their last use, and may do so earlier. */
export interface Upload extends UploadPlace {
  imageUuid: string;
  /** The size of what was uploaded, in pixels. */
  width: number;
  height: number;
  /** Epoch milliseconds. */
  usedAt: number;
}

/**
 * What is removed for good. Only rows that carry a tombstone go, whatever is named here. A removed image stays while
 * one of its tasks has not ended, a deleted sheet while one that was sent has not: they go with the first purge after
 * that. For a task of unknown cost, the part that counts stays, without its answer.
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
 * The only way to what is kept, on disk (IndexedDB) or in memory. Every promise rejects with a
 * FailureError: storage-full, storage-broken.
 */
export interface Storage {
  readonly keeping: Keeping;
  listSheets(): Promise<{ sheets: SheetSummary[]; skipped: SkippedRow[] }>;
  /**
   * Null if there is no such sheet, or it was deleted and purged. With `firstImages`, only that many images by frame
   * number, and what belongs to them: for showing the first rows of a large sheet at once. A few unfinished tasks of other
   * images are with them, since they say that a run is under way.
   */
  readSheet(sheetId: SheetId, part?: { firstImages: number }): Promise<SheetRecords | null>;
  /** Null if there is no such sheet. */
  readRun(sheetId: SheetId): Promise<RunRecords | null>;
  /** In the order asked; null if there is no such row, or it is damaged. */
  readImages(imageIds: readonly ImageId[]): Promise<(SheetImage | null)[]>;
  /** Those of these tasks that are there, in the order asked. */
  readTasks(sheetId: SheetId, taskUuids: readonly TaskUuid[]): Promise<Task[]>;
  /** Every row that carries a tombstone, of all sheets, so long as no purge took it. */
  readRemoved(): Promise<Pick<SheetRecords, "images" | "tasks" | "marks">>;
  /**
   * One transaction, in which the sheets of images, tasks and marks also get the time of their latest change. "strict"
   * resolves only once the rows are flushed to disk: for tasks about to be sent.
   */
  write(rows: Write, durability?: "strict" | "relaxed"): Promise<Written>;
  /**
   * Gives out this many consecutive frame numbers of a sheet, and resolves to the first. No other tab gets them, and no
   * existing image has one of them, removed or not. Before that it takes `unused` ones back, which the caller was given
   * and nobody has, unless others were given out after them.
   */
  reserveFrames(
    sheetId: SheetId,
    count: number,
    unused?: { first: number; last: number },
  ): Promise<number>;
  /** Keeps a picture by its hash; does nothing if the same bytes, at least as large, are there. */
  putPicture(picture: NewPicture): Promise<void>;
  readThumbnail(pictureHash: string): Promise<EncodedPicture | null>;
  /** The copy as it was sent or, with null, the copy made at intake. */
  readCopy(pictureHash: string, sent: SentCopy | null): Promise<EncodedPicture | null>;
  /** A copy that was made from the first, to be sent. */
  putCopy(pictureHash: string, sent: SentCopy, copy: EncodedPicture): Promise<void>;
  /** Adds to a picture's facts what it looks like; does nothing if the picture is not there. */
  putPerceptualHash(pictureHash: string, perceptualHash: string): Promise<void>;
  findReusable(question: ReuseQuestion): Promise<ReusableAnswer | null>;
  /** The same for many questions in one transaction, in the order asked. */
  findReusables(questions: readonly ReuseQuestion[]): Promise<(ReusableAnswer | null)[]>;
  /** Null if nothing was left there, as always for memory. */
  readUpload(place: UploadPlace): Promise<Upload | null>;
  /** Keeps a note of an upload, in place of an earlier one. Memory keeps none. */
  putUpload(upload: Upload): Promise<void>;
  dropUpload(place: UploadPlace): Promise<void>;
  readSpending(): Promise<SpendEntry[]>;
  /**
   * Cost of the latest answers per model and purse, newest last, at most 50 each: prices are learned from these.
   */
  readSeenPrices(): Promise<SeenPrice[]>;
  /** The user's library of prompts, in its order. A prompt that can't be read is left out. */
  readPrompts(): Promise<SavedPrompt[]>;
  /** Adds or replaces prompts by their ids, and removes others, together or not at all. */
  writePrompts(change: {
    kept?: readonly SavedPrompt[];
    removed?: readonly string[];
  }): Promise<void>;
  /** Removes tombstoned rows for good, then pictures that no image names, with the answers kept for their reuse. */
  purge(target: PurgeTarget): Promise<Purged>;
  close(): void;
}
