import { BoundedMap } from "./bounded-map.ts";

/** Where uploaded pictures wait to be asked about. */
export interface UploadShelf {
  /** Keeps the bytes; the answer names them by UUID and by URL. */
  put(bytes: Uint8Array): { imageUuid: string; imageUrl: string };
  /** By UUID or URL; null if it was never uploaded, or is forgotten. */
  find(reference: string): Uint8Array | null;
  forget(): void;
}

const MOST_UPLOADS = 500;
const MOST_BYTES = 64 * 1024 * 1024;
const URL_START = "https://im.runware.ai/image/ii/";

/** An empty shelf. If there are too many uploads or they are too heavy, the oldest go. */
export function createUploadShelf(newUuid: () => string): UploadShelf {
  const uploads = new BoundedMap<string, Uint8Array>(MOST_UPLOADS);
  return {
    put(bytes) {
      const imageUuid = newUuid();
      uploads.set(imageUuid, bytes);
      while (totalBytes(uploads) > MOST_BYTES && uploads.size > 1) uploads.deleteOldest();
      return { imageUuid, imageUrl: `${URL_START}${imageUuid}.jpg` };
    },
    find(reference) {
      const name = reference.startsWith(URL_START)
        ? reference.slice(URL_START.length).split(".")[0]
        : reference;
      return uploads.get((name ?? "").toLowerCase()) ?? null;
    },
    forget() {
      uploads.clear();
    },
  };
}

function totalBytes(uploads: BoundedMap<string, Uint8Array>): number {
  let bytes = 0;
  for (const [, upload] of uploads.entries()) bytes += upload.byteLength;
  return bytes;
}
