import * as v from "valibot";
import { FailureError, toFailure } from "#src/domain/failure.ts";
import { fileFailure } from "#src/domain/file-failure.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { ImageId, ImageSource, SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import type { NewPicture, PreparedPicture } from "#src/domain/picture.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import { fileLimitFailure } from "#src/images/picture-limits.ts";
import { isCaptionFile } from "#src/imports/read-caption-file.ts";
import { breath } from "#src/lib/in-slices.ts";
import { throughAll } from "#src/lib/through-all.ts";
import type { Storage } from "#src/storage/storage.ts";
import {
  type IntakeReport,
  NO_INTAKE,
  type RejectedFile,
  type SheetStore,
  stillPreparing,
} from "#src/state/sheet/sheet-store.ts";
import type { SheetChanges } from "#src/state/history/changes.ts";
import type { UndoStack } from "#src/state/history/undo-stack.ts";
import { CaptionDrop } from "./caption-drop.ts";
import { type FoundFile, openFile } from "./found-file.ts";
import { createFrameNumbers, type FrameNumbers } from "./frame-numbers.ts";
import type { Originals } from "./originals.ts";
import { createPictureHolders, type PictureHolders } from "./picture-holders.ts";
import { seenFirst } from "./seen-first.ts";
import type { FetchLike } from "#src/lib/fetch-like.ts";

/** A file as it was offered. */
export interface OfferedFile {
  file: File | FoundFile;
  /** Path of its folder; "" if it came alone. */
  folder: string;
  from: "file" | "clipboard" | "sample";
}

/** A picture that stays where it is and is sent by reference. */
export type OfferedReference = Extract<ImageSource, { kind: "url" | "runware" }>;

/** A picture that is known only from a file of verdicts. */
export interface UnseenPicture {
  pictureHash: string;
  fileName: string | null;
}

export interface Intake {
  /**
   * Shows every picture at once, then prepares them in order, those on screen first, and reads the captions that came along. What is not taken is in
   * the report, beside what came along and could not be read. Rejects only if texts that came along can't be written.
   */
  addFiles: (files: readonly OfferedFile[], unread?: readonly RejectedFile[]) => Promise<void>;
  addReferences: (references: readonly OfferedReference[]) => Promise<void>;
  /**
   * Images, yet to be written, for those of these pictures that the sheet lacks. Only their hash is known; adding the
   * file later fills them.
   */
  makeUnseen: (pictures: readonly UnseenPicture[]) => Promise<readonly SheetImage[]>;
  /** Drops what is not prepared yet. */
  cancel: () => void;
  /**
   * Drops those of these images that are not prepared yet: nothing of them is kept, and their files may be added
   * again. Resolves once the others are written; they are images like any other.
   */
  forget: (ids: readonly ImageId[]) => Promise<void>;
  dismissReport: () => void;
}

interface IntakeParts {
  storage: Storage;
  originals: Originals;
  preparer: () => Promise<ImagePreparer>;
  sheetStore: SheetStore;
  changes: Pick<SheetChanges, "apply" | "addPictured">;
  now: () => number;
  newId: () => string;
  undo: UndoStack;
  /** Images whose frames are on screen by now; others may be among them. */
  onScreen: Iterable<ImageId>;
  /** Resolves once all of the sheet is shown: until then nobody can tell which pictures it has. */
  whole: () => Promise<unknown>;
}

// A few more than the pool has workers, so that none waits for a transaction to end.
const AT_ONCE = 6;
/** More than a screen holds. Ten thousand rows take the page a second; these are seen before that. */
const FIRST_SHOWN = 200;

/** An image that is offered and not kept yet. */
interface Unfinished {
  ending: AbortController;
  /** Null until its picture is prepared. From then on it is being kept, and no longer dropped. */
  kept: Promise<void> | null;
}

interface Books {
  /** Of the drop that a file is of. */
  captions: CaptionDrop;
  count: IntakeCount;
  numbers: FrameNumbers;
  holders: PictureHolders;
  unfinished: Map<ImageId, Unfinished>;
}

