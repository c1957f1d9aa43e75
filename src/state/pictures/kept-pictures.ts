import { useEffect, useState } from "react";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { heldBackBy, type SheetImage } from "#src/domain/image.ts";
import { backgroundOf, type Background } from "#src/domain/mount.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { useServices } from "#src/state/services.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import type { Storage } from "#src/storage/storage.ts";

// Rows that fly past are gone before: reading the picture of each would fill the memory with what nobody sees, and
// clearing that up holds the page.
const STAYS_MS = 80;

/** An address for an `<img>`: an object URL of stored pixels, or the picture's own address; null until there is one. */
export function usePictureUrl(image: SheetImage, size: "thumbnail" | "copy"): string | null {
  const keeping = useSheet((state) => state.sheet.keeping);
  const isHeldBack = useSheet(({ sheet }) => heldBackBy(image, sheet.filePictures) !== null);
  const storage = useServices().sheets.storages[keeping];
  const hash = pictureHashOf(image);
  const background = useSheet(({ pictures, sheet }) =>
    backgroundOf(pictures.get(hash ?? "")?.background, sheet.background),
  );
  const [shown, setShown] = useState<{ hash: string; url: string } | null>(null);
  useEffect(() => {
    if (hash === null) return undefined;
    let url: string | null = null;
    let left = false;
    const show = async (picture: EncodedPicture | null): Promise<void> => {
      const blob = picture === null ? null : await shownBlob(picture, background);
      if (left || blob === null) return;
      url = URL.createObjectURL(blob);
      setShown({ hash, url });
    };
    const read = (): void => {
      const reading = size === "copy" ? storage.readCopy(hash, null) : storage.readThumbnail(hash);
      // A picture that can't be read leaves the frame without one, like a missing picture.
      reading.then(show).catch(() => undefined);
    };
    const timer = setTimeout(read, size === "copy" ? 0 : STAYS_MS);
    return () => {
      left = true;
      clearTimeout(timer);
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [background, hash, size, storage]);
  if (isHeldBack) return null;
  // The page's policy lets no picture come unencrypted: asking for one would only be a violation.
  if (image.source.kind === "url" && hash === null)
    return /^https:/iu.test(image.source.url) ? image.source.url : null;
  return shown !== null && shown.hash === hash ? shown.url : null;
}

/** The bytes of a stored picture as they are shown: on the background that it is sent on. */
export async function shownBlob(
  picture: EncodedPicture,
  background: Background | null,
): Promise<Blob> {
  const { bytes, mime } = picture;
  if (background === null || mime === "image/jpeg") return new Blob([bytes], { type: mime });
  return (await import("./lay-on.ts")).layOn(picture, background);
}

/** A kept copy without its pixels; `bytes` is how many it has. */
export interface CopySize extends Omit<EncodedPicture, "bytes"> {
  bytes: number;
}

/** What is known so far about the copies that this browser keeps and would send. */
interface CopySizes {
  /** True once every copy has been looked at. */
  complete: boolean;
  byHash: ReadonlyMap<string, CopySize>;
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
  const byHash = new Map<string, CopySize>();
  for (let at = 0; at < hashes.length; at += AT_ONCE) {
    const group = hashes.slice(at, at + AT_ONCE);
    const copies = await Promise.all(
      group.map((hash) => storage.readCopy(hash, null).catch(() => null)),
    );
    copies.forEach((copy, index) => {
      const hash = group[index];
      if (copy === null || hash === undefined) return;
      const { bytes, ...size } = copy;
      byHash.set(hash, { ...size, bytes: bytes.byteLength });
    });
    if (!tell({ complete: false, byHash: new Map(byHash) })) return;
  }
  tell({ complete: true, byHash });
}
