import type { Answer } from "#src/domain/answer.ts";
import type { Connection, Purse } from "#src/domain/connection.ts";
import type { CallLimits, Delivery, PictureReference, TaskOrder } from "#src/domain/delivery.ts";
import type { ImageId, SheetId, SheetImage } from "#src/domain/image.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import type { Mount } from "#src/domain/mount.ts";
import type { Keeping, Sheet } from "#src/domain/sheet.ts";
import type { RunNote, SentFacts, Task, TaskUuid } from "#src/domain/task.ts";
import type { Prices } from "./budget.ts";

/** The service, as the engine sees it. Both throw FailureError. */
export interface TaskClient {
  ask(order: TaskOrder, limits: CallLimits): Promise<Delivery>;
  /** Looks up a task that was sent, by its UUID. */
  lookUp(taskUuid: TaskUuid, limits: CallLimits): Promise<Delivery>;
  readonly connection: Connection;
}

/** Makes the picture ready to send: a smaller copy if the recipe wants one, then the data URI, off the main thread. */
export interface PictureSource {
  /**
   * If the user allowed it, the picture is left with the service, and only named from then on. That is a request
   * too, so it takes a slot; `takeSlot` resolves with the function that gives it back.
   */
  prepare(
    image: SheetImage,
    asked: Pick<Task, "recipe" | "askedBy" | "mount">,
    sending: { signal: AbortSignal; takeSlot: () => Promise<() => void> },
  ): Promise<{ picture: PictureReference; sent: SentFacts }>;
  /** Called if the service does not know a picture it was left with. True if preparing it again sends it again. */
  forget(picture: PictureReference): Promise<boolean>;
}

/** Identifies what was asked about which bytes: answers to equal questions may be reused. */
export interface LedgerQuestion {
  pictureHash: string;
  modelId: string;
  prompt: string | null;
  sentSide: number;
  mount: Mount | null;
  purse: Purse;
}

/** An answer that was paid for before. */
export interface LedgerAnswer {
  taskUuid: TaskUuid;
  answer: Answer;
  purse: Purse;
  answeredAt: number;
}

/** Rows that are written together, or not at all. */
export interface LedgerRows {
  tasks?: readonly Task[];
  runs?: readonly RunNote[];
  reusable?: readonly { question: LedgerQuestion; answer: LedgerAnswer }[];
}

/**
 * The ledger that tasks are written to before anything is sent: the part of a sheet's storage that the engine uses.
 * Rejects with FailureError.
 */
export interface Ledger {
  readonly keeping: Keeping;
  /** "strict" resolves only once the rows would survive a power cut. */
  write(rows: LedgerRows, durability: "strict" | "relaxed"): Promise<unknown>;
  /** The sheet's tasks that have not ended, or that still hold money. */
  readRun(sheetId: SheetId): Promise<{
    sheet: Sheet;
    tasks: Task[];
    spentMicroUsd: Record<Purse, MicroUsd>;
    run: RunNote | null;
  } | null>;
  readImages(imageIds: readonly ImageId[]): Promise<(SheetImage | null)[]>;
  readTasks(sheetId: SheetId, taskUuids: readonly TaskUuid[]): Promise<Task[]>;
  findReusables(questions: readonly LedgerQuestion[]): Promise<(LedgerAnswer | null)[]>;
  readSeenPrices(): Promise<{ modelId: string; purse: Purse; microUsd: MicroUsd }[]>;
}

/** Time, as the engine sees it. In the app it ticks in a worker, since a hidden tab's own timers are throttled. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once, after this many milliseconds; returns the function that cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The part of the Web Locks API that the engine uses: `navigator.locks` fits. */
export interface Locks {
  request(
    name: string,
    options: { ifAvailable?: boolean; signal?: AbortSignal },
    work: (lock: object | null) => Promise<void>,
  ): Promise<void>;
}

/** The other tabs of this app. Wraps a BroadcastChannel: what is posted reaches every tab but this one. */
export interface TabChannel {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): () => void;
}

/** Whether this device has a network, and notice of changes. */
export interface Network {
  isOnline(): boolean;
  subscribe(listener: () => void): () => void;
}

/** How long the engine waits for what, in milliseconds. */
export interface Timing {
  /**
   * One POST. Longer than a proxy's own deadline of 120 s, so that the proxy's reply comes first.
   */
  askMs: number;
  /** One look-up. */
  lookUpMs: number;
  /** From a doubtful try until the task counts as unsettled, if it was sent for a synchronous answer. */
  settleMs: number;
  /** The same for asynchronous delivery. */
  settleAsyncMs: number;
}

/** What all tasks of an engine use. */
export interface TaskTools {
  client: () => TaskClient;
  pictures: PictureSource;
  clock: Clock;
  random: () => number;
  network: Network;
  timing: Timing;
  prices: Prices;
}
