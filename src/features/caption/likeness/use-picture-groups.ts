import { useEffect, useMemo, useState } from "react";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import { report } from "#src/sheet/tell.ts";
import { usePerceptualHashes } from "#src/state/pictures/perceptual-hashes.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { groupPictures, type ComparedPicture, type PictureGroup } from "./near-pictures.ts";

/** The groups of a sheet, and how many older pictures are still to be looked at. */
export interface PictureGroups {
  /** Null until they are there. */
  groups: readonly PictureGroup[] | null;
  left: number;
}

/** Groups the pictures of the open sheet, those within so many bits of each other together. */
export function usePictureGroups(mostBits: number): PictureGroups {
  const order = useSheet((state) => state.order);
  const images = useSheet((state) => state.images);
  const facts = useSheet((state) => state.pictures);
  const { byHash, left } = usePerceptualHashes();
  const [groups, setGroups] = useState<readonly PictureGroup[] | null>(null);
  const pictures = useMemo(
    () =>
      order.flatMap((id): ComparedPicture[] => {
        const image = images.get(id);
        const pictureHash = image === undefined ? null : pictureHashOf(image);
        if (pictureHash === null) return [];
        const { width = 1, height = 1 } = facts.get(pictureHash) ?? {};
        return [
          { id, pictureHash, perceptualHash: byHash.get(pictureHash) ?? null, width, height },
        ];
      }),
    [order, images, facts, byHash],
  );
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    report(
      inSlices(groupPictures(pictures, mostBits), signal).then(
        (found) => {
          if (!signal.aborted) setGroups(found);
        },
        (error: unknown) => {
          if (!signal.aborted) throw error;
        },
      ),
    );
    return () => leaving.abort();
  }, [pictures, mostBits]);
  return { groups, left };
}
