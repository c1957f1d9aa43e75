import type { Purse } from "#src/domain/connection.ts";
import { byFrame, pictureHashOf } from "#src/domain/image-row.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Mark, UnwrittenMark } from "#src/domain/mark.ts";
import { hasEnded, hasLooseEnds } from "#src/domain/task.ts";
import { isAsGoodAs } from "./kept-copy.ts";
import { isPaid, moneyChange, plusSpending, withSeen } from "./money-rows.ts";
import {
  byCreation,
  byPlace,
  bySeq,
  changedSheets,
  isNewsTo,
  mountKey,
  questionKey,
} from "./row-order.ts";
import type { SentCopy, SheetRecords, SheetTotal, Storage, Write, Written } from "./storage.ts";
import type { MemoryTables } from "./tables.ts";

/** Keeps sheets in this tab alone: nothing is written anywhere, and a reload loses all of it. */
export function createMemoryStorage(now: () => number = Date.now): Storage {
  const tables = emptyTables();
  return {
    keeping: "memory",
    ...createReads(tables),
    ...createPictures(tables),
    ...NO_UPLOADS,
    readPrompts: async () => [...tables.prompts.values()].toSorted(byPlace),
    writePrompts: async ({ kept = [], removed = [] }) => {
      for (const id of removed) tables.prompts.delete(id);
      for (const prompt of kept) tables.prompts.set(prompt.id, prompt);
    },
    write: async (rows) => {
      const at = now();
      for (const id of changedSheets(rows)) {
        const sheet = tables.sheets.get(id);
        if (sheet?.deletedAt === null && isNewsTo(sheet, at))
          tables.sheets.set(id, { ...sheet, editedAt: at });
      }
      return writeRows(tables, rows);
    },
    reserveFrames: async (sheetId, count, unused) => {
      const given = tables.frames.get(sheetId) ?? 0;
      const frames = imagesOf(tables, sheetId).map(({ frame }) => frame);
      const last = frames.reduce(
        (most, frame) => Math.max(most, frame),
        unused?.last === given ? unused.first - 1 : given,
      );
      tables.frames.set(sheetId, last + count);
      return last + 1;
    },
    purge: async (target) => (await import("./memory-purge.ts")).purgeMemory(tables, target),
    close: () => {
      for (const table of Object.values(tables)) table.clear();
    },
  };
}

// A picture left with the service would outlive the tab, so a memory-only sheet leaves nothing
// anywhere.
const NO_UPLOADS: Pick<Storage, "readUpload" | "putUpload" | "dropUpload"> = {
  readUpload: async () => null,
  putUpload: async () => undefined,
  dropUpload: async () => undefined,
};

function emptyTables(): MemoryTables {
  return {
    sheets: new Map(),
    images: new Map(),
    tasks: new Map(),
    marks: new Map(),
    frames: new Map(),
    prompts: new Map(),
    runs: new Map(),
    totals: new Map(),
    pictures: new Map(),
    copies: new Map(),
    reusable: new Map(),
    spending: new Map(),
    seen: new Map(),
  };
}

function createReads(
  tables: MemoryTables,
): Pick<
  Storage,
  | "listSheets"
  | "readSheet"
  | "readRun"
  | "readImages"
  | "readTasks"
  | "readRemoved"
  | "findReusable"
  | "findReusables"
  | "readSpending"
  | "readSeenPrices"
> {
  const findReusable: Storage["findReusable"] = async (question) =>
    tables.reusable.get(question.pictureHash)?.get(questionKey(question)) ?? null;
  return {
    listSheets: async () => ({
      sheets: [...tables.sheets.values()].map((sheet) => ({
        sheet,
        imageCount: imagesOf(tables, sheet.id).filter(({ deletedAt }) => deletedAt === null).length,
        spentMicroUsd: totalOf(tables, sheet.id),
      })),
      skipped: [],
    }),
    readSheet: async (sheetId, part) => readSheet(tables, sheetId, part?.firstImages ?? Infinity),
    readRun: async (sheetId) => {
      const sheet = tables.sheets.get(sheetId);
      if (sheet === undefined) return null;
      const tasks = [...(tables.tasks.get(sheetId)?.values() ?? [])].filter(hasLooseEnds);
      return {
        sheet,
        tasks: tasks.toSorted(byCreation),
        spentMicroUsd: totalOf(tables, sheetId),
        run: tables.runs.get(sheetId) ?? null,
      };
    },
    readImages: async (imageIds) => imageIds.map((id) => tables.images.get(id) ?? null),
    readTasks: async (sheetId, taskUuids) =>
      taskUuids.flatMap((uuid) => tables.tasks.get(sheetId)?.get(uuid) ?? []),
    readRemoved: async () => {
      const isRemoved = (row: { deletedAt: number | null }): boolean => row.deletedAt !== null;
      const all = <Row>(table: Map<string, Map<string, Row>>): Row[] =>
        [...table.values()].flatMap((rows) => [...rows.values()]);
      return {
        images: [...tables.images.values()].filter(isRemoved),
        tasks: all(tables.tasks).filter(isRemoved),
        marks: all(tables.marks).filter(isRemoved),
      };
    },
    findReusable,
    findReusables: async (questions) => Promise.all(questions.map(findReusable)),
    readSpending: async () => [...tables.spending.values()],
    readSeenPrices: async () => [...tables.seen.values()].flat(),
  };
}

