import { FailureError, toFailure } from "#src/domain/failure.ts";
import { pictureHashOf, type ImageSource, type SheetImage } from "#src/domain/image.ts";
import type { NewPicture } from "#src/domain/picture.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import type { Storage } from "#src/storage/storage.ts";
import { NO_INTAKE, type RejectedFile } from "./sheet-state.ts";
import type { SheetStore } from "./sheet-store.ts";
import type { SheetWriter } from "./sheet-writer.ts";

/** A file as it was offered. */
export interface OfferedFile {
  file: File;
  /** Path of its folder, "" where it came alone. */
  folder: string;
  from: "file" | "clipboard" | "sample";
}

/** A picture that stays where it is and is sent by reference. */
export type OfferedReference = Extract<ImageSource, { kind: "url" | "runware" }>;

/** A picture that is known from a file of verdicts alone. */
export interface UnseenPicture {
  pictureHash: string;
  fileName: string | null;
}

export interface Intake {
  /** Shows every file at once, then prepares them in order. Never rejects: what is not taken is in the report. */
  addFiles: (files: readonly OfferedFile[]) => Promise<void>;
  addReferences: (references: readonly OfferedReference[]) => Promise<void>;
  /** Images of which nothing but the hash is known; adding the file later fills them. Written before it resolves. */
  addUnseen: (pictures: readonly UnseenPicture[]) => Promise<readonly SheetImage[]>;
  /** Drops what is not prepared yet. */
  cancel: () => void;
  dismissReport: () => void;
  /** The original, as long as this tab has it. */
  originalOf: (imageId: string) => File | null;
}

interface IntakeParts {
  storage: Storage;
  preparer: () => Promise<ImagePreparer>;
  sheetStore: SheetStore;
  writer: SheetWriter;
  now: () => number;
  newId: () => string;
  /** The highest frame number ever given on this sheet; a removed image keeps its own for its undo. */
  lastFrame: Promise<number>;
}

// A few more than the pool has workers, so that none waits for a transaction to end.
const AT_ONCE = 6;
const MOST_BYTES = 100_000_000;

