import { askedRecipe, sentSideOf } from "#src/catalog/find-models.ts";
import { askedFields } from "#src/domain/field.ts";
import { FailureError } from "#src/domain/failure.ts";
import { folderOf } from "#src/domain/frame.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { type ImageId, imageName, type PartSource, type SheetImage } from "#src/domain/image.ts";
import type { PictureFacts, PreparedPicture } from "#src/domain/picture.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { ImagePreparer } from "#src/images/image-preparer.ts";
import { partBoxes } from "#src/images/split.ts";
import { counted } from "#src/lib/counted.ts";
import { hexOf } from "#src/lib/hex.ts";
import { throughAll } from "#src/lib/through-all.ts";
import type { SheetChanges } from "#src/state/history/changes.ts";
import type { SheetState, SheetStore } from "#src/state/sheet/sheet-store.ts";
import type { Storage } from "#src/storage/storage.ts";

type Box = PartSource["box"];

/**
 * The parts that a picture is best split into, since too little of it can be seen at the side that its sheet sends; none
 * if enough can.
 */
export function partsOf(facts: PictureFacts | null, sheet: Pick<Sheet, "fields">): Box[] {
  if (facts === null || facts.format === "svg") return [];
  return partBoxes(facts, longestSide(sheet));
}

/** The longest side, in pixels, that the asked fields of a sheet send pictures at. */
export function longestSide(sheet: Pick<Sheet, "fields">): number {
  const sides = askedFields(sheet).map(({ recipe }) => sentSideOf(askedRecipe(recipe)));
  return Math.max(512, ...sides);
}

/** The images that have parts on the sheet, with how many: those are asked about instead. */
export function partCounts(images: Iterable<SheetImage>): ReadonlyMap<ImageId, number> {
  const counts = new Map<ImageId, number>();
  for (const { source } of images)
    if (source.kind === "part") counts.set(source.of, (counts.get(source.of) ?? 0) + 1);
  return counts;
}

// What is drawn asks for them with every image.
const countsOf = new WeakMap<SheetState["images"], ReadonlyMap<ImageId, number>>();

/** How many parts an image has on its sheet; 0 if it isn’t split. */
export function partCount({ images }: Pick<SheetState, "images">, id: ImageId): number {
  const known = countsOf.get(images) ?? partCounts(images.values());
  countsOf.set(images, known);
  return known.get(id) ?? 0;
}

type LongImages = ReadonlyMap<ImageId, readonly Box[]>;

type LongSource = Pick<SheetState, "images" | "pictures" | "sheet">;

// What is drawn asks for them again and again, on sheets of thousands of images.
const found = new WeakMap<SheetState["images"], { of: LongSource; long: LongImages }>();

/** The long images of a sheet that are not split yet, each with its parts. */
export function longImages(source: LongSource): LongImages {
  const known = found.get(source.images);
  const isSame =
    known?.of.pictures === source.pictures && known.of.sheet.fields === source.sheet.fields;
  if (known !== undefined && isSame) return known.long;
  const long = findLong(source);
  found.set(source.images, { of: source, long });
  return long;
}

function findLong({ images, pictures, sheet }: LongSource): LongImages {
  const split = partCounts(images.values());
  return new Map(
    [...images.values()].flatMap((image) => {
      const { preparation, source, id } = image;
      if (preparation.phase !== "ready" || source.kind === "part" || split.has(id)) return [];
      const boxes = partsOf(pictures.get(preparation.pictureHash) ?? null, sheet);
      return boxes.length === 0 ? [] : [[id, boxes] as const];
    }),
  );
}

interface SplitParts {
  storage: Pick<Storage, "readCopy" | "putPicture">;
  preparer: () => Promise<Pick<ImagePreparer, "prepare">>;
  /** The file of a picture, if this session still has it. */
  fileOf: (hash: string) => Promise<File | null>;
  sheetStore: SheetStore;
  changes: Pick<SheetChanges, "apply">;
  now: () => number;
  newId: () => string;
}

// As many as keep the pool's workers busy.
const AT_ONCE = 4;

/** What became of splitting: how many parts there are, and the images that were left as they are for want of their file. */
export interface Split {
  parts: number;
  withoutFile: readonly SheetImage[];
}

