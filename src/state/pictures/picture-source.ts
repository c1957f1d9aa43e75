import { sentSideOf } from "#src/catalog/sent-side.ts";
import { FailureError } from "#src/domain/failure.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import type { PictureSource } from "#src/runs/ports.ts";
import type { Storage } from "#src/storage/storage.ts";
import { createCopyAt } from "./smaller-copies.ts";
import type { Uploads } from "./uploads.ts";

interface PictureSourceParts {
  storageOf: (image: SheetImage) => Storage;
  preparer: () => Promise<ImagePreparer>;
  uploads: Uploads;
}

/** Gives the engine pictures out of storage: the smaller copy where one was made, else made once and kept. */
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
      // Only Compare asks several times about one picture: anyone else would leave it there for nothing.
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
