import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { Keeping } from "#src/domain/sheet.ts";
import type { Purged } from "#src/storage/storage.ts";
import type { OpenSheet } from "./open-sheet.ts";
import type { SheetServices } from "./sheet-services.ts";
import { createDesk, type Desk, type WorkspaceState } from "./workspace-desk.ts";

/** The sheets of this device and tab, and the one that is open. Promises reject with storage's FailureError. */
export interface Workspace {
  store: StoreApi<WorkspaceState>;
  /** Opens this sheet or, where there is none such, the last edited; makes one where there is none at all. */
  start: (wanted: SheetId | null) => Promise<void>;
  openSheet: (sheetId: SheetId) => Promise<void>;
  newSheet: (options?: { name?: string; keeping?: Keeping }) => Promise<void>;
  rename: (sheetId: SheetId, name: string) => Promise<void>;
  /** A copy with the same images, answers (as reused ones) and marks. */
  duplicate: (sheetId: SheetId) => Promise<void>;
  remove: (sheetId: SheetId) => Promise<void>;
  /** Reads the list again. */
  refresh: () => Promise<void>;
  /** Removes for good, at once, what was deleted or removed on any sheet; nothing of before can be undone then. */
  freeSpace: () => Promise<Purged>;
  /** Where a sheet is kept, a deleted one too. */
  keepingOf: (sheetId: SheetId) => Keeping;
  /** The sheet as it lives in this tab; null where it was not opened. */
  find: (sheetId: SheetId) => OpenSheet | null;
  close: () => void;
}

// Undo entries expire before that (state/undo-stack.ts).
const TOMBSTONE_MS = 24 * 60 * 60 * 1000;

/** Makes the workspace; nothing is read before `start`. */
export function createWorkspace(services: SheetServices): Workspace {
  const store = createStore<WorkspaceState>(() => ({
    open: null,
    live: [],
    sheets: [],
    skipped: [],
    failure: null,
  }));
  const desk = createDesk(services, store);
  services.purges.onPurge((removedBefore) => {
    void services.undo.clear(removedBefore);
  });
  return {
    store,
    refresh: desk.refresh,
    keepingOf: desk.keepingOf,
    find: desk.find,
    start: async (wanted) => {
      try {
        await desk.refresh();
        if (wanted === null || !(await desk.show(wanted))) await desk.showAny();
        // What can't be removed now is removed at the next start.
        purgeOld(services).catch(() => undefined);
      } catch (error) {
        store.setState({ failure: toFailure(error) });
      }
    },
    openSheet: async (sheetId) => {
      if (!(await desk.show(sheetId))) await desk.refresh();
    },
    newSheet: desk.make,
    rename: (sheetId, name) => renameSheet({ services, desk }, sheetId, name),
    duplicate: (sheetId) => duplicateSheet({ services, desk }, sheetId),
    remove: (sheetId) => removeSheet({ services, desk }, sheetId),
    freeSpace: () => freeSpace({ services, desk }, store),
    close: () => {
      services.purges.close();
      for (const sheet of store.getState().live) sheet.close();
    },
  };
}

interface WorkspaceParts {
  services: SheetServices;
  desk: Desk;
}

async function renameSheet({ services, desk }: WorkspaceParts, sheetId: SheetId, name: string) {
  const before = (await desk.read(sheetId))?.name;
  if (before === undefined || before === name) return;
  await desk.change(sheetId, { name });
  services.undo.push({
    label: `renaming “${before}”`,
    undo: () => desk.change(sheetId, { name: before }),
    redo: () => desk.change(sheetId, { name }),
  });
}

async function duplicateSheet({ services, desk }: WorkspaceParts, sheetId: SheetId) {
  const storage = services.storages[desk.keepingOf(sheetId)];
  const records = await storage.readSheet(sheetId);
  if (records === null) return;
  const { duplicateRecords } = await import("./duplicate-sheet.ts");
  const copy = duplicateRecords(records, services);
  await storage.write(copy);
  await desk.refresh();
  await desk.show(copy.sheets[0].id);
}

async function removeSheet({ services, desk }: WorkspaceParts, sheetId: SheetId) {
  const sheet = await desk.read(sheetId);
  if (sheet === null) return;
  const remove = async (): Promise<void> => {
    desk.find(sheetId)?.intake.cancel();
    cancelRun(services, sheetId);
    await desk.change(sheetId, { deletedAt: services.now() });
    if (desk.isOpen(sheetId)) await desk.showAny();
  };
  await remove();
  services.undo.push({
    label: `deleting “${sheet.name}”`,
    undo: async () => {
      await desk.change(sheetId, { deletedAt: null });
      await desk.show(sheetId);
    },
    redo: remove,
  });
}

// Nobody would see what it spends. What was sent is awaited and kept, as ever. Not waited for here: where the engine
// does not load, nothing runs in this tab, and the sheet is deleted all the same.
function cancelRun(services: SheetServices, sheetId: SheetId): void {
  void services.engine().then(
    (engine) => engine.cancel(sheetId),
    () => undefined,
  );
}

async function freeSpace(
  { services, desk }: WorkspaceParts,
  store: StoreApi<WorkspaceState>,
): Promise<Purged> {
  const { disk, memory } = services.storages;
  const target = { deletedBefore: services.now() + 1, sentBefore: services.now() - TOMBSTONE_MS };
  // First, so that no undo, here or in another tab, brings back the mere row of what goes now.
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

// What was removed a day ago: its undo is gone with its tab, or has expired.
async function purgeOld(services: SheetServices): Promise<void> {
  const before = services.now() - TOMBSTONE_MS;
  services.purges.tell(before);
  await services.storages.disk.purge({
    deletedBefore: before,
    strayBefore: before,
    sentBefore: before,
  });
}
