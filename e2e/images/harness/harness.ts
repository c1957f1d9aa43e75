import { toFailure, type Failure } from "#src/domain/failure.ts";
import type { NewPicture } from "#src/domain/picture.ts";
import { createBrowserImagePreparer } from "#src/images/create-browser-image-preparer.ts";

/** A place on a picture, as shares of its width and height. */
type Place = readonly [number, number];

interface Taken {
  facts: NewPicture["facts"];
  copy: { width: number; height: number; base64: string; colours: number[][] };
  thumbnail: { width: number; height: number; base64: string };
}

export type Outcome = { taken: Taken } | { failure: Failure };

const images = createBrowserImagePreparer();

async function prepare(
  original: Blob,
  options: { places: readonly Place[]; copySide?: number; abortAfterMs?: number },
): Promise<Outcome> {
  const signal =
    options.abortAfterMs === undefined
      ? new AbortController().signal
      : AbortSignal.timeout(options.abortAfterMs);
  try {
    const { facts, copy, thumbnail } = await images.prepare(original, {
      copySide: options.copySide ?? 1536,
      signal,
      imageId: "harness",
    });
    return {
      taken: {
        facts,
        copy: {
          width: copy.width,
          height: copy.height,
          base64: base64(copy.bytes),
          colours: await coloursAt(new Blob([copy.bytes]), options.places),
        },
        thumbnail: {
          width: thumbnail.width,
          height: thumbnail.height,
          base64: base64(thumbnail.bytes),
        },
      },
    };
  } catch (thrown) {
    return { failure: toFailure(thrown) };
  }
}

async function coloursAt(picture: Blob, places: readonly Place[]): Promise<number[][]> {
  const bitmap = await createImageBitmap(picture);
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", {
    willReadFrequently: true,
  });
  context?.drawImage(bitmap, 0, 0);
  return places.map(([x, y]) => {
    const at = [Math.floor(x * bitmap.width), Math.floor(y * bitmap.height)] as const;
    return [...(context?.getImageData(...at, 1, 1).data ?? [])].slice(0, 3);
  });
}

function base64(bytes: ArrayBuffer): string {
  let text = "";
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

/** What the tests call in the page. */
const harness = {
  async prepareFile(url: string, options: Parameters<typeof prepare>[1]): Promise<Outcome> {
    return prepare(await (await fetch(url)).blob(), options);
  },
  prepareBytes(bytes: number[], options: Parameters<typeof prepare>[1]): Promise<Outcome> {
    return prepare(new Blob([new Uint8Array(bytes)]), options);
  },
  /** Prepares a file, then makes it ready to send at a size. */
  async readyFile(url: string, side: number) {
    const { signal } = new AbortController();
    const { copy } = await images.prepare(await (await fetch(url)).blob(), {
      copySide: 1536,
      signal,
      imageId: "harness",
    });
    const { dataUri, made, ...size } = await images.ready(copy, side, signal);
    return { ...size, dataUri, isCopy: made === null };
  },
  prepareBlob: prepare,
};

export type Harness = typeof harness;

declare global {
  interface Window {
    harness: Harness;
  }
}
window.harness = harness;
