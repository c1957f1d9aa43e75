import type { ImageId } from "#src/domain/image.ts";
import type { NewPicture } from "#src/domain/picture.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import { throughAll } from "#src/lib/through-all.ts";
import type { Storage } from "#src/storage/storage.ts";

/**
 * The files of this session from which a larger copy could be made. They stay with the user: only the browser's handle
 * is held.
 */
export interface Originals {
  keep: (picture: NewPicture, from: { file: File; imageId: ImageId }) => void;
  /** The file of a picture, if it is held. */
  fileOf: (hash: string) => File | null;
  /**
   * Makes every copy again that `copySide` allows to be larger, unless a smaller one is asked for meanwhile. A file that is gone by now keeps the copy it has.
   */
  enlarge: (copySide: number) => Promise<void>;
}

interface Original {
  file: File;
  imageId: ImageId;
  /** Most pixels per side of its copy. */
  side: number;
}

interface OriginalsParts {
  storage: Pick<Storage, "putPicture">;
  preparer: () => Promise<Pick<ImagePreparer, "prepare">>;
}

// As many as keep the pool's workers busy.
const AT_ONCE = 4;

export function createOriginals({ storage, preparer }: OriginalsParts): Originals {
  const byHash = new Map<string, Original>();
  const { signal } = new AbortController();
  let wanted = 0;

  async function enlargeOne(hash: string, original: Original, copySide: number): Promise<void> {
    const { file, imageId } = original;
    try {
      const picture = await (await preparer()).prepare(file, { copySide, signal, imageId });
      if (picture.facts.hash !== hash) byHash.delete(hash);
      else {
        await storage.putPicture(picture);
        keep(picture, original);
      }
    } catch {
      // Moved, deleted, or no room for it: the existing copy is sent as before.
    }
  }

  function keep({ facts, copy }: NewPicture, { file, imageId }: Omit<Original, "side">): void {
    const side = Math.max(copy.width, copy.height);
    // A drawing can be drawn as large as wanted; everything else has no more pixels than it has.
    if (facts.format === "svg" || Math.max(facts.width, facts.height) > side)
      byHash.set(facts.hash, { file, imageId, side });
    else byHash.delete(facts.hash);
  }

  return {
    keep,
    fileOf: (hash) => byHash.get(hash)?.file ?? null,
    enlarge: async (copySide) => {
      wanted = copySide;
      const smaller = [...byHash].filter(([, { side }]) => side < copySide);
      await throughAll(smaller, AT_ONCE, async ([hash, original]) => {
        // It may be taken back while the copies are made.
        if (wanted >= copySide) await enlargeOne(hash, original, copySide);
      });
    },
  };
}
