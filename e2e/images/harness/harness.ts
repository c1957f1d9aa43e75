import { toFailure, type Failure } from "#src/domain/failure.ts";
import type { PartSource } from "#src/domain/image.ts";
import type { Background, Mount } from "#src/domain/mount.ts";
import type { EncodedPicture, NewPicture } from "#src/domain/picture.ts";
import { createBrowserImagePreparer } from "#src/images/create-browser-image-preparer.ts";
import { layBehind } from "#src/images/lay-behind.ts";
import { mutate } from "./mutate.ts";

/** A place on a picture, as shares of its width and height. */
type Place = readonly [number, number];

interface Taken {
  facts: NewPicture["facts"];
  copy: { width: number; height: number; base64: string; colours: number[][] };
  thumbnail: { width: number; height: number; base64: string; colours: number[][] };
}

export type Outcome = { taken: Taken } | { failure: Failure };

const images = createBrowserImagePreparer();

async function prepare(
  original: Blob,
  options: {
    places: readonly Place[];
    copySide?: number;
    abortAfterMs?: number;
    box?: PartSource["box"];
  },
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
      ...(options.box === undefined ? {} : { box: options.box }),
    });
    return {
      taken: {
        facts,
        copy: {
          width: copy.width,
          height: copy.height,
          base64: base64(copy.bytes),
          colours: await coloursAt(copy, facts.background, options.places),
        },
        thumbnail: {
          width: thumbnail.width,
          height: thumbnail.height,
          base64: base64(thumbnail.bytes),
          colours: await coloursAt(thumbnail, facts.background, options.places),
        },
      },
    };
  } catch (thrown) {
    return { failure: toFailure(thrown) };
  }
}

/** The colours of a picture as it is sent. */
async function coloursAt(
  picture: EncodedPicture,
  background: Background | null,
  places: readonly Place[],
): Promise<number[][]> {
  const bitmap = await createImageBitmap(new Blob([picture.bytes], { type: picture.mime }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d", {
    willReadFrequently: true,
  });
  context?.drawImage(bitmap, 0, 0);
  if (context !== null && background !== null) layBehind(context, background);
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

/** How a mutated file ended: "taken", or the kind and reason of its failure. */
function endOf(outcome: Outcome): string {
  if ("taken" in outcome) return "taken";
  const { failure } = outcome;
  if (failure.kind === "internal") return `internal ${failure.detail}`;
  return failure.kind === "unreadable-image" ? failure.reason : failure.kind;
}

/** Prepares mutated files all at once; returns which ended how. */
async function fuzz(urls: readonly string[], seeds: { from: number; to: number }) {
  const originals = await Promise.all(
    urls.map(async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer())),
  );
  const ends: Record<string, string[]> = {};
  const all = Array.from({ length: seeds.to - seeds.from }, async (_, index) => {
    const seed = seeds.from + index;
    const place = seed % urls.length;
    const mutated = mutate(originals[place] ?? new Uint8Array(), seed);
    const end = endOf(await prepare(new Blob([mutated]), { places: [] }));
    (ends[end] ??= []).push(`${urls[place]} ${seed}`);
  });
  await Promise.all(all);
  return ends;
}

/** Prepares a file, then makes it ready to send. */
async function ready(original: Blob, { side, fit }: { side: number; fit: Mount["fit"] }) {
  const { signal } = new AbortController();
  const options = { copySide: 1536, signal, imageId: "harness" };
  const { copy, facts } = await images.prepare(original, options);
  const mount = { background: facts.background, fit };
  const { dataUri, made, ...size } = await images.ready(copy, { side, mount }, signal);
  return { ...size, dataUri, isCopy: made === null };
}

/** What the tests call in the page. */
const harness = {
  async prepareFile(url: string, options: Parameters<typeof prepare>[1]): Promise<Outcome> {
    return prepare(await (await fetch(url)).blob(), options);
  },
  prepareBytes(bytes: number[], options: Parameters<typeof prepare>[1]): Promise<Outcome> {
    return prepare(new Blob([new Uint8Array(bytes)]), options);
  },
  async readyFile(url: string, side: number) {
    return ready(await (await fetch(url)).blob(), { side, fit: null });
  },
  ready,
  fuzz,
};

export type Harness = typeof harness;

declare global {
  interface Window {
    harness: Harness;
  }
}
window.harness = harness;
