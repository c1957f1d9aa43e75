import { useEffect, useState } from "react";
import { type SheetImage, heldBackBy, pictureHashOf } from "#src/domain/image.ts";
import type { EncodedPicture } from "#src/domain/picture.ts";
import { useServices } from "#src/state/services.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

/** An address for an `<img>`: an object URL of stored pixels, or the picture's own address; null until there is one. */
export function usePictureUrl(image: SheetImage, size: "thumbnail" | "copy"): string | null {
  const keeping = useSheet((state) => state.sheet.keeping);
  const isHeldBack = useSheet(({ sheet }) => heldBackBy(image, sheet.filePictures) !== null);
  const storage = useServices().sheets.storages[keeping];
  const hash = pictureHashOf(image);
  const [shown, setShown] = useState<{ hash: string; url: string } | null>(null);
  useEffect(() => {
    if (hash === null) return undefined;
    let url: string | null = null;
    let left = false;
    const show = (picture: EncodedPicture | null): void => {
      if (left || picture === null) return;
      url = URL.createObjectURL(new Blob([picture.bytes], { type: picture.mime }));
      setShown({ hash, url });
    };
    const reading = size === "copy" ? storage.readCopy(hash, null) : storage.readThumbnail(hash);
    // A picture that can't be read leaves the frame without one, like a missing picture.
    reading.then(show, () => show(null));
    return () => {
      left = true;
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [hash, size, storage]);
  if (isHeldBack) return null;
  // The page's policy lets no picture come unencrypted: asking for one would only be a violation.
  if (image.source.kind === "url" && hash === null)
    return /^https:/iu.test(image.source.url) ? image.source.url : null;
  return shown !== null && shown.hash === hash ? shown.url : null;
}
