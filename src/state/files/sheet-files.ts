import { modelById } from "#src/catalog/find-models.ts";
import { MOST_PROMPT_CHARACTERS } from "#src/catalog/presets.ts";
import type { CompareSettings } from "#src/domain/compare-settings.ts";
import { type Field, MOST_FIELDS } from "#src/domain/field.ts";
import { heldBackBy, type SheetId, type SheetImage } from "#src/domain/image.ts";
import { MOST_CONTEXT_CHARACTERS, type Sheet, type SheetContext } from "#src/domain/sheet.ts";
import { foldMoney } from "#src/domain/money-fold.ts";
import { hasEnded, isInDoubt, type Task } from "#src/domain/task.ts";
import { LONGEST_NAME } from "#src/domain/sheet-name.ts";
import { shortened } from "#src/lib/shortened.ts";
import { safeName } from "#src/exports/safe-names.ts";
import type { LeftOut, SheetFile } from "./read-sheet-file.ts";
import { type FileProgress, writeSheetFile } from "./write-sheet-file.ts";
import type { SheetTotal, Storage } from "#src/storage/storage.ts";
import { newSheet, type SheetServices } from "#src/state/sheet/open-sheet.ts";
import type { SheetFileReader } from "./read-files.ts";
import { renewIds } from "./renew-ids.ts";

type FileServices = Pick<SheetServices, "storages" | "now" | "newId">;

/** Watches a long piece of work, and can end it. */
export interface Watch {
  signal: AbortSignal;
  onProgress: (progress: FileProgress) => void;
}

/** The result of opening a file. */
export interface OpenedSheet {
  sheet: Sheet;
  imageCount: number;
  /** Rows and pictures that could not be added. */
  leftOut: LeftOut;
}

// What file systems allow: a longer one was made up, and would be drawn in every row.
const LONGEST_FILE_NAME = 255;
// Names, prompts and how things are shown. Whether pictures may be left with the service is not among them.
const COMPARE_FROM_FILE = [
  "sharedPrompt",
  "columns",
  "blind",
  "against",
  "referenceColumnId",
] as const satisfies readonly (keyof CompareSettings)[];
const AGE_CHECK_FROM_FILE = [
  "modelIds",
  "labelSet",
  "blind",
  "staysForReveal",
  "samples",
  "sampleId",
  "threshold",
  "seen",
] as const;

/** The name of a sheet's file. Its second ending tells it from other ZIPs, for people and for the drop zone. */
export function sheetFileName(name: string): string {
  return `${safeName(name, "sheet")}.contact-sheet.zip`;
}

/** A sheet as the bytes of its file, written while they are read. Null if the sheet no longer exists. */
export async function saveSheetFile(
  services: FileServices,
  sheet: Pick<Sheet, "id" | "keeping">,
  watch: Watch,
): Promise<ReadableStream<Uint8Array> | null> {
  const storage = services.storages[sheet.keeping];
  const records = await storage.readSheet(sheet.id);
  return records === null
    ? null
    : writeSheetFile(records, storage, { ...watch, now: services.now() });
}

/**
 * Makes a new sheet from a file, under its own ids, kept as it was before: on disk or in memory only. Until all of it
 * is there it carries a tombstone, so that a failure, a cancel or a closed tab leaves nothing half opened. Costs count
 * as paid elsewhere. Rejects with a FailureError (sheet-file, storage-full, storage-broken) or with the signal's
 * reason.
 */
export async function openSheetFile(
  services: FileServices & { readSheetFile: SheetFileReader },
  file: Blob,
  watch: Watch,
): Promise<OpenedSheet> {
  const contents = await services.readSheetFile(file, watch);
  const at = services.now();
  const brought = contents.images.map(asBrought);
  const rows = renewIds(
    {
      sheet: {
        ...sheetFromFile(services, contents.sheet),
        filePictures: brought.some((image) => heldBackBy(image, "held") !== null) ? "held" : "none",
      },
      images: brought,
      tasks: contents.tasks.flatMap((task) => settled(task, at)),
      marks: contents.marks,
    },
    services.newId,
  );
  const { sheet, images, tasks, marks } = rows;
  const storage = services.storages[sheet.keeping];
  try {
    // Never edited, so that it isn't taken for one that the user deleted.
    await storage.write({ sheets: [{ ...sheet, editedAt: 0, deletedAt: at }] });
    await inSlices(images, watch, (slice) => storage.write({ images: slice }));
    const missing = await keepPictures({ storage, images, contents, watch });
    const unseen = images.flatMap((image) => withoutPicture(image, missing));
    await inSlices(unseen, watch, (slice) => storage.write({ images: slice }));
    await inSlices(tasks, watch, (slice) => storage.write({ tasks: slice, paidElsewhere: true }));
    await inSlices(marks, watch, (slice) => storage.write({ marks: slice }));
    await storage.write({
      sheets: [sheet],
      spentElsewhere: spentOnRemoved(contents, sheet.id),
    });
    const leftOut = {
      ...contents.leftOut,
      pictures: Math.max(contents.leftOut.pictures, missing.size),
    };
    return { sheet, imageCount: images.length, leftOut };
  } catch (error) {
    // What this cannot remove goes with the next start's purge of old tombstones.
    await storage.purge({ sheetIds: [sheet.id] }).catch(() => undefined);
    throw error;
  } finally {
    contents.close();
  }
}

/**
 * A new sheet with what a file may set of one, whoever wrote the file. What is not named here stays this device's
 * default, above all what is paid and what is consented to: a stranger's word is not the user's.
 */
