import type { ImageId } from "#src/domain/image.ts";
import type { CaptionEntry } from "./read-caption-file.ts";

/** An image that captions may belong to. */
export interface CaptionedImage {
  id: ImageId;
  /** With "/"; "" if it came alone. */
  folder: string;
  name: string;
  /** SHA-256 of its picture; null as long as nobody knows it. */
  hash: string | null;
  /** True if it came with the captions: of two images at one place, they are about that one. */
  isNew: boolean;
}

/** Which images captions belong to. */
export interface MatchedCaptions {
  byImage: ReadonlyMap<ImageId, readonly CaptionEntry[]>;
  /** About no image that there is. */
  unmatched: readonly CaptionEntry[];
  /** About one of several images, and nothing says which. */
  ambiguous: readonly CaptionEntry[];
}

/**
 * Finds the image that each caption belongs to: the one at its path, otherwise the only one with its name wherever it
 * is, otherwise the one with its bytes. Names are compared as Unicode composes them, and without case only if nothing
 * else fits; of several that fit, none is guessed.
 */
export function matchCaptions(
  entries: readonly CaptionEntry[],
  images: readonly CaptionedImage[],
): MatchedCaptions {
  const findImage = finderAmong(images);
  const byImage = new Map<ImageId, CaptionEntry[]>();
  const unmatched: CaptionEntry[] = [];
  const ambiguous: CaptionEntry[] = [];
  for (const entry of entries) {
    const found = findImage(entry);
    if (found === "several") ambiguous.push(entry);
    else if (found === null) unmatched.push(entry);
    else {
      const own = byImage.get(found.id);
      if (own === undefined) byImage.set(found.id, [entry]);
      else own.push(entry);
    }
  }
  return { byImage, unmatched, ambiguous };
}

type Index = ReadonlyMap<string, readonly CaptionedImage[]>;

function finderAmong(
  images: readonly CaptionedImage[],
): (entry: CaptionEntry) => { id: ImageId } | "several" | null {
  const wholePaths = indexed(images, ({ folder, name }) => pathOf(folder, name));
  const stemPaths = indexed(images, ({ folder, name }) => pathOf(folder, stemOf(name)));
  const wholeNames = indexed(images, ({ name }) => name);
  const stems = indexed(images, ({ name }) => stemOf(name));
  const hashes = indexed(images, ({ hash }) => hash ?? "");
  return ({ paths, isStem, hash }) => {
    let isDoubtful = false;
    // "a.jpg.txt" lies beside "a.jpg", and "a.txt" beside any picture called "a".
    const pathIndexes = isStem ? [wholePaths, stemPaths] : [wholePaths];
    const nameIndexes = isStem ? [wholeNames, stems] : [wholeNames];
    const lookUps = [
      ...paths.flatMap((path) => pathIndexes.map((index) => foundIn(index, path))),
      ...paths.flatMap((path) =>
        nameIndexes.map((index) => nearest(foundIn(index, nameOf(path)), path)),
      ),
      hash === null ? [] : (hashes.get(hash) ?? []),
    ];
    for (const found of lookUps) {
      const [only, ...others] = newest(found);
      if (only !== undefined && others.length === 0) return only;
      isDoubtful ||= only !== undefined;
    }
    return isDoubtful ? "several" : null;
  };
}

/** By key as Unicode composes it, and once more without case. */
function indexed(
  images: readonly CaptionedImage[],
  keyOf: (image: CaptionedImage) => string,
): Index {
  const index = new Map<string, CaptionedImage[]>();
  for (const image of images) {
    const key = keyOf(image).normalize("NFC");
    if (key === "") continue;
    for (const one of [key, folded(key)]) {
      const some = index.get(one);
      if (some === undefined) index.set(one, [image]);
      else some.push(image);
    }
  }
  return index;
}

// A character that no name has keeps the two kinds of key apart.
function folded(key: string): string {
  return `\0${key.toLowerCase()}`;
}

function foundIn(index: Index, key: string): readonly CaptionedImage[] {
  const composed = key.normalize("NFC");
  return index.get(composed) ?? index.get(folded(composed)) ?? [];
}

/** Of several images with a name, those whose folder ends as the caption’s does, or the other way round. */
function nearest(found: readonly CaptionedImage[], path: string): readonly CaptionedImage[] {
  if (found.length < 2) return found;
  const folder = folderIn(path);
  const near = found.filter(
    (image) => image.folder !== "" && folder !== "" && endsAlike(image.folder, folder),
  );
  return near.length > 0 ? near : found;
}

function endsAlike(one: string, other: string): boolean {
  const [a, b] = [one, other].map((folder) => `/${folder.normalize("NFC").toLowerCase()}`);
  return a !== undefined && b !== undefined && (a.endsWith(b) || b.endsWith(a));
}

function newest(found: readonly CaptionedImage[]): readonly CaptionedImage[] {
  const fresh = found.filter(({ isNew }) => isNew);
  return fresh.length > 0 ? fresh : found;
}

function pathOf(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function folderIn(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(0, dot) : name;
}
