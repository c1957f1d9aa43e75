import * as v from "valibot";
import { byFrame, pictureHashOf } from "#src/domain/image-row.ts";
import type { SheetId, SheetImage } from "#src/domain/image.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import {
  answerSchema,
  factsSchema,
  imageSchema,
  markSchema,
  microUsdSchema,
  purseSchema,
  runNoteSchema,
  sheetSchema,
  taskSchema,
} from "./row-schemas.ts";
import { type Database, numbersBelow, startingWith } from "./database.ts";
import { readEach, reading, type Reading, readPages } from "./disk-transaction.ts";
import {
  addCosts,
  nothingSpent,
  readCosts,
  readSpent,
  readSpentShort,
  type Spent,
} from "./disk-totals.ts";
import { MONEY_SCHEMAS } from "./disk-write.ts";
import { mendedImageSchema, mendedMarkSchema, mendedSheetSchema } from "./mended-rows.ts";
import { parseMended, parseMendedRows, parseRow, parseRows } from "./parse-rows.ts";
import { byCreation, bySeq, questionKey } from "./row-order.ts";
import type { RunRecords, SheetRecords, SheetSummary, SkippedRow, Storage } from "./storage.ts";

const reusableSchema = v.object({
  taskUuid: v.string(),
  answer: answerSchema,
  purse: purseSchema,
  answeredAt: v.number(),
});
/** What a damaged task may still show: the money that it holds. */
const holdSchema = v.object({ purse: purseSchema, holdMicroUsd: microUsdSchema });
const openSchema = v.object({ open: v.literal(1) });
const ofImageSchema = v.object({ imageId: v.string() });
const SHEETS = { schema: sheetSchema, mended: mendedSheetSchema };
const IMAGES = { schema: imageSchema, mended: mendedImageSchema };
const MARKS = { schema: markSchema, mended: mendedMarkSchema };
const pictureRowSchema = v.object({ facts: factsSchema });

type SheetReads = Pick<
  Storage,
  "listSheets" | "readSheet" | "readRun" | "readImages" | "readTasks"
>;
type MoneyReads = Pick<
  Storage,
  "findReusable" | "findReusables" | "readSpending" | "readSeenPrices"
>;

/** The reading half of the disk storage. */
export function createDiskReads(database: Database): SheetReads & MoneyReads {
  return { ...createSheetReads(database), ...createMoneyReads(database) };
}

function createSheetReads(database: Database): SheetReads {
  return {
    listSheets: () =>
      reading(database, ["sheets", "images", "tasks", "totals"], (transaction) =>
        listSheets(transaction),
      ),
    readSheet: (sheetId, part) =>
      reading(
        database,
        ["sheets", "images", "tasks", "marks", "pictures", "totals", "runs"],
        (transaction) => readSheet(transaction, sheetId, part?.firstImages ?? null),
      ),
    readRun: (sheetId) =>
      reading(database, ["sheets", "tasks", "totals", "runs"], (transaction) =>
        readRun(transaction, sheetId),
      ),
    readImages: (imageIds) =>
      reading(database, ["images"], async (transaction) => {
        const index = transaction.objectStore("images").index("id");
        const rows = await readEach(imageIds, (id) => index.get(id));
        return rows.map((row) => parseMended(row, IMAGES, () => undefined));
      }),
    readTasks: (sheetId, taskUuids) =>
      reading(database, ["tasks"], async (transaction) => {
        const store = transaction.objectStore("tasks");
        const rows = await readEach(taskUuids, (uuid) => store.get([sheetId, uuid]));
        return rows.flatMap((row) => parseRow(row, taskSchema, () => undefined) ?? []);
      }),
  };
}

function createMoneyReads(database: Database): MoneyReads {
  const findReusables: Storage["findReusables"] = (questions) =>
    reading(database, ["reusable"], async (transaction) => {
      const store = transaction.objectStore("reusable");
      const rows = await readEach(questions, (question) =>
        store.get([question.pictureHash, questionKey(question)]),
      );
      return rows.map((row) => parseRow(row, reusableSchema, () => undefined));
    });
  return {
    findReusable: async (question) => (await findReusables([question]))[0] ?? null,
    findReusables,
    readSpending: () =>
      reading(database, ["spending"], async (transaction) => {
        const rows = await transaction.objectStore("spending").getAll();
        return rows.flatMap((row) => parseRow(row, MONEY_SCHEMAS.spending, () => undefined) ?? []);
      }),
    readSeenPrices: () =>
      reading(database, ["seen"], async (transaction) => {
        const rows = await transaction.objectStore("seen").getAll();
        return rows.flatMap((row) => parseRow(row, MONEY_SCHEMAS.seen, () => undefined) ?? []);
      }),
  };
}

