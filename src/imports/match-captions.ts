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
  /** About no image that there is, or only by the name of one that has its own; the latter are marked. */
  unmatched: readonly CaptionEntry[];
  /** About one of several images, and nothing says which. */
  ambiguous: readonly CaptionEntry[];
}

/**
 * Finds the image that each caption belongs to: the one at its path, otherwise the only one with its name wherever it
 * is, otherwise the one with its bytes. Names are compared as Unicode composes them, and without case only if nothing
 * else fits; of several that fit, none is guessed. An image that has a caption at its own path takes none of that kind
 * from elsewhere because of its name: folders for training and for tests have the same names. In steps, since there may
 * be thousands.
 */
export function* matchCaptions(
  entries: readonly CaptionEntry[],
  images: readonly CaptionedImage[],
): Generator<undefined, MatchedCaptions> {
  const findImage = finderAmong(images);
  const found: Found[] = [];
  const atPath = new Set<string>();
  for (const entry of entries) {
    const match = findImage(entry);
    found.push({ entry, match });
    if (typeof match === "object" && match?.how === "path") atPath.add(kindAt(match.id, entry));
    yield undefined;
  }
  const byImage = new Map<ImageId, CaptionEntry[]>();
  const unmatched: CaptionEntry[] = [];
  const ambiguous: CaptionEntry[] = [];
  for (const { entry, match } of found) {
    if (match === "several") ambiguous.push(entry);
    else if (match === null) unmatched.push(entry);
    else if (match.how === "name" && atPath.has(kindAt(match.id, entry)))
      unmatched.push({ ...entry, isStray: true });
    else {
      const own = byImage.get(match.id);
      if (own === undefined) byImage.set(match.id, [entry]);
      else own.push(entry);
    }
    yield undefined;
  }
  return { byImage, unmatched, ambiguous };
}

interface Found {
  entry: CaptionEntry;
  match: Match;
}

/** The one image that fits and what it was found by; null if none fits. */
type Match = { id: ImageId; how: "path" | "name" | "bytes" } | "several" | null;

// This app's own tables are a kind of their own, and so is their trust.
function kindAt(id: ImageId, { trust }: CaptionEntry): string {
  return `${trust} ${id}`;
}

type LookUp = (key: string) => readonly CaptionedImage[];

function finderAmong(images: readonly CaptionedImage[]): (entry: CaptionEntry) => Match {
  const wholePath = lookUpBoth(images, ({ folder, name }) => pathOf(folder, name));
  const stemPath = lookUpBoth(images, ({ folder, name }) => pathOf(folder, stemOf(name)));
  const wholeName = lookUpBoth(images, ({ name }) => name);
  const stem = lookUpBoth(images, ({ name }) => stemOf(name));
  const withHash = lookUpBy(images, ({ hash }) => hash ?? "");
  function* lookUps(entry: CaptionEntry): Generator<LookedUp> {
    const { paths, isStem, hash, isStray = false } = entry;
    // "a.jpg.txt" lies beside "a.jpg", and "a.txt" beside any picture called "a".
    const byPath = isStem ? [wholePath, stemPath] : [wholePath];
    const byName = isStem ? [wholeName, stem] : [wholeName];
    for (const fold of ["exactly", "folded"] as const)
      for (const path of paths)
        for (const find of byPath) yield { how: "path", images: find[fold](path) };
    for (const fold of ["exactly", "folded"] as const)
      for (const path of isStray ? [] : paths)
        for (const find of byName)
          yield { how: "name", images: nearest(find[fold](nameOf(path)), path) };
    if (hash !== null) yield { how: "bytes", images: withHash(hash) };
  }
  return (entry) => {
    let isDoubtful = false;
    for (const { how, images: some } of lookUps(entry)) {
      const [only, ...others] = newest(some);
      if (only !== undefined && others.length === 0) return { id: only.id, how };
      isDoubtful ||= only !== undefined;
    }
    return isDoubtful ? "several" : null;
  };
}

interface LookedUp {
  how: "path" | "name" | "bytes";
  images: readonly CaptionedImage[];
}

/** By key as Unicode composes it, and without case. */
function lookUpBoth(
  images: readonly CaptionedImage[],
  keyOf: (image: CaptionedImage) => string,
): Record<"exactly" | "folded", LookUp> {
  const exactly = lookUpBy(images, (image) => composed(keyOf(image)));
  const inFold = lookUpBy(images, (image) => folded(keyOf(image)));
  return { exactly: (key) => exactly(composed(key)), folded: (key) => inFold(folded(key)) };
}

/** Finds images by a key; most ways of finding are never needed, and an index is made with the first. */
function lookUpBy(
  images: readonly CaptionedImage[],
  keyOf: (image: CaptionedImage) => string,
): LookUp {
  let index: Map<string, CaptionedImage[]> | null = null;
  return (key) => {
    if (index === null) {
      index = new Map();
      for (const image of images) {
        const own = keyOf(image);
        const some = index.get(own);
        if (some === undefined) index.set(own, [image]);
        else some.push(image);
      }
    }
    return key === "" ? [] : (index.get(key) ?? []);
  };
}

function composed(key: string): string {
  return key.normalize("NFC");
}

function folded(key: string): string {
  return key.normalize("NFC").toLowerCase();
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

/** Without its ending. The parts of an image, "photo.jpg#2", keep their number. */
function stemOf(name: string): string {
  const number = /#\d+$/u.exec(name)?.[0] ?? "";
  const whole = name.slice(0, name.length - number.length);
  const dot = whole.lastIndexOf(".");
  return dot > 0 ? whole.slice(0, dot) + number : name;
}
