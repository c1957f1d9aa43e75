import { pictureHashOf } from "#src/domain/image-row.ts";
import { type ImageId, imageName, type SheetImage } from "#src/domain/image.ts";
import type { SheetStore } from "#src/state/sheet/sheet-store.ts";

/**
 * Which image of a sheet has which bytes under which name, so that the same file is kept once, even if it is prepared
 * twice at the same time. The same bytes in another folder or under another name are an image of their own.
 */
export type PictureHolders = ReturnType<typeof createPictureHolders>;

/** Where a file is kept. */
interface Place {
  /** The image that has it already; null if nobody had. */
  holder: ImageId | null;
  /** The image that was there already and waited for these bytes; null if the file's own image keeps it. */
  unseen: SheetImage | null;
  /** To be called if it can't be kept there. */
  release: () => void;
}

/** Reads from an open sheet's rows who has which file. */
export function createPictureHolders({ store }: Pick<SheetStore, "store">) {
  const holders = new Map<string, ImageId>();
  const unseen = new Map<string, ImageId>();
  const beingFilled = new Set<ImageId>();
  let seen: unknown = null;
  // Images also come from other tabs, from an undo, and with the rest of a large sheet.
  const catchUp = (): void => {
    const { images, order } = store.getState();
    if (seen === order) return;
    seen = order;
    for (const image of images.values()) {
      const hash = pictureHashOf(image);
      if (hash === null) continue;
      if (image.preparation.phase !== "unseen") holders.set(fileKey(hash, image), image.id);
      else if (!beingFilled.has(image.id)) unseen.set(hash, image.id);
    }
  };
  const takeUnseen = (hash: string): SheetImage | null => {
    const image = store.getState().images.get(unseen.get(hash) ?? "");
    unseen.delete(hash);
    if (image?.preparation.phase !== "unseen") return null;
    beingFilled.add(image.id);
    return image;
  };
  return {
    /** Says if another image of the sheet is the same file; otherwise nobody else keeps it. */
    claim: (hash: string, image: SheetImage): Place => {
      catchUp();
      const key = fileKey(hash, image);
      const holder = holders.get(key);
      if (holder !== undefined && store.getState().images.has(holder))
        return { holder, unseen: null, release: () => undefined };
      const waiting = takeUnseen(hash);
      holders.set(key, waiting?.id ?? image.id);
      return {
        holder: null,
        unseen: waiting,
        release: () => {
          holders.delete(key);
          if (waiting === null) return;
          beingFilled.delete(waiting.id);
          unseen.set(hash, waiting.id);
        },
      };
    },
  };
}

function fileKey(hash: string, image: SheetImage): string {
  const folder = image.source.kind === "file" ? image.source.folder : "";
  return JSON.stringify([hash, folder, imageName(image)]);
}