/** Takes files onto a sheet. */
export function createIntake(parts: IntakeParts): Intake {
  const { sheetStore } = parts;
  const numbers = createFrameNumbers(parts);
  const count = createIntakeCount(sheetStore, numbers);
  const unfinished: Books["unfinished"] = new Map();
  const books = { count, numbers, holders: createPictureHolders(sheetStore), unfinished };
  const drop = (ids: readonly ImageId[]): void => {
    const dropped = ids.filter((id) => unfinished.get(id)?.kept === null);
    for (const id of dropped) {
      unfinished.get(id)?.ending.abort();
      unfinished.delete(id);
    }
    count.drop(dropped);
  };

  return {
    addFiles: async (offered, unread = []) => {
      await parts.whole();
      const isCaptions = ({ file, from }: OfferedFile) =>
        from === "file" && isCaptionFile(file.name);
      const files = offered.filter((one) => !isCaptions(one));
      const made = files.map((file) =>
        newImage(parts, { source: sourceOf(file), preparation: { phase: "queued" } }),
      );
      const images = await numbers.giveToDrop(made).catch((error: unknown) => {
        const failure = toFailure(error);
        count.turnAway(files.map(({ file }) => ({ name: file.name, failure })));
        return [];
      });
      for (const { id } of images)
        unfinished.set(id, { ending: new AbortController(), kept: null });
      count.offer(images.slice(0, FIRST_SHOWN));
      if (images.length > FIRST_SHOWN) {
        await breath(new AbortController().signal);
        count.offer(images.slice(FIRST_SHOWN).filter(({ id }) => unfinished.has(id)));
      }
      if (unread.length > 0) count.turnAway(unread);
      const captions = new CaptionDrop(parts, { files: offered.filter(isCaptions), images });
      const queue = images.map((image, index) => ({ image, file: files[index]?.file }));
      await throughAll(seenFirst(queue, parts.onScreen), AT_ONCE, async ({ image, file }) => {
        if (file !== undefined) await takeOne(parts, { ...books, captions }, { image, file });
      });
      // Numbers that can't be closed up now leave a gap, and harm nothing.
      await numbers.rest().catch(() => undefined);
      await captions.end();
    },
    addReferences: async (references) => {
      const images = await numberedImages(
        parts,
        numbers,
        references.map((source) => ({ source, preparation: { phase: "remote" } })),
      );
      await parts.changes.apply({ adds: { images } });
    },
    makeUnseen: async (pictures) => {
      await parts.whole();
      const hashes = new Set([...sheetStore.store.getState().images.values()].map(pictureHashOf));
      const lacking = pictures.filter(({ pictureHash }) => !hashes.has(pictureHash));
      return numberedImages(
        parts,
        numbers,
        lacking.map(({ pictureHash, fileName }) => ({
          source: { kind: "hash", fileName },
          preparation: { phase: "unseen", pictureHash },
        })),
      );
    },
    cancel: () => drop([...unfinished.keys()]),
    forget: async (ids) => {
      drop(ids);
      await Promise.allSettled(ids.flatMap((id) => unfinished.get(id)?.kept ?? []));
      await numbers.hold(ids);
      sheetStore.flush();
    },
    dismissReport: () => sheetStore.show({ intake: () => NO_INTAKE }),
  };
}

/** Prepares and keeps one file; the report says what became of it. */
async function takeOne(
  parts: IntakeParts,
  books: Books,
  { image, file: offered }: { image: SheetImage; file: OfferedFile["file"] },
): Promise<void> {
  const { count, numbers, unfinished } = books;
  const entry = unfinished.get(image.id);
  // Dropped while it waited.
  if (entry === undefined) return;
  const { sheetStore } = parts;
  const { frame } = sheetStore.store.getState().images.get(image.id) ?? image;
  sheetStore.show({ images: [{ ...image, frame, preparation: { phase: "preparing" } }] });
  try {
    const { signal } = entry.ending;
    const file = await openFile(offered);
    const picture = await prepareOne(parts, { image, file, signal });
    if (!unfinished.has(image.id)) return;
    entry.kept = keepOne(parts, books, { image, name: file.name, picture });
    await entry.kept;
    parts.originals.keep(picture, { file, imageId: image.id });
  } catch (error) {
    if (!unfinished.has(image.id)) return;
    const failure = toFailure(error);
    if (failure.kind === "cancelled") count.drop([image.id]);
    else count.reject(image, { name: offered.name, failure });
  } finally {
    unfinished.delete(image.id);
    numbers.settle(image.id);
  }
}

/** Keeps a prepared picture on the image that stands for it. */
async function keepOne(
  parts: IntakeParts,
  { captions, count, holders, numbers }: Books,
  { image, name, picture }: { image: SheetImage; name: string; picture: PreparedPicture },
): Promise<void> {
  const { facts } = picture;
  const place = holders.claim(facts.hash, image);
  if (place.holder !== null) {
    await captions.moveTo(place.holder, image.id);
    // Kept as well: the existing copy may be smaller than this one, or lost.
    await parts.storage.putPicture(picture);
    parts.sheetStore.show({ pictures: [facts] });
    return count.refuse(image, name);
  }
  try {
    if (place.unseen === null) {
      const marks = await captions.marksFor(image, picture);
      await numbers.keep(image, async (numbered) =>
        captions.noteKept(await keep(parts, { image: numbered, picture, marks })),
      );
    } else {
      const unseen = { ...place.unseen, source: image.source };
      const marks = await captions.marksFor(unseen, picture, image.id);
      captions.noteKept(await keep(parts, { image: unseen, picture, marks }));
    }
  } catch (error) {
    place.release();
    throw error;
  }
  if (place.unseen === null) count.take();
  else count.fill(image);
}

/** Images that keep their numbers for good. Other tabs of the sheet may be adding some at the same time. */
async function numberedImages(
  parts: IntakeParts,
  numbers: FrameNumbers,
  made: readonly Pick<SheetImage, "source" | "preparation">[],
): Promise<SheetImage[]> {
  await parts.whole();
  const first = await numbers.give(made.length);
  return made.map((image, index) => ({ ...newImage(parts, image), frame: first + index }));
}