async function listSheets(
  transaction: Reading,
): Promise<{ sheets: SheetSummary[]; skipped: SkippedRow[] }> {
  const skipped: SkippedRow[] = [];
  const store = transaction.objectStore("sheets");
  const [keys, rows] = await Promise.all([store.getAllKeys(), store.getAll()]);
  const images = transaction.objectStore("images");
  const removed = await images.index("deletedAt").getAllKeys(numbersBelow(Infinity));
  const sheets: SheetSummary[] = [];
  const readable = parseMendedRows(rows, SHEETS, { store: "sheets", keys, skipped });
  for (const sheet of readable) {
    const [imageCount, spentMicroUsd] = await Promise.all([
      images.count(startingWith(sheet.id)),
      readSpentShort(transaction, sheet.id),
    ]);
    const gone = removed.filter(([sheetId]) => sheetId === sheet.id).length;
    sheets.push({ sheet, imageCount: imageCount - gone, spentMicroUsd });
  }
  return { sheets, skipped: skipped.filter(({ mended }) => mended === undefined) };
}

async function readSheet(
  transaction: Reading,
  sheetId: SheetId,
  firstImages: number | null,
): Promise<SheetRecords | null> {
  const skipped: SkippedRow[] = [];
  const row = await transaction.objectStore("sheets").get(sheetId);
  if (row === undefined) return null;
  const sheet = parseMended(row, SHEETS, (mended) =>
    skipped.push({ store: "sheets", key: sheetId, mended }),
  );
  if (sheet === null) return null;
  const { spentMicroUsd, ...rows } =
    firstImages === null
      ? await readAllRows(transaction, sheetId, skipped)
      : await readFirstRows(transaction, { sheetId, firstImages }, skipped);
  return {
    sheet,
    ...rows,
    pictures: await readFacts(transaction, rows.images, skipped),
    spentMicroUsd,
    run: parseRow(
      await transaction.objectStore("runs").get(sheetId),
      runNoteSchema,
      () => undefined,
    ),
    skipped,
  };
}

async function readRun(transaction: Reading, sheetId: SheetId): Promise<RunRecords | null> {
  const ignore = (): void => undefined;
  const [sheetRow, rows, note] = await Promise.all([
    transaction.objectStore("sheets").get(sheetId),
    transaction.objectStore("tasks").index("open").getAll([sheetId, 1]),
    transaction.objectStore("runs").get(sheetId),
  ]);
  const sheet = parseMended(sheetRow, SHEETS, ignore);
  if (sheet === null) return null;
  // The cap is compared with what the tasks say, not with a sum that may have been damaged.
  const told = await readCosts(transaction, sheetId);
  const spentMicroUsd = await readSpent(transaction, sheetId, told);
  return {
    sheet,
    tasks: rows
      .flatMap((row) => parseRow(row, taskSchema, () => addHold(spentMicroUsd, row)) ?? [])
      .toSorted(byCreation),
    spentMicroUsd,
    run: parseRow(note, runNoteSchema, ignore),
  };
}

function addHold(spent: Spent, row: unknown): void {
  const held = parseRow(row, holdSchema, () => undefined);
  if (held !== null) spent[held.purse] += held.holdMicroUsd;
}

type SheetRows = Pick<SheetRecords, "images" | "tasks" | "marks" | "spentMicroUsd">;

async function readAllRows(
  transaction: Reading,
  sheetId: SheetId,
  skipped: SkippedRow[],
): Promise<SheetRows> {
  const found: Omit<SheetRows, "spentMicroUsd"> = { images: [], tasks: [], marks: [] };
  const range = startingWith(sheetId);
  const told = nothingSpent();
  const held = nothingSpent();
  await readPages(transaction.objectStore("images"), range, (rows, keys) =>
    found.images.push(...parseMendedRows(rows, IMAGES, { store: "images", keys, skipped })),
  );
  await readPages(transaction.objectStore("tasks"), range, (rows, keys) => {
    found.tasks.push(...parseRows(rows, taskSchema, { store: "tasks", keys, skipped }));
    addCosts(told, rows);
    for (const row of rows) if (v.is(openSchema, row) && !v.is(taskSchema, row)) addHold(held, row);
  });
  await readPages(transaction.objectStore("marks"), range, (rows, keys) =>
    found.marks.push(...parseMendedRows(rows, MARKS, { store: "marks", keys, skipped })),
  );
  found.images.sort(byFrame);
  found.tasks.sort(byCreation);
  found.marks.sort(bySeq);
  const spent = await readSpent(transaction, sheetId, told);
  const spentMicroUsd = {
    sandbox: spent.sandbox + held.sandbox,
    runware: spent.runware + held.runware,
    device: spent.device + held.device,
  };
  return { ...found, spentMicroUsd };
}

