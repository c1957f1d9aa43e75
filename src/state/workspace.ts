import { createStore, type StoreApi } from "zustand/vanilla";
import { toFailure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { Keeping } from "#src/domain/sheet.ts";
import { loadOnce } from "#src/lib/load-once.ts";
import type { Purged } from "#src/storage/storage.ts";
import type { OpenSheet } from "./sheet/open-sheet.ts";
import type { SheetServices } from "./sheet/sheet-services.ts";
import { createDesk, TOMBSTONE_MS, type WorkspaceState } from "./workspace-desk.ts";

/** The sheets of this device and tab, and the one that is open. Promises reject with storage's FailureError. */
export interface Workspace {
  store: StoreApi<WorkspaceState>;
  /**
   * Opens this sheet or, if there is none such, the last edited; makes one if there is none at all. On a new device that
   * is known from the start: a first sheet is then shown at once, and kept as soon as storage is there.
   */
  start: (wanted: SheetId | null, isNewDevice?: boolean) => Promise<void>;
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

const loadActs = loadOnce(() => import("./workspace-acts.ts"));

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
    start: async (wanted, isNewDevice = false) => {
      try {
        if (isNewDevice) await desk.showFirst();
        else {
          await desk.refresh();
          if (wanted === null || !(await desk.show(wanted))) await desk.showAny();
        }
        // What can't be removed now is removed at the next start.
        purgeOld(services).catch(() => undefined);
      } catch (error) {
        store.setState({ open: null, failure: toFailure(error) });
      }
    },
    openSheet: async (sheetId) => {
      if (!(await desk.show(sheetId))) await desk.refresh();
    },
    newSheet: desk.make,
    rename: async (sheetId, name) =>
      (await loadActs()).renameSheet({ services, desk }, sheetId, name),
    duplicate: async (sheetId) => (await loadActs()).duplicateSheet({ services, desk }, sheetId),
    remove: async (sheetId) => (await loadActs()).removeSheet({ services, desk }, sheetId),
    freeSpace: async () => (await loadActs()).freeSpace({ services, desk }, store),
    close: () => {
      services.purges.close();
      for (const sheet of store.getState().live) sheet.close();
    },
  };
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
