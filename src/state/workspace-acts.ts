import type { StoreApi } from "zustand/vanilla";
import type { SheetId } from "#src/domain/image.ts";
import type { Purged, SheetRecords, Write } from "#src/storage/storage.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { Task } from "#src/domain/task.ts";
import { freeName, isUnnamed, LONGEST_NAME } from "#src/domain/sheet-name.ts";
import { livingRows } from "#src/storage/living-rows.ts";
import { type Diff, type NewDiff, recordChange, withEntry } from "./history/changes.ts";
import type { OpenSheet, SheetServices } from "./sheet/open-sheet.ts";
import { TOMBSTONE_MS } from "./history/undo-stack.ts";
import type { Desk, WorkspaceState } from "./workspace.ts";
import { renewIds } from "./files/renew-ids.ts";

interface WorkspaceParts {
  services: SheetServices;
  desk: Desk;
}

export async function renameSheet(parts: WorkspaceParts, sheetId: SheetId, name: string) {
  const before = (await parts.desk.read(sheetId))?.name;
  if (before === undefined || before === name) return;
  const entry = { before: { name: before }, after: { name } };
  await changeEntry(parts, sheetId, { entry, label: `renaming “${before}”` });
}

export async function nameAfter(
  parts: WorkspaceParts,
  store: StoreApi<WorkspaceState>,
  [sheetId, folder]: readonly [SheetId, string],
) {
  const sheet = await parts.desk.read(sheetId);
  if (sheet === null || !isUnnamed(sheet)) return;
  const taken = store.getState().sheets.map((other) => other.sheet.name);
  const name = freeName(folder.slice(0, LONGEST_NAME), taken);
  const entry = { before: { name: sheet.name }, after: { name } };
  await follow(parts, sheetId, await applyToSheet(parts, sheetId, { entry }));
}

export async function removeSheet(parts: WorkspaceParts, sheetId: SheetId) {
  const sheet = await parts.desk.read(sheetId);
  if (sheet === null) return;
  const entry = { before: { deletedAt: null }, after: { deletedAt: parts.services.now() } };
  await changeEntry(parts, sheetId, { entry, label: `deleting “${sheet.name}”` });
}

export async function restoreSheet(parts: WorkspaceParts, sheetId: SheetId) {
  const sheet = await parts.desk.read(sheetId);
  if (sheet === null || sheet.deletedAt === null) return;
  const entry = { before: { deletedAt: sheet.deletedAt }, after: { deletedAt: null } };
  await changeEntry(parts, sheetId, { entry, label: `restoring “${sheet.name}”` });
}

type EntryDiff = Pick<NewDiff, "entry">;

/** Renames or deletes a sheet, open or not, as one change of the list, which is undone from any sheet. */
async function changeEntry(
  parts: WorkspaceParts,
  sheetId: SheetId,
  { label, ...diff }: EntryDiff & { label: string },
): Promise<void> {
  const applied = await applyToSheet(parts, sheetId, diff);
  recordChange(parts.services.undo, applied, {
    label,
    sheetId: null,
    make: async (step) => {
      const made = await applyToSheet(parts, sheetId, step);
      await follow(parts, sheetId, made);
      return made;
    },
  });
  await follow(parts, sheetId, applied);
}

async function applyToSheet(
  { services, desk }: WorkspaceParts,
  sheetId: SheetId,
  diff: EntryDiff,
): Promise<Diff> {
  const live = desk.find(sheetId);
  if (live !== null) return live.apply({ entry: diff.entry });
  const row = await desk.read(sheetId);
  if (row === null || diff.entry === undefined) return {};
  const sheet = withEntry(row, diff.entry, services.now());
  await services.storages[sheet.keeping].write({ sheets: [sheet] });
  if (sheet.keeping === "disk") {
    // A tab that has the sheet open would write the old row back with the next setting.
    const channel = services.openChannel(sheet.id);
    channel.post({ sheet });
    channel.close();
  }
  return { entry: diff.entry };
}

