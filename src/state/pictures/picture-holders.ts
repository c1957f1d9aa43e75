import { pictureHashOf, type SheetImage } from "#src/domain/image.ts";
import type { SheetStore } from "#src/state/sheet/sheet-store.ts";

/** Which image of a sheet holds which bytes, so that the same bytes are kept once, even while both are being prepared. */
export interface PictureHolders {
  /** False where another image of the sheet holds these bytes. */
  claim: (hash: string, imageId: string) => boolean;
  release: (hash: string) => void;
  /** The image that waits for these bytes; null where none does. */
  unseen: (hash: string) => SheetImage | null;
}

export function createPictureHolders({ store }: SheetStore): PictureHolders {
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
    claim: (hash, imageId) => {
      catchUp();
      const holder = holders.get(hash);
      if (holder !== undefined && store.getState().images.has(holder)) return false;
      holders.set(hash, imageId);
      return true;
    },
    release: (hash) => void holders.delete(hash),
    unseen: (hash) => {
      catchUp();
      const holder = store.getState().images.get(holders.get(hash) ?? "");
      return holder?.preparation.phase === "unseen" ? holder : null;
    },
  };
}