function sheetFromFile(
  services: FileServices,
  { id, keeping, copySide, background, createdAt, ...sheet }: Sheet,
): Sheet {
  const name = sheet.name.trim().slice(0, LONGEST_NAME);
  const fresh = newSheet(services, { ...(name === "" ? {} : { name }), keeping });
  const [first, ...others] = fieldsFromFile(sheet.fields);
  return {
    ...fresh,
    // Renewed with all other ids, since settings may name it.
    id,
    fields: first === undefined ? fresh.fields : [first, ...others],
    context: contextFromFile(sheet.context),
    copySide,
    background,
    compare: withOnly(sheet.compare, COMPARE_FROM_FILE, { uploadsOnce: false }),
    ageCheck: withOnly(sheet.ageCheck, AGE_CHECK_FROM_FILE, {}),
    createdAt,
  };
}

/** Each once, and only those whose model is known here: the next press of the run button asks, and pays, for them. */
function fieldsFromFile(fields: readonly Field[]): Field[] {
  const byId = new Map(fields.map((field) => [field.id, field]));
  return [...byId.values()]
    .filter(({ recipe }) => modelById(recipe.modelId) !== null)
    .slice(0, MOST_FIELDS)
    .map((field) => ({
      ...field,
      name: shortened(field.name, LONGEST_NAME),
      recipe: {
        ...field.recipe,
        prompt: field.recipe.prompt?.slice(0, MOST_PROMPT_CHARACTERS) ?? null,
      },
    }));
}

function contextFromFile({ sheet, folders }: SheetContext): SheetContext {
  const short = (text: string) => text.slice(0, MOST_CONTEXT_CHARACTERS);
  const entries = Object.entries(folders).map(([folder, text]) => [folder, short(text)] as const);
  return { sheet: short(sheet), folders: Object.fromEntries(entries) };
}

function withOnly(value: unknown, names: readonly string[], own: object): unknown {
  if (typeof value !== "object" || value === null) return null;
  const kept = Object.entries(value).filter(([name]) => names.includes(name));
  return { ...Object.fromEntries(kept), ...own };
}

// Whoever made the file chose the address, whether or not it is marked.
function asBrought(image: SheetImage): SheetImage {
  const { source } = image;
  switch (source.kind) {
    case "url": {
      const title = source.title === null ? null : shortened(source.title, LONGEST_FILE_NAME);
      return { ...image, source: { ...source, title, fromSheetFile: true } };
    }
    case "hash": {
      const { fileName } = source;
      const kept = fileName === null ? null : shortened(fileName, LONGEST_FILE_NAME);
      return { ...image, source: { ...source, fileName: kept } };
    }
    case "file":
    case "clipboard":
    case "sample":
      return {
        ...image,
        source: { ...source, fileName: shortened(source.fileName, LONGEST_FILE_NAME) },
      };
    case "part": {
      const fileName = shortened(source.fileName, LONGEST_FILE_NAME);
      return { ...image, source: { ...source, fileName } };
    }
    case "runware":
      return image;
  }
}

/**
 * A task in the form it may have in a copy. One that was under way stays with the sheet it was sent from: here
 * nothing will show how it ended, and nothing may send it again. One that was never sent was never asked.
 */
function settled(task: Task, at: number): Task[] {
  if (hasEnded(task)) return [task];
  const { phase } = task.state;
  if (!isInDoubt(task) && phase !== "sending" && phase !== "polling") return [];
  return [
    {
      ...task,
      state: { phase: "unsettled", failure: { kind: "timed-out", by: "deadline" } },
      times: { ...task.times, endedAt: at },
    },
  ];
}

// A file may bring hundreds of thousands of rows, and the page waits for each transaction to be handed over.
const ROWS_AT_ONCE = 500;

async function inSlices<Row>(
  rows: readonly Row[],
  { signal }: Watch,
  write: (slice: readonly Row[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    signal.throwIfAborted();
    await write(rows.slice(at, at + ROWS_AT_ONCE));
  }
}

async function keepPictures({
  storage,
  images,
  contents,
  watch,
}: {
  storage: Storage;
  images: readonly SheetImage[];
  contents: SheetFile;
  watch: Watch;
}): Promise<Set<string>> {
  const hashes = new Set(
    images.flatMap(({ preparation }) =>
      preparation.phase === "ready" ? [preparation.pictureHash] : [],
    ),
  );
  const missing = new Set<string>();
  let done = 0;
  for (const hash of hashes) {
    watch.signal.throwIfAborted();
    watch.onProgress({ of: "pictures", done, total: hashes.size });
    done += 1;
    // A picture this device made itself is not replaced by one that a file says is the same.
    if ((await storage.readThumbnail(hash)) !== null) continue;
    const picture = await contents.readPicture(hash);
    if (picture === null) missing.add(hash);
    else await storage.putPicture(picture);
  }
  watch.signal.throwIfAborted();
  watch.onProgress({ of: "pictures", done, total: hashes.size });
  return missing;
}

// Its answers and marks are still worth having; it is known by its hash, as in a merged file without pictures.
function withoutPicture(image: SheetImage, missing: ReadonlySet<string>): SheetImage[] {
  const { preparation } = image;
  return preparation.phase === "ready" && missing.has(preparation.pictureHash)
    ? [{ ...image, preparation: { ...preparation, phase: "unseen" } }]
    : [];
}

function spentOnRemoved({ tasks, spentMicroUsd }: SheetFile, sheetId: SheetId): SheetTotal[] {
  const shown = foldMoney(tasks);
  return (["sandbox", "runware", "device"] as const).flatMap((purse) => {
    const microUsd = spentMicroUsd[purse] - shown[purse].microUsd;
    return microUsd > 0 ? [{ sheetId, purse, microUsd }] : [];
  });
}
