import { sentSideOf } from "#src/catalog/find-models.ts";
import { FailureError, toFailure } from "#src/domain/failure.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import type { PictureSource } from "#src/runs/ports.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import type { Uploads } from "./uploads.ts";

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
      const side = sentSideOf(asked.recipe);
      const makeReady = async () => {
        const copy = await copyAt({ storage, pictureHash, side }, signal);
        return (await preparer()).ready(copy, side, signal);
      };
      // Only Compare asks several times about one picture: for other views it would be left there for
      // nothing.
      if (asked.askedBy === "compare" && uploads.isAllowed(image.sheetId)) {
        const left = await uploads.place(
          storage,
          { pictureHash, side },
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

interface WantedCopy {
  storage: Storage;
  pictureHash: string;
  /** Pixels of the longest side at most. */
  side: number;
}

/** The stored copy at a side. Rejects with a FailureError: picture-missing, cancelled, storage's and the pool's. */
type CopyAt = (wanted: WantedCopy, signal: AbortSignal) => Promise<EncodedPicture>;

/** Gives stored copies; a smaller one is made and kept once, however many ask for it at the same time. */
function createCopyAt(preparer: () => Promise<ImagePreparer>): CopyAt {
  const underWay = new Map<string, Promise<EncodedPicture>>();
  return (wanted, signal) => {
    const key = JSON.stringify([wanted.storage.keeping, wanted.pictureHash, wanted.side]);
    const shared =
      underWay.get(key) ?? findOrMake(wanted, preparer).finally(() => underWay.delete(key));
    underWay.set(key, shared);
    return unlessAborted(shared, signal);
  };
}

async function findOrMake(
  { storage, pictureHash, side }: WantedCopy,
  preparer: () => Promise<ImagePreparer>,
): Promise<EncodedPicture> {
  const smaller = await storage.readCopy(pictureHash, side);
  if (smaller !== null) return smaller;
  const copy = await storage.readCopy(pictureHash, null);
  if (copy === null) throw new FailureError({ kind: "picture-missing" });
  if (Math.max(copy.width, copy.height) <= side) return copy;
  // A caller that cancels must not take it from the others. It is kept, and the pool has a deadline, so no signal
  // is needed.
  const { made } = await (await preparer()).ready(copy, side, new AbortController().signal);
  if (made === null) return copy;
  await storage.putCopy(pictureHash, side, made).catch((thrown: unknown) => {
    // Without room to keep it, it is made again the next time.
    if (toFailure(thrown).kind !== "storage-full") throw thrown;
  });
  return made;
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
