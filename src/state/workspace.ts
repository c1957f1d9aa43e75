import { createStore, type StoreApi } from "zustand/vanilla";
import { type Failure, toFailure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { Keeping, Sheet } from "#src/domain/sheet.ts";
import { dayName, freeName } from "#src/domain/sheet-name.ts";
import { loadOnce } from "#src/lib/load-once.ts";
import type { Purged, SheetSummary, SkippedRow } from "#src/storage/storage.ts";
import {
  createOpenSheet,
  newSheet,
  type OpenSheet,
  type SheetServices,
} from "./sheet/open-sheet.ts";

/** The sheets of this device and tab, and the one that is open. Promises reject with storage's FailureError. */
export interface Workspace {
  store: StoreApi<WorkspaceState>;
  /**
   * Opens this sheet or, if there is none, the last edited; makes one if there is none at all. On a new device that is
   * known from the start: a first sheet is then shown at once, and kept as soon as storage is there.
   */
  start: (wanted: SheetId | null, isNewDevice?: boolean) => Promise<void>;
  openSheet: (sheetId: SheetId) => Promise<void>;
  newSheet: (options?: { name?: string; keeping?: Keeping }) => Promise<void>;
  rename: (sheetId: SheetId, name: string) => Promise<void>;
  /** Calls a sheet that nobody has named after a folder that is added to it. No change that is undone by itself. */
  nameAfter: (sheetId: SheetId, folder: string) => Promise<void>;
  /** A copy with the same images, answers (as reused ones) and marks. */
  duplicate: (sheetId: SheetId) => Promise<void>;
  remove: (sheetId: SheetId) => Promise<void>;
  /** Brings a deleted sheet back, and opens it. Does nothing if it is gone for good. */
  restore: (sheetId: SheetId) => Promise<void>;
  /** Reads the list again. */
  refresh: () => Promise<void>;
  /** Removes for good, at once, what was deleted or removed on any sheet; nothing earlier can be undone then. */
  freeSpace: () => Promise<Purged>;
  /** Where a sheet is kept, including a deleted one. */
  keepingOf: (sheetId: SheetId) => Keeping;
  /** The sheet that is live in this tab; null if it was not opened. */
  find: (sheetId: SheetId) => OpenSheet | null;
  /** Keeps now what was typed on any sheet: the page may be about to go. */
  keepTyped: () => void;
  close: () => void;
}

const loadActs = loadOnce(() => import("./workspace-acts.ts"));
const loadLetGo = loadOnce(() => import("./let-go.ts"));

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
  store.subscribe(({ open }) => services.undo.show(open?.store.getState().sheet.id ?? null));
  services.purges.onPurge((removedBefore) => {
    // oxlint-disable-next-line typescript/no-floating-promises -- it waits for the step under way, whose failure is told where it was asked for
    services.undo.clear(removedBefore);
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
        loadLetGo()
          .then(({ purgeOld }) => purgeOld(services))
          .catch(() => undefined);
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
    nameAfter: async (...named) => (await loadActs()).nameAfter({ services, desk }, store, named),
    duplicate: async (sheetId) => (await loadActs()).duplicateSheet({ services, desk }, sheetId),
    remove: async (sheetId) => (await loadActs()).removeSheet({ services, desk }, sheetId),
    restore: async (sheetId) => (await loadActs()).restoreSheet({ services, desk }, sheetId),
    freeSpace: async () => (await loadActs()).freeSpace({ services, desk }, store),
    keepTyped: () => {
      // What can’t be kept is said by the field it was typed in.
      for (const sheet of store.getState().live) sheet.keepTyped().catch(() => undefined);
    },
    close: () => {
      services.purges.close();
      for (const sheet of store.getState().live) sheet.close();
    },
  };
}

export interface WorkspaceState {
  /** Null until the first sheet is open. */
  open: OpenSheet | null;
  /**
   * Every sheet that was opened in this tab. Each stays live behind the page: its intake ends, its run is watched, and
   * an undo of what was done to it is kept, shown and passed on to other tabs as always.
   */
  live: readonly OpenSheet[];
  /** Last edited first. */
  sheets: readonly SheetSummary[];
  skipped: readonly SkippedRow[];
  /** Why nothing could be opened; null while all is well. */
  failure: Failure | null;
}

// Fills the tallest screen, so that a large sheet shows as fast as a small one.
export const FIRST_IMAGES = 60;

/** The steps that make up everything done to whole sheets. */
export interface Desk {
  refresh: () => Promise<void>;
  keepingOf: (sheetId: SheetId) => Keeping;
  find: (sheetId: SheetId) => OpenSheet | null;
  isOpen: (sheetId: SheetId) => boolean;
  /** The current row: the list's own may be old. */
  read: (sheetId: SheetId) => Promise<Sheet | null>;
  show: (sheetId: SheetId) => Promise<boolean>;
  showAny: () => Promise<void>;
  /** Shows a sheet that is not kept anywhere yet, then keeps it. Rejects if it can't be kept. */
  showFirst: () => Promise<void>;
  make: (options?: { name?: string; keeping?: Keeping }) => Promise<void>;
}

/** Makes the desk of one workspace. */
function createDesk(services: SheetServices, store: StoreApi<WorkspaceState>): Desk {
  const { storages } = services;
  // Including deleted ones: their tasks in flight still need their pictures.
  const inMemory = new Set<SheetId>();
  const keepingOf = (sheetId: SheetId): Keeping => (inMemory.has(sheetId) ? "memory" : "disk");
  const find = (sheetId: SheetId): OpenSheet | null =>
    store.getState().live.find((sheet) => sheet.store.getState().sheet.id === sheetId) ?? null;
  const refresh = async (): Promise<void> => {
    const lists = await Promise.all([storages.disk.listSheets(), storages.memory.listSheets()]);
    for (const { sheet } of lists[1].sheets) inMemory.add(sheet.id);
    store.setState({
      sheets: lists
        .flatMap(({ sheets }) => sheets)
        .filter((summary) => summary.sheet.deletedAt === null)
        .toSorted((a, b) => b.sheet.editedAt - a.sheet.editedAt),
      skipped: lists.flatMap(({ skipped }) => skipped),
    });
  };
  const show = async (sheetId: SheetId): Promise<boolean> => {
    const open = find(sheetId) ?? (await readOpenSheet(services, sheetId));
    if (open === null || open.store.getState().sheet.deletedAt !== null) return false;
    // Two calls may have read it at the same time: the first one stays.
    const known = find(sheetId);
    if (known !== null && known !== open) open.close();
    if (known?.store.getState().complete === false) await (await loadLetGo()).wake(services, known);
    const { open: left } = store.getState();
    if (left !== null && left !== (known ?? open))
      loadLetGo()
        .then(({ letGoLater }) => letGoLater(store, left))
        .catch(() => undefined);
    store.setState(({ live }) => ({
      open: known ?? open,
      live: known === null ? [...live, open] : live,
      failure: null,
    }));
    return true;
  };
  const make: Desk["make"] = async (options = {}) => {
    const fields = await services.lastFields.read();
    const taken = store.getState().sheets.map((summary) => summary.sheet.name);
    const { name = dayName(services.now()) } = options;
    const sheet = newSheet(services, { ...options, fields, name: freeName(name, taken) });
    await storages[sheet.keeping].write({ sheets: [sheet] });
    await refresh();
    await show(sheet.id);
  };
  return {
    keepingOf,
    find,
    refresh,
    show,
    make,
    isOpen: (sheetId) => store.getState().open?.store.getState().sheet.id === sheetId,
    read: async (sheetId) => {
      const live = find(sheetId);
      if (live !== null) return live.store.getState().sheet;
      return (await storages[keepingOf(sheetId)].readRun(sheetId))?.sheet ?? null;
    },
    showAny: async () => {
      for (const { sheet } of store.getState().sheets) if (await show(sheet.id)) return;
      await make();
    },
    showFirst: async () => {
      const sheet = newSheet(services);
      const rows = { images: [], tasks: [], marks: [], pictures: [], skipped: [], run: null };
      const spentMicroUsd = { sandbox: 0, runware: 0, device: 0 };
      const open = createOpenSheet(services, { sheet, ...rows, spentMicroUsd }, null);
      store.setState({ open, live: [open] });
      await storages.disk.write({ sheets: [sheet] });
      await refresh();
    },
  };
}

async function readOpenSheet(services: SheetServices, sheetId: SheetId): Promise<OpenSheet | null> {
  const { disk, memory } = services.storages;
  const inMemory = await memory.readSheet(sheetId);
  const records = inMemory ?? (await disk.readSheet(sheetId, { firstImages: FIRST_IMAGES }));
  if (records === null || records.sheet.deletedAt !== null) return null;
  const rest =
    inMemory === null && records.images.length >= FIRST_IMAGES ? disk.readSheet(sheetId) : null;
  return createOpenSheet(services, records, rest);
}
