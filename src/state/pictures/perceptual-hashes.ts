import { useEffect, useMemo, useState } from "react";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { ImageId, SheetImage } from "#src/domain/image.ts";
import { FEATURELESS, type PictureFacts } from "#src/domain/picture.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import { throughAll } from "#src/lib/through-all.ts";
import { useServices } from "#src/state/services.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import type { Storage } from "#src/storage/storage.ts";

/** What the pictures of a sheet look like, as hashes, by the hash of their bytes. */
export interface PerceptualHashes {
  byHash: ReadonlyMap<string, string>;
  /** Pictures from before there were hashes, which are still to be looked at. */
  left: number;
}

// As many as the pool has workers: each hashes one thumbnail at a time.
const AT_ONCE = 4;
// The screen follows in steps: drawing anew for each picture would cost more than hashing it.
const TOLD_EVERY = 64;

/** Hashes that were made in this tab, of pictures that were taken in without one. */
const made = new Map<string, string>();

type Facts = ReadonlyMap<string, PictureFacts>;

/** What the pictures of the open sheet look like. What is missing is made from the thumbnails, a few at a time behind the page. */
export function usePerceptualHashes(): PerceptualHashes {
  const { storages, preparer } = useServices().sheets;
  const images = useSheet((state) => state.images);
  const facts = useSheet((state) => state.pictures);
  const keeping = useSheet((state) => state.sheet.keeping);
  const storage = storages[keeping];
  const [known, setKnown] = useState<ReadonlyMap<string, string>>(made);
  useEffect(() => {
    const missing = missingOf(images, facts, made);
    if (missing.length === 0) return undefined;
    const leaving = new AbortController();
    const tell = () => setKnown(new Map(made));
    hashThumbnails(missing, { storage, preparer, signal: leaving.signal, made, tell }).then(
      tell,
      // Without its worker nothing more is known of them: what is known is grouped all the same.
      tell,
    );
    return () => leaving.abort();
  }, [images, facts, storage, preparer]);
  return useMemo(() => {
    const byHash = new Map(known);
    for (const [hash, { perceptualHash }] of facts)
      if (perceptualHash !== null) byHash.set(hash, perceptualHash);
    return { byHash, left: missingOf(images, facts, known).length };
  }, [images, facts, known]);
}

function missingOf(
  images: ReadonlyMap<ImageId, SheetImage>,
  facts: Facts,
  known: ReadonlyMap<string, string>,
): string[] {
  const hashes = [...images.values()].flatMap((image) => pictureHashOf(image) ?? []);
  return [...new Set(hashes)].filter(
    (hash) => facts.get(hash)?.perceptualHash === null && !known.has(hash),
  );
}

interface HashingParts {
  storage: Pick<Storage, "readThumbnail" | "putPerceptualHash">;
  preparer: () => Promise<Pick<ImagePreparer, "hashThumbnail">>;
  signal: AbortSignal;
  /** Gets the hashes. */
  made: Map<string, string>;
  tell: () => void;
}

/** Hashes thumbnails by the hashes of their pictures, and keeps the hashes with them. One that can't be read or decoded is like no other. */
export async function hashThumbnails(
  hashes: readonly string[],
  { storage, preparer, signal, made: known, tell }: HashingParts,
): Promise<void> {
  const pool = await preparer();
  const lookAt = async (hash: string): Promise<string> => {
    const thumbnail = await storage.readThumbnail(hash);
    if (thumbnail === null) return FEATURELESS;
    const looks = await pool.hashThumbnail(thumbnail, signal);
    // What can't be kept is made again another time.
    await storage.putPerceptualHash(hash, looks).catch(() => undefined);
    return looks;
  };
  let untold = 0;
  await throughAll(hashes, AT_ONCE, async (hash) => {
    if (signal.aborted) return;
    const looks = await lookAt(hash).catch(() => FEATURELESS);
    if (signal.aborted) return;
    known.set(hash, looks);
    untold += 1;
    if (untold % TOLD_EVERY === 0) tell();
  });
}
