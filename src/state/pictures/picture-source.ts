import { sentSideOf } from "#src/catalog/find-models.ts";
import { FailureError, toFailure } from "#src/domain/failure.ts";
import type { SheetId, SheetImage } from "#src/domain/image.ts";
import { mountKey } from "#src/storage/row-order.ts";
import { isSentAsItIs } from "#src/images/fit.ts";
import type { ImagePreparer, ReadyPicture } from "#src/images/image-preparer.ts";
import type { PictureSource } from "#src/runs/ports.ts";
import type { SentCopy, Storage, Upload, UploadPlace } from "#src/storage/storage.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import type { ServiceClient } from "#src/api/create-service-client.ts";
import type { Connection } from "#src/domain/connection.ts";
import type { PictureReference } from "#src/domain/delivery.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { SentFacts } from "#src/domain/task.ts";

interface PictureSourceParts {
  storageOf: (image: SheetImage) => Storage;
  preparer: () => Promise<ImagePreparer>;
  uploads: Uploads;
}

/**
 * Gives the engine pictures from storage: the smaller copy if one was made, otherwise it is made once and
 * kept.
 */
export function createPictureSource(parts: PictureSourceParts): PictureSource {
  const { storageOf, preparer, uploads } = parts;
  const copyAt = createCopyAt(preparer);
  return {
    prepare: async (image, asked, { signal, takeSlot }) => {
      const { source, preparation } = image;
      if (source.kind === "url")
        return { picture: { kind: "url", url: source.url }, sent: byReference() };
      if (source.kind === "runware")
        return { picture: { kind: "uuid", imageUuid: source.imageUuid }, sent: byReference() };
      if (preparation.phase !== "ready") throw new FailureError({ kind: "picture-missing" });
      const storage = storageOf(image);
      const { pictureHash } = preparation;
      const sentCopy = { side: sentSideOf(asked.recipe), mount: asked.mount };
      const makeReady = async () => {
        const copy = await copyAt({ storage, pictureHash, ...sentCopy }, signal);
        // It is mounted by now: only its size is left, which is right.
        return (await preparer()).ready(copy, null, signal);
      };
      // Only Compare asks several times about one picture: for other views it would be left there for
      // nothing.
      if (asked.askedBy === "compare" && uploads.isAllowed(image.sheetId)) {
        const left = await uploads.place(
          storage,
          { pictureHash, ...sentCopy },
          { makeReady, signal, takeSlot },
        );
        if (left !== null) return left;
      }
      const ready = await makeReady();
      return {
        picture: { kind: "data-uri", dataUri: ready.dataUri },
        sent: { width: ready.width, height: ready.height, bytes: ready.bytes },
      };
    },
    forget: uploads.forget,
  };
}

function byReference(): { width: null; height: null; bytes: number } {
  return { width: null, height: null, bytes: 0 };
}

interface WantedCopy extends SentCopy {
  storage: Storage;
  pictureHash: string;
}

/** The stored copy at a side. Rejects with a FailureError: picture-missing, cancelled, storage's and the pool's. */
type CopyAt = (wanted: WantedCopy, signal: AbortSignal) => Promise<EncodedPicture>;

/** Gives stored copies; a smaller one is made and kept once, however many ask for it at the same time. */
function createCopyAt(preparer: () => Promise<ImagePreparer>): CopyAt {
  const underWay = new Map<string, Promise<EncodedPicture>>();
  return (wanted, signal) => {
    const { storage, pictureHash, side, mount } = wanted;
    const key = JSON.stringify([storage.keeping, pictureHash, side, mountKey(mount)]);
    const shared =
      underWay.get(key) ?? findOrMake(wanted, preparer).finally(() => underWay.delete(key));
    underWay.set(key, shared);
    return unlessAborted(shared, signal);
  };
}

async function findOrMake(
  { storage, pictureHash, side, mount }: WantedCopy,
  preparer: () => Promise<ImagePreparer>,
): Promise<EncodedPicture> {
  const made = await storage.readCopy(pictureHash, { side, mount });
  if (made !== null) return made;
  const copy = await storage.readCopy(pictureHash, null);
  if (copy === null) throw new FailureError({ kind: "picture-missing" });
  if (isSentAsItIs(copy, { side, mount })) return copy;
  // A caller that cancels must not take it from the others. It is kept, and the pool has a deadline, so no signal
  // is needed.
  const { signal } = new AbortController();
  const ready = await (await preparer()).ready(copy, { side, mount }, signal);
  if (ready.made === null) return copy;
  await storage.putCopy(pictureHash, { side, mount }, ready.made).catch((thrown: unknown) => {
    // Without room to keep it, it is made again the next time.
    if (toFailure(thrown).kind !== "storage-full") throw thrown;
  });
  return ready.made;
}

/** Lets one caller leave at once, while what it waits for continues. */
function unlessAborted<Value>(shared: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new FailureError({ kind: "cancelled" }));
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort, { once: true });
    shared.finally(() => signal.removeEventListener("abort", onAbort)).then(resolve, reject);
  });
}