async function readFirstRows(
  transaction: Reading,
  part: { sheetId: SheetId; firstImages: number },
  skipped: SkippedRow[],
): Promise<SheetRows> {
  const range = startingWith(part.sheetId);
  const frames = transaction.objectStore("images").index("frame");
  const [keys, rows] = await Promise.all([
    frames.getAllKeys(range, part.firstImages),
    frames.getAll(range, part.firstImages),
  ]);
  const images = parseMendedRows(rows, IMAGES, { store: "images", keys, skipped });
  const spentMicroUsd = await readSpentShort(transaction, part.sheetId);
  const found: SheetRows = { images, tasks: [], marks: [], spentMicroUsd };
  const ofImage = async (name: "tasks" | "marks", image: SheetImage) => {
    const index = transaction.objectStore(name).index("image");
    const [itsKeys, itsRows] = await Promise.all([
      index.getAllKeys([part.sheetId, image.id]),
      index.getAll([part.sheetId, image.id]),
    ]);
    return { itsKeys, itsRows };
  };
  const tasks = await readEach(images, (image) => ofImage("tasks", image));
  tasks.push(await readFirstOpen(transaction, part.sheetId, images));
  const marks = await readEach(images, (image) => ofImage("marks", image));
  for (const { itsKeys, itsRows } of tasks)
    found.tasks.push(...parseRows(itsRows, taskSchema, { store: "tasks", keys: itsKeys, skipped }));
  for (const { itsKeys, itsRows } of marks)
    found.marks.push(
      ...parseMendedRows(itsRows, MARKS, { store: "marks", keys: itsKeys, skipped }),
    );
  found.tasks.sort(byCreation);
  found.marks.sort(bySeq);
  return found;
}

// A few show that a run is under way, whatever images they belong to.
const FIRST_OPEN = 20;

/** Tasks with loose ends that belong to none of these images, as far as the first few show. */
async function readFirstOpen(
  transaction: Reading,
  sheetId: SheetId,
  images: readonly SheetImage[],
): Promise<{ itsKeys: [string, string][]; itsRows: unknown[] }> {
  const open = transaction.objectStore("tasks").index("open");
  const [keys, rows] = await Promise.all([
    open.getAllKeys([sheetId, 1], FIRST_OPEN),
    open.getAll([sheetId, 1], FIRST_OPEN),
  ]);
  const shown = new Set(images.map(({ id }) => id));
  const isOther = (row: unknown): boolean => !v.is(ofImageSchema, row) || !shown.has(row.imageId);
  return {
    itsKeys: keys.filter((_key, at) => isOther(rows[at])),
    itsRows: rows.filter(isOther),
  };
}

async function readFacts(
  transaction: Reading,
  images: readonly SheetImage[],
  skipped: SkippedRow[],
): Promise<PictureFacts[]> {
  const hashes = [...new Set(images.flatMap((image) => pictureHashOf(image) ?? []))];
  const store = transaction.objectStore("pictures");
  const found: PictureFacts[] = [];
  const take = (rows: readonly unknown[], keys: readonly string[]): void => {
    const parsed = parseRows(rows, pictureRowSchema, { store: "pictures", keys, skipped });
    found.push(...parsed.map(({ facts }) => facts));
  };
  // Asking one by one costs more than reading past the pictures of a few other sheets.
  if (hashes.length * 3 >= (await store.count())) {
    const wanted = new Set(hashes);
    await readPages(store, IDBKeyRange.bound("", []), (rows, keys) =>
      take(
        rows.filter((_row, at) => wanted.has(keys[at] ?? "")),
        keys.filter((key) => wanted.has(key)),
      ),
    );
    return found;
  }
  const rows = await readEach(hashes, async (hash) => ({ hash, row: await store.get(hash) }));
  const stored = rows.filter(({ row }) => row !== undefined);
  take(
    stored.map(({ row }) => row),
    stored.map(({ hash }) => hash),
  );
  return found;
}