function newImage(
  { sheetStore, newId, now }: IntakeParts,
  { source, preparation }: Pick<SheetImage, "source" | "preparation">,
): Omit<SheetImage, "frame"> {
  const { id: sheetId } = sheetStore.store.getState().sheet;
  return { id: newId(), sheetId, source, preparation, addedAt: now(), deletedAt: null };
}

async function keep(
  parts: IntakeParts,
  {
    image,
    picture,
    marks,
  }: { image: SheetImage; picture: NewPicture; marks: readonly UnwrittenMark[] },
): Promise<readonly Mark[]> {
  await parts.storage.putPicture(picture);
  const { facts } = picture;
  return parts.changes.addPictured(
    { ...image, preparation: { phase: "ready", pictureHash: facts.hash } },
    facts,
    marks,
  );
}

async function prepareOne(
  parts: IntakeParts,
  { image, file, signal }: { image: SheetImage; file: File; signal: AbortSignal },
): Promise<PreparedPicture> {
  // A file that has vanished also has no bytes; only reading it tells.
  if (file.size === 0)
    await file.arrayBuffer().catch((error: unknown) => {
      throw new FailureError(fileFailure(error, "file"));
    });
  const failure = fileLimitFailure(file.size);
  if (failure !== null) throw new FailureError(failure);
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

/**
 * Keeps the report of what became of the files that were offered, and takes off the sheet what turned out to be no
 * image.
 */
type IntakeCount = ReturnType<typeof createIntakeCount>;

function createIntakeCount(
  { store, show, flush }: SheetStore,
  { vacate }: Pick<FrameNumbers, "vacate">,
) {
  const note = (
    change: (report: IntakeReport) => Partial<IntakeReport>,
    dropped: readonly ImageId[] = [],
  ): void => {
    show({ dropped, intake: (report) => ({ ...report, ...change(report) }) });
    if (dropped.length > 0) vacate(dropped);
  };
  return {
    offer: (images: readonly SheetImage[]): void => {
      show({ images });
      note((report) => {
        const begun = isToldAlready(report) ? NO_INTAKE : report;
        return { ...begun, offered: begun.offered + images.length };
      });
      flush();
    },
    /** Files that were never shown as images. */
    turnAway: (files: readonly RejectedFile[]): void =>
      note(({ offered, rejected }) => ({
        offered: offered + files.length,
        rejected: [...rejected, ...files],
      })),
    take: (): void => note(({ taken }) => ({ taken: taken + 1 })),
    /** The picture of an image that was there already, without one. */
    fill: ({ id }: SheetImage): void => note(({ taken }) => ({ taken: taken + 1 }), [id]),
    drop: (ids: readonly ImageId[]): void => {
      flush();
      // Some may not have been offered yet.
      const { length } = ids.filter((id) => store.getState().images.has(id));
      note(({ offered }) => ({ offered: Math.max(0, offered - length) }), ids);
      flush();
    },
    reject: ({ id }: SheetImage, file: RejectedFile): void =>
      note(({ rejected }) => ({ rejected: [...rejected, file] }), [id]),
    refuse: ({ id }: SheetImage, name: string): void =>
      note(({ duplicates }) => ({ duplicates: [...duplicates, name] }), [id]),
  };
}

// A report with refusals stays, and grows, until the user has read and dismissed it.
function isToldAlready(report: IntakeReport): boolean {
  return (
    stillPreparing(report) === 0 &&
    report.rejected.length === 0 &&
    report.duplicates.length === 0 &&
    report.captions.every(
      ({ isUnderWay, notes, missing, conflicts }) =>
        !isUnderWay && notes.length + missing.length + conflicts.length === 0,
    )
  );
}

/** Reads the pictures of the sample sheet. Rejects with a FailureError if they cannot be had. */
export type SampleReader = (signal: AbortSignal) => Promise<readonly File[]>;

const sampleIndex = v.array(v.pipe(v.string(), v.regex(/^[\w.-]+$/u)));
const SAMPLE_MIME: Readonly<Record<string, string>> = {
  jpg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

/** @param baseUrl where the samples are, with a trailing slash; its index.json lists their file names */
export function createSampleReader(fetch: FetchLike, baseUrl: string): SampleReader {
  return async (signal) => {
    const get = async (path: string): Promise<Response> => {
      const response = await fetch(`${baseUrl}${path}`, { signal }).catch(() => null);
      if (response?.ok !== true) throw new FailureError({ kind: "unreachable", via: "proxy" });
      return response;
    };
    const listed = v.safeParse(sampleIndex, await (await get("index.json")).json());
    if (!listed.success) throw new FailureError({ kind: "internal", detail: "sample index" });
    return Promise.all(
      listed.output.map(async (name) => {
        const bytes = await (await get(name)).arrayBuffer();
        const type = SAMPLE_MIME[name.split(".").at(-1) ?? ""] ?? "";
        return new File([bytes], name, { type });
      }),
    );
  };
}