/** Pictures that are left with the service, so that each is uploaded once, whatever the number of columns. */
interface Uploads {
  isAllowed: (sheetId: SheetId) => boolean;
  /** The picture's name with the service, which gets it first if it is not there; null if that failed: send it then. */
  place: (
    storage: Storage,
    picture: Omit<UploadPlace, "via">,
    making: Making,
  ) => Promise<{ picture: PictureReference; sent: SentFacts } | null>;
  /**
   * Drops the note of an upload that the service has forgotten; false if it was not our upload, or was uploaded again
   * without success.
   */
  forget: (picture: PictureReference) => Promise<boolean>;
}

interface Making {
  makeReady: () => Promise<ReadyPicture>;
  signal: AbortSignal;
  /** A turn to have a request in flight; resolves with the function that gives it back. */
  takeSlot: () => Promise<() => void>;
}

interface UploadsParts {
  client: () => Pick<ServiceClient, "upload" | "connection">;
  isAllowed: (sheetId: SheetId) => boolean;
  /** Epoch milliseconds. */
  now: () => number;
  newUuid: () => string;
}

const UPLOAD_TIMEOUT_MS = 60_000;
// The service keeps an upload for 30 days after its last use; a day or two less is on the safe side.
const TRUSTED_MS = 28 * 24 * 60 * 60 * 1000;
// If it was uploaded again once and is still not known, it was not merely forgotten.
const MOST_DROPS = 1;

/** Makes the uploads of one tab. Storage keeps what was left where. */
export function createUploads(parts: UploadsParts): Uploads {
  const known = new Map<string, { storage: Storage; place: UploadPlace }>();
  const underWay = new Map<string, Promise<Upload>>();
  const drops = new Map<string, number>();
  const remember = (storage: Storage, upload: Upload): void => {
    known.set(upload.imageUuid, { storage, place: upload });
  };
  return {
    isAllowed: parts.isAllowed,
    place: async (storage, picture, making) => {
      const client = parts.client();
      const place: UploadPlace = { ...picture, via: viaOf(client.connection) };
      const key = keyOf(place);
      const kept = await storage.readUpload(place);
      if (kept !== null && kept.usedAt > parts.now() - TRUSTED_MS) {
        await storage.putUpload({ ...kept, usedAt: parts.now() });
        remember(storage, kept);
        return named(kept, 0);
      }
      // Columns come for the same picture at once: the first leaves it there, the others wait for that.
      const first = underWay.get(key);
      try {
        if (first !== undefined) return named(await first, 0);
        let bytes = 0;
        const leaving = leave(parts, place, making).then(async (left) => {
          bytes = left.bytes;
          await storage.putUpload(left.upload);
          remember(storage, left.upload);
          return left.upload;
        });
        underWay.set(key, leaving);
        const upload = await leaving.finally(() => underWay.delete(key));
        return named(upload, bytes);
      } catch (thrown) {
        // Leaving it there is a saving, not a need; but a caller that cancelled wants neither.
        if (toFailure(thrown).kind === "cancelled") throw thrown;
        return null;
      }
    },
    forget: async (picture) => {
      const found = picture.kind === "uuid" ? known.get(picture.imageUuid) : undefined;
      if (found === undefined || picture.kind !== "uuid") return false;
      const { storage, place } = found;
      const kept = await storage.readUpload(place);
      // Another column's task noticed before, and it was uploaded again already.
      if (kept !== null && kept.imageUuid !== picture.imageUuid) return true;
      const key = keyOf(place);
      const dropped = drops.get(key) ?? 0;
      if (kept !== null && dropped >= MOST_DROPS) return false;
      if (kept !== null) drops.set(key, dropped + 1);
      await storage.dropUpload(place);
      return true;
    },
  };
}

async function leave(
  { client, now, newUuid }: UploadsParts,
  place: UploadPlace,
  { makeReady, signal, takeSlot }: Making,
): Promise<{ upload: Upload; bytes: number }> {
  const { dataUri, width, height, bytes } = await makeReady();
  const giveBack = await takeSlot();
  try {
    const { imageUuid } = await client().upload(
      { taskUuid: newUuid(), dataUri },
      { signal, timeoutMs: UPLOAD_TIMEOUT_MS },
    );
    return { upload: { ...place, imageUuid, width, height, usedAt: now() }, bytes };
  } finally {
    giveBack();
  }
}

function named(
  { imageUuid, width, height }: Upload,
  bytes: number,
): { picture: PictureReference; sent: SentFacts } {
  return { picture: { kind: "uuid", imageUuid }, sent: { width, height, bytes } };
}

function viaOf(connection: Connection): string {
  return connection.kind === "direct" ? "direct" : connection.baseUrl;
}

function keyOf({ pictureHash, via, side, mount }: UploadPlace): string {
  return JSON.stringify([pictureHash, via, side, mountKey(mount)]);
}

/**
 * Whether a sheet's pictures may be left with the service: only if the user allows it, and never those of a memory-only
 * sheet.
 */
export function allowsUploads({ keeping, compare }: Sheet): boolean {
  if (keeping !== "disk" || typeof compare !== "object" || compare === null) return false;
  return "uploadsOnce" in compare && compare.uploadsOnce === true;
}