/** Takes files onto a sheet. */
export function createIntake(parts: IntakeParts): Intake {
  const { sheetStore } = parts;
  const originals = new Map<string, File>();
  const report = createReport(sheetStore);
  const holders = holdersOf(sheetStore);
  const making = parts.lastFrame.then((lastFrame) => createImageMaker(parts, lastFrame));
  let ending = new AbortController();

  const takeOne = createTaker(parts, { report, holders, originals });

  return {
    addFiles: async (files) => {
      const { signal } = ending;
      const newImages = await making;
      const images = newImages(files.map(sourceOf), { phase: "queued" });
      report.offer(images);
      const queue = images.map((image, index) => ({ image, file: files[index]?.file }));
      const work = async (): Promise<void> => {
        for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
          if (next.file !== undefined) await takeOne(next.image, next.file, signal);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
    },
    addReferences: async (references) => {
      const newImages = await making;
      await parts.writer.write({ images: newImages(references, { phase: "remote" }) });
    },
    addUnseen: async (pictures) => {
      const newImages = await making;
      const images = pictures.flatMap(({ pictureHash, fileName }) =>
        newImages([{ kind: "hash", fileName }], { phase: "unseen", pictureHash }),
      );
      await parts.writer.write({ images });
      sheetStore.flush();
      return images;
    },
    cancel: () => {
      ending.abort();
      ending = new AbortController();
    },
    dismissReport: () => sheetStore.show({ intake: () => NO_INTAKE }),
    originalOf: (imageId) => originals.get(imageId) ?? null,
  };
}

interface Books {
  report: ReturnType<typeof createReport>;
  holders: ReturnType<typeof holdersOf>;
  /** Files of this session, by image. */
  originals: Map<string, File>;
}

/** Prepares and keeps one file; what becomes of it is in the report. */
function createTaker(parts: IntakeParts, { report, holders, originals }: Books) {
  const { sheetStore } = parts;
  return async (image: SheetImage, file: File, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return report.drop(image);
    sheetStore.show({ images: [{ ...image, preparation: { phase: "preparing" } }] });
    try {
      const picture = await prepareOne(parts, { image, file, signal });
      const unseen = holders.unseen(picture.facts.hash);
      if (unseen !== null) {
        await keep(parts, { ...unseen, source: image.source }, picture);
        originals.set(unseen.id, file);
        return report.fill(image);
      }
      if (!holders.claim(picture.facts.hash, image.id)) return report.refuse(image, file.name);
      await keep(parts, image, picture).catch((error: unknown) => {
        holders.release(picture.facts.hash);
        throw error;
      });
      originals.set(image.id, file);
      report.take();
    } catch (error) {
      const failure = toFailure(error);
      if (failure.kind === "cancelled") report.drop(image);
      else report.reject(image, { name: file.name, failure });
    }
  };
}

function createReport({ show, flush }: SheetStore) {
  return {
    offer: (images: readonly SheetImage[]): void => {
      const offered = images.length;
      show({ images, intake: (report) => ({ ...report, offered: report.offered + offered }) });
      flush();
    },
    take: (): void => show({ intake: (report) => ({ ...report, taken: report.taken + 1 }) }),
    /** The picture of an image that was there already, without one. */
    fill: (image: SheetImage): void =>
      show({
        dropped: [image.id],
        intake: (report) => ({ ...report, taken: report.taken + 1 }),
      }),
    drop: (image: SheetImage): void =>
      show({
        dropped: [image.id],
        intake: (report) => ({ ...report, offered: Math.max(0, report.offered - 1) }),
      }),
    reject: (image: SheetImage, rejected: RejectedFile): void =>
      show({
        dropped: [image.id],
        intake: (report) => ({ ...report, rejected: [...report.rejected, rejected] }),
      }),
    refuse: (image: SheetImage, name: string): void =>
      show({
        dropped: [image.id],
        intake: (report) => ({ ...report, duplicates: [...report.duplicates, name] }),
      }),
  };
}

/** Which image holds which bytes, so that the same bytes are kept once, even while both are still being prepared. */
function holdersOf({ store }: SheetStore) {
  const holders = new Map<string, string>();
  let seen: unknown = null;
  // Images also come from other tabs, from an undo, and with the rest of a large sheet.
  const catchUp = (): void => {
    const { images, order } = store.getState();
    if (seen === order) return;
    seen = order;
    for (const image of images.values()) {
      const hash = pictureHashOf(image);
      if (hash !== null) holders.set(hash, image.id);
    }
  };
  return {
    claim: (hash: string, imageId: string): boolean => {
      catchUp();
      const holder = holders.get(hash);
      if (holder !== undefined && store.getState().images.has(holder)) return false;
      holders.set(hash, imageId);
      return true;
    },
    release: (hash: string): boolean => holders.delete(hash),
    /** The image that waits for these bytes; null where none does. */
    unseen: (hash: string): SheetImage | null => {
      catchUp();
      const holder = store.getState().images.get(holders.get(hash) ?? "");
      return holder?.preparation.phase === "unseen" ? holder : null;
    },
  };
}

function createImageMaker(parts: IntakeParts, highest: number) {
  let lastFrame = highest;
  return (sources: readonly ImageSource[], preparation: SheetImage["preparation"]): SheetImage[] =>
    sources.map((source) => {
      lastFrame += 1;
      return {
        id: parts.newId(),
        sheetId: parts.sheetStore.store.getState().sheet.id,
        frame: lastFrame,
        source,
        preparation,
        addedAt: parts.now(),
        deletedAt: null,
      };
    });
}

async function keep(parts: IntakeParts, image: SheetImage, picture: NewPicture): Promise<void> {
  await parts.storage.putPicture(picture);
  await parts.writer.write({
    images: [{ ...image, preparation: { phase: "ready", pictureHash: picture.facts.hash } }],
    pictures: [picture.facts],
  });
}

async function prepareOne(
  parts: IntakeParts,
  { image, file, signal }: { image: SheetImage; file: File; signal: AbortSignal },
): Promise<NewPicture> {
  if (file.size === 0) throw new FailureError({ kind: "empty-file" });
  if (file.size > MOST_BYTES)
    throw new FailureError({
      kind: "too-large",
      what: "bytes",
      found: file.size,
      limit: MOST_BYTES,
    });
  const preparer = await parts.preparer();
  const { copySide } = parts.sheetStore.store.getState().sheet;
  return preparer.prepare(file, { copySide, signal, imageId: image.id });
}

function sourceOf(offered: OfferedFile): ImageSource {
  const fileName = offered.file.name;
  return offered.from === "file"
    ? { kind: "file", fileName, folder: offered.folder }
    : { kind: offered.from, fileName };
}