/** What the workspace does once a sheet is renamed, deleted or restored. */
async function follow(
  { services, desk }: WorkspaceParts,
  sheetId: SheetId,
  { entry }: EntryDiff,
): Promise<void> {
  const isDeleted = typeof entry?.after.deletedAt === "number";
  if (isDeleted) {
    desk.find(sheetId)?.intake.cancel();
    cancelRun(services, sheetId);
  }
  await desk.refresh();
  if (isDeleted && desk.isOpen(sheetId)) await desk.showAny();
  if (entry?.after.deletedAt === null) await desk.show(sheetId);
}

// Nobody would see what it spends. What was sent is awaited and kept, as always. Not waited for here: if the engine
// does not load, nothing runs in this tab, and the sheet is still deleted.
function cancelRun(services: SheetServices, sheetId: SheetId): void {
  services.engine().then(
    (engine) => engine.cancel(sheetId),
    () => undefined,
  );
}

export async function duplicateSheet({ services, desk }: WorkspaceParts, sheetId: SheetId) {
  const storage = services.storages[desk.keepingOf(sheetId)];
  await desk.find(sheetId)?.keepTyped();
  const records = await storage.readSheet(sheetId);
  if (records === null) return;
  const copy = duplicateRecords(records, services);
  await storage.write(copy);
  await desk.refresh();
  await desk.show(copy.sheets[0].id);
}

export async function freeSpace(
  { services, desk }: WorkspaceParts,
  store: StoreApi<WorkspaceState>,
): Promise<Purged> {
  const { disk, memory } = services.storages;
  const target = { deletedBefore: services.now() + 1, sentBefore: services.now() - TOMBSTONE_MS };
  // First, so that no undo, here or in another tab, brings back only the row of what goes now.
  services.purges.tell(target.deletedBefore);
  await services.undo.clear();
  const purged = await Promise.all([disk.purge(target), memory.purge(target)]);
  const { open, live } = store.getState();
  const gone = await goneOf(services, live);
  store.setState({ live: live.filter((sheet) => !gone.has(sheet)) });
  await desk.refresh();
  // Another tab deleted it.
  if (open !== null && open.store.getState().sheet.deletedAt !== null) await desk.showAny();
  for (const sheet of gone) sheet.close();
  return {
    sheets: purged[0].sheets + purged[1].sheets,
    images: purged[0].images + purged[1].images,
    awaited: purged[0].awaited + purged[1].awaited,
  };
}

// A deleted sheet that storage still has waits for its tasks: they need their pictures.
async function goneOf(
  { storages }: SheetServices,
  live: readonly OpenSheet[],
): Promise<Set<OpenSheet>> {
  const gone = new Set<OpenSheet>();
  for (const open of live) {
    const { id, keeping, deletedAt } = open.store.getState().sheet;
    if (deletedAt === null) continue;
    if ((await storages[keeping].readSheet(id, { firstImages: 1 })) === null) gone.add(open);
  }
  return gone;
}

/**
 * The rows of a copy of a sheet: the same images, answers and marks, all under new ids. Copied answers are "reused"
 * and cost nothing, so that no sum counts a payment twice; what never got an answer is not copied.
 */
export function duplicateRecords(
  records: SheetRecords,
  services: { now: () => number; newId: () => string },
): Write & { sheets: readonly [Sheet] } {
  const at = services.now();
  const { images, tasks, marks } = livingRows(records);
  const sheet: Sheet = {
    ...records.sheet,
    name: `${records.sheet.name} (copy)`,
    createdAt: at,
    editedAt: at,
  };
  const rows = { sheet, images, tasks: tasks.flatMap(asReused), marks };
  const { sheet: copy, ...renewed } = renewIds(rows, services.newId);
  return { sheets: [copy], ...renewed };
}

function asReused(task: Task): Task[] {
  return task.state.phase === "done"
    ? [{ ...task, state: { ...task.state, source: "reused", costMicroUsd: 0 } }]
    : [];
}