function createPictures(
  tables: MemoryTables,
): Pick<Storage, "putPicture" | "readThumbnail" | "readCopy" | "putCopy" | "putPerceptualHash"> {
  return {
    putPicture: async ({ facts, thumbnail, copy }) => {
      const kept = tables.copies.get(facts.hash)?.get("");
      if (kept !== undefined && isAsGoodAs(kept, copy)) return;
      tables.pictures.set(facts.hash, { facts, thumbnail });
      tables.copies.set(facts.hash, new Map([["", copy]]));
    },
    readThumbnail: async (hash) => tables.pictures.get(hash)?.thumbnail ?? null,
    readCopy: async (hash, sent) => tables.copies.get(hash)?.get(copyKey(sent)) ?? null,
    putCopy: async (hash, sent, copy) => {
      tables.copies.get(hash)?.set(copyKey(sent), copy);
    },
    putPerceptualHash: async (hash, perceptualHash) => {
      const picture = tables.pictures.get(hash);
      if (picture === undefined) return;
      tables.pictures.set(hash, { ...picture, facts: { ...picture.facts, perceptualHash } });
    },
  };
}

function readSheet(
  tables: MemoryTables,
  sheetId: string,
  firstImages: number,
): SheetRecords | null {
  const sheet = tables.sheets.get(sheetId);
  if (sheet === undefined) return null;
  const images = imagesOf(tables, sheetId).toSorted(byFrame).slice(0, firstImages);
  const ids = new Set(images.map(({ id }) => id));
  const hashes = new Set(images.map(pictureHashOf));
  return {
    sheet,
    images,
    tasks: [...(tables.tasks.get(sheetId)?.values() ?? [])]
      .filter((task) => firstImages === Infinity || ids.has(task.imageId) || !hasEnded(task))
      .toSorted(byCreation),
    marks: [...(tables.marks.get(sheetId)?.values() ?? [])]
      .filter(({ imageId }) => firstImages === Infinity || ids.has(imageId))
      .toSorted(bySeq),
    pictures: [...tables.pictures.values()].flatMap(({ facts }) =>
      hashes.has(facts.hash) ? [facts] : [],
    ),
    spentMicroUsd: totalOf(tables, sheetId),
    run: tables.runs.get(sheetId) ?? null,
    skipped: [],
  };
}

function writeRows(tables: MemoryTables, rows: Write): Written {
  const marks = numbered(tables, rows.marks ?? []);
  for (const sheet of rows.sheets ?? []) tables.sheets.set(sheet.id, sheet);
  for (const image of rows.images ?? []) tables.images.set(image.id, image);
  for (const mark of marks) subTable(tables.marks, mark.sheetId).set(mark.id, mark);
  for (const run of rows.runs ?? []) tables.runs.set(run.sheetId, run);
  for (const { question, answer } of rows.reusable ?? [])
    subTable(tables.reusable, question.pictureHash).set(questionKey(question), answer);
  writeTasks(tables, rows);
  addTotals(tables, rows.spentElsewhere ?? []);
  return { marks };
}

function numbered(tables: MemoryTables, marks: readonly (Mark | UnwrittenMark)[]): Mark[] {
  const last = new Map<string, number>();
  return marks.map((mark) => {
    if (mark.seq !== null) return mark;
    const rows = [...(tables.marks.get(mark.sheetId)?.values() ?? [])];
    const known = last.get(mark.sheetId);
    const seq = (known ?? rows.reduce((most, row) => Math.max(most, row.seq), 0)) + 1;
    last.set(mark.sheetId, seq);
    return { ...mark, seq };
  });
}

function writeTasks(tables: MemoryTables, { tasks = [], paidElsewhere }: Write): void {
  const pairs = tasks.filter(isPaid).map((after) => ({
    before: tables.tasks.get(after.sheetId)?.get(after.taskUuid) ?? null,
    after,
  }));
  for (const task of tasks) subTable(tables.tasks, task.sheetId).set(task.taskUuid, task);
  const { spending, totals, seen } = moneyChange(pairs, paidElsewhere);
  for (const entry of spending) {
    const key = JSON.stringify([entry.day, entry.purse, entry.modelId]);
    const kept = tables.spending.get(key);
    tables.spending.set(key, kept === undefined ? entry : plusSpending(kept, entry));
  }
  addTotals(tables, totals);
  for (const price of seen) {
    const key = JSON.stringify([price.purse, price.modelId]);
    tables.seen.set(key, withSeen(tables.seen.get(key) ?? [], price));
  }
}

function addTotals(tables: MemoryTables, totals: readonly SheetTotal[]): void {
  for (const { sheetId, purse, microUsd } of totals) {
    const total = totalOf(tables, sheetId);
    tables.totals.set(sheetId, { ...total, [purse]: total[purse] + microUsd });
  }
}

function imagesOf(tables: MemoryTables, sheetId: string): SheetImage[] {
  return [...tables.images.values()].filter((image) => image.sheetId === sheetId);
}

function totalOf(tables: MemoryTables, sheetId: string): Record<Purse, number> {
  return tables.totals.get(sheetId) ?? { sandbox: 0, runware: 0, device: 0 };
}

function subTable<Row>(table: Map<string, Map<string, Row>>, key: string): Map<string, Row> {
  const found = table.get(key);
  if (found !== undefined) return found;
  const made = new Map<string, Row>();
  table.set(key, made);
  return made;
}

function copyKey(sent: SentCopy | null): string {
  return sent === null ? "" : `${sent.side} ${mountKey(sent.mount)}`;
}
