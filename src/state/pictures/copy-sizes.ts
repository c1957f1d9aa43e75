import { useEffect, useState } from "react";
import { pictureHashOf, type SheetImage } from "#src/domain/image.ts";
import type { Storage } from "#src/storage/storage.ts";
import { useServices } from "#src/state/services.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

/** What is known so far about the copies that this browser keeps and would send. */
export interface CopySizes {
  /** True once every copy has been looked at. */
  complete: boolean;
  byHash: ReadonlyMap<string, { width: number; height: number; bytes: number }>;
}

const NONE: CopySizes = { complete: false, byHash: new Map() };
// A few at a time: the bytes of thousands of copies must not be in memory at once.
const AT_ONCE = 8;

/** Reads the sizes of images' copies, a few at a time; a copy that cannot be read is left out. */
export function useCopySizes(images: readonly SheetImage[]): CopySizes {
  const keeping = useSheet((state) => state.sheet.keeping);
  const storage = useServices().sheets.storages[keeping];
  const hashes = images.flatMap((image) => pictureHashOf(image) ?? []).join(" ");
  const [sizes, setSizes] = useState(NONE);
  useEffect(() => {
    const ending = new AbortController();
    // oxlint-disable-next-line typescript/no-floating-promises -- every read has its own catch: what can’t be read is left out
    readSizes(storage, hashes.split(" ").filter(Boolean), (next) => {
      if (!ending.signal.aborted) setSizes(next);
      return !ending.signal.aborted;
    });
    return () => ending.abort();
  }, [storage, hashes]);
  return sizes;
}

async function readSizes(
  storage: Storage,
  hashes: readonly string[],
  tell: (sizes: CopySizes) => boolean,
): Promise<void> {
  const byHash = new Map<string, { width: number; height: number; bytes: number }>();
  for (let at = 0; at < hashes.length; at += AT_ONCE) {
    const group = hashes.slice(at, at + AT_ONCE);
    const copies = await Promise.all(
      group.map((hash) => storage.readCopy(hash, null).catch(() => null)),
    );
    copies.forEach((copy, index) => {
      const hash = group[index];
      if (copy === null || hash === undefined) return;
      const { width, height, bytes } = copy;
      byHash.set(hash, { width, height, bytes: bytes.byteLength });
    });
    if (!tell({ complete: false, byHash: new Map(byHash) })) return;
  }
  tell({ complete: true, byHash });
}