/**
 * Puts the parts of long images on their sheet, as images of their own behind them; one undo takes them off. Images that
 * are not long, or are split, are left alone, and so are those of which only a smaller copy is here: no more can be seen in
 * its parts than in itself. Rejects with a FailureError: picture-missing, storage's and the pool's.
 */
export async function splitImages(parts: SplitParts, ids: readonly ImageId[]): Promise<Split> {
  const state = parts.sheetStore.store.getState();
  const long = longImages(state);
  const withoutFile: SheetImage[] = [];
  const wanted: Wanted[] = [];
  for (const id of ids) {
    const image = state.images.get(id);
    const facts = image === undefined ? undefined : state.pictures.get(pictureHashOf(image) ?? "");
    const boxes = long.get(id);
    if (image === undefined || facts === undefined || boxes === undefined) continue;
    const pixels = await pixelsOf(parts, facts);
    if (pixels === null) withoutFile.push(image);
    else wanted.push(...boxes.map((box, at) => ({ image, facts, pixels, box, number: at + 1 })));
  }
  if (wanted.length === 0) return { parts: 0, withoutFile };
  const made = new Map<string, { image: SheetImage; facts: PictureFacts }>();
  await throughAll(wanted, AT_ONCE, async ({ image, facts, pixels, box, number }) => {
    const picture = await makePart(parts, { image, facts, pixels, box });
    await parts.storage.putPicture(picture);
    const { hash } = picture.facts;
    const source: PartSource = {
      kind: "part",
      of: image.id,
      box,
      by: "split",
      fileName: imageName(image),
      folder: folderOf(image),
      number,
    };
    const { sheetId, frame } = image;
    const own = { id: parts.newId(), sheetId, frame, addedAt: parts.now(), deletedAt: null };
    made.set(`${image.id} ${number}`, {
      image: { ...own, source, preparation: { phase: "ready", pictureHash: hash } },
      facts: picture.facts,
    });
  });
  const rows = [...made.values()];
  const images = new Set(wanted.map(({ image }) => image.id)).size;
  await parts.changes.apply(
    { adds: { images: rows.map(({ image }) => image), pictures: rows.map(({ facts }) => facts) } },
    {
      label: `splitting ${counted(images, "long image")} into ${counted(rows.length, "part")}`,
    },
  );
  return { parts: rows.length, withoutFile };
}

interface Wanted {
  image: SheetImage;
  facts: PictureFacts;
  pixels: Blob;
  box: Box;
  /** From 1. */
  number: number;
}

/** What parts of a picture are cut from: its file, or its copy if that is as large; null if neither is here. */
async function pixelsOf(
  { storage, fileOf }: Pick<SplitParts, "storage" | "fileOf">,
  { hash, width, height }: PictureFacts,
): Promise<Blob | null> {
  const file = await fileOf(hash);
  // It may have been moved, or changed since.
  const isThere = await file
    ?.slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    );
  if (file !== null && isThere === true) return file;
  const copy = await storage.readCopy(hash, null);
  if (copy === null || Math.max(copy.width, copy.height) < Math.max(width, height)) return null;
  return new Blob([copy.bytes], { type: copy.mime });
}

async function makePart(
  { preparer, sheetStore }: SplitParts,
  { image, facts, pixels, box }: Omit<Wanted, "number">,
): Promise<PreparedPicture> {
  const pool = await preparer();
  const { copySide } = sheetStore.store.getState().sheet;
  const { signal } = new AbortController();
  const picture = await pool.prepare(pixels, { copySide, signal, imageId: image.id, box });
  // A file that was changed since is another picture.
  if (pixels instanceof File && picture.facts.hash !== facts.hash)
    throw new FailureError({ kind: "picture-missing" });
  const { width, height, background, perceptualHash } = picture.facts;
  const hash = await partHash(facts.hash, box);
  return {
    ...picture,
    texts: [],
    facts: { ...facts, hash, width, height, background, perceptualHash },
  };
}

/** The key of a part's picture: SHA-256 of its original's hash and its box, lower-case hex. */
export async function partHash(hash: string, box: Box): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify([hash, box]));
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
