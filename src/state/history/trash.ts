import type { Mark, MarkValue } from "#src/domain/mark.ts";
import type { Keeping, Sheet } from "#src/domain/sheet.ts";
import { counted } from "#src/lib/counted.ts";
import type { SheetRecords, SheetSummary, Storage } from "#src/storage/storage.ts";
import type { Workspace } from "#src/state/workspace.ts";
import { TOMBSTONE_MS } from "./undo-stack.ts";

type Rows = Pick<SheetRecords, "images" | "tasks" | "marks">;

/** What was taken off a sheet in one go. */
export interface TrashLot extends Rows {
  sheet: Sheet;
  /** When that was: epoch milliseconds. */
  at: number;
}

/** What is deleted and can still be brought back, in any tab and after any reload. Both newest first. */
export interface Trash {
  sheets: SheetSummary[];
  lots: TrashLot[];
}

type Storages = Readonly<Record<Keeping, Pick<Storage, "listSheets" | "readRemoved">>>;

/** Reads what can be brought back. Rejects with storage's FailureError. */
export async function readTrash(storages: Storages): Promise<Trash> {
  const [disk, memory] = await Promise.all([readPart(storages.disk), readPart(storages.memory)]);
  return {
    sheets: [...disk.sheets, ...memory.sheets].toSorted(
      (a, b) => (b.sheet.deletedAt ?? 0) - (a.sheet.deletedAt ?? 0),
    ),
    lots: [...disk.lots, ...memory.lots].toSorted((a, b) => b.at - a.at),
  };
}

/** The last moment at which what was removed then is sure to be there: epoch milliseconds. */
export function keptUntil(removedAt: number): number {
  return removedAt + TOMBSTONE_MS;
}

/** "2 images and 1 answer". */
export function lotText({ images, tasks, marks }: Rows): string {
  const words = marks.flatMap(({ value }) => MARK_WORDS[value.kind] ?? []);
  const parts = [
    images.length === 0 ? "" : counted(images.length, "image"),
    tasks.length === 0 ? "" : counted(tasks.length, "answer"),
    ...[...new Set(words)].map((word) =>
      counted(words.filter((other) => other === word).length, word),
    ),
  ].filter((part) => part !== "");
  const last = parts.pop() ?? "";
  return parts.length === 0 ? last : `${parts.join(", ")} and ${last}`;
}

/**
 * Brings back what was removed in one go, and shows its sheet. What a purge took meanwhile stays gone. False if that was
 * all of it. Rejects with storage's FailureError.
 */
export async function restoreLot(
  workspace: Workspace,
  storages: Storages,
  lot: TrashLot,
): Promise<boolean> {
  const { id, keeping } = lot.sheet;
  await workspace.openSheet(id);
  const open = workspace.find(id);
  if (open === null) return false;
  const there = await storages[keeping].readRemoved();
  const imageIds = new Set(there.images.map((image) => image.id));
  // A part that was removed before its image comes back with it.
  const owners = new Set(
    lot.images.flatMap(({ source }) => (source.kind === "part" ? [source.of] : [])),
  );
  const own = new Set(lot.images.map((image) => image.id));
  const brought = there.images.filter((image) => owners.has(image.id) && !own.has(image.id));
  const taskUuids = new Set(there.tasks.map(({ taskUuid }) => taskUuid));
  const markIds = new Set(there.marks.map((mark) => mark.id));
  const adds = {
    images: [...brought, ...lot.images.filter((image) => imageIds.has(image.id))],
    tasks: lot.tasks.filter(({ taskUuid }) => taskUuids.has(taskUuid)),
    marks: lot.marks.filter((mark) => markIds.has(mark.id)),
  };
  if (Object.values(adds).every((rows) => rows.length === 0)) return false;
  await open.apply({ adds }, { label: `restoring ${lotText(adds)}` });
  return true;
}

/** What marks are called; null for those that only say that another one does not count. */
const MARK_WORDS: Readonly<Record<MarkValue["kind"], string | null>> = {
  edit: "edited text",
  existing: "existing text",
  reference: "reference text",
  pick: "vote",
  tie: "vote",
  "all-bad": "vote",
  void: null,
  judgement: "judgement",
  flag: "flag",
  context: "note",
  role: "role",
  reviewed: "reviewed mark",
};

async function readPart(storage: Storages[Keeping]): Promise<Trash> {
  const [{ sheets }, removed] = await Promise.all([storage.listSheets(), storage.readRemoved()]);
  const living = new Map(
    sheets.flatMap(({ sheet }) => (sheet.deletedAt === null ? [[sheet.id, sheet] as const] : [])),
  );
  const lots = new Map<string, TrashLot>();
  const lotOf = (row: { sheetId: string; deletedAt: number | null }): TrashLot | null => {
    const sheet = living.get(row.sheetId);
    const at = row.deletedAt;
    if (sheet === undefined || at === null) return null;
    const key = `${at} ${row.sheetId}`;
    const lot = lots.get(key) ?? { sheet, at, images: [], tasks: [], marks: [] };
    lots.set(key, lot);
    return lot;
  };
  for (const image of removed.images) lotOf(image)?.images.push(image);
  for (const task of removed.tasks) if (task.state.phase === "done") lotOf(task)?.tasks.push(task);
  for (const mark of removed.marks) if (counts(mark)) lotOf(mark)?.marks.push(mark);
  return {
    // One that never was edited was being opened from a file as its tab ended: it is not whole.
    sheets: sheets.filter(({ sheet }) => sheet.deletedAt !== null && sheet.editedAt > 0),
    lots: [...lots.values()],
  };
}

function counts({ value }: Mark): boolean {
  return MARK_WORDS[value.kind] !== null;
}
