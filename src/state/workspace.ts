import { createStore, type StoreApi } from "zustand/vanilla";
import { DEFAULT_MODEL } from "#src/catalog/find-models.ts";
import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import { toFailure, type Failure } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { Keeping, Sheet } from "#src/domain/sheet.ts";
import type { SheetSummary, SkippedRow } from "#src/storage/storage.ts";
import { duplicateRecords } from "./duplicate-sheet.ts";
import { createOpenSheet, type OpenSheet } from "./open-sheet.ts";
import type { SheetServices } from "./services.ts";

export interface WorkspaceState {
  /** Null until the first sheet is open. */
  open: OpenSheet | null;
  /** Last edited first. */
  sheets: readonly SheetSummary[];
  skipped: readonly SkippedRow[];
  /** Why nothing could be opened; null while all is well. */
  failure: Failure | null;
}

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
  close: () => void;
}

// Fills the tallest screen, so that a large sheet shows as fast as a small one.
const FIRST_IMAGES = 60;
const DEFAULT_CAP_MICRO_USD = 1_000_000;
// An undo lives as long as its tab; after a day no tab still offers one.
const TOMBSTONE_MS = 24 * 60 * 60 * 1000;

/** Makes the workspace; nothing is read before `start`. */
export function createWorkspace(services: SheetServices): Workspace {
  const store = createStore<WorkspaceState>(() => ({
    open: null,
    sheets: [],
    skipped: [],
    failure: null,
  }));
  const desk = createDesk(services, store);
  return {
    store,
    refresh: desk.refresh,
    start: async (wanted) => {
      try {
        await desk.refresh();
        if (wanted === null || !(await desk.show(wanted))) await desk.showAny();
        void purgeOld(services);
      } catch (error) {
        store.setState({ failure: toFailure(error) });
      }
    },
    openSheet: async (sheetId) => {
      if (!(await desk.show(sheetId))) await desk.refresh();
    },
    newSheet: desk.make,
    rename: (sheetId, name) => renameSheet({ services, desk, store }, sheetId, name),
    duplicate: (sheetId) => duplicateSheet({ services, desk, store }, sheetId),
    remove: (sheetId) => removeSheet({ services, desk, store }, sheetId),
    close: () => store.getState().open?.close(),
  };
}

interface Desk {
  refresh: () => Promise<void>;
  show: (sheetId: SheetId) => Promise<boolean>;
  showAny: () => Promise<void>;
  make: (options?: { name?: string; keeping?: Keeping }) => Promise<void>;
  write: (sheet: Sheet) => Promise<void>;
}

interface WorkspaceParts {
  services: SheetServices;
  desk: Desk;
  store: StoreApi<WorkspaceState>;
}

function createDesk(services: SheetServices, store: StoreApi<WorkspaceState>): Desk {
  const { disk, memory } = services.storages;
  const refresh = async (): Promise<void> => {
    const lists = await Promise.all([disk.listSheets(), memory.listSheets()]);
    store.setState({
      sheets: lists
        .flatMap((list) => list.sheets)
        .filter((summary) => summary.sheet.deletedAt === null)
        .toSorted((a, b) => b.sheet.editedAt - a.sheet.editedAt),
      skipped: lists.flatMap((list) => list.skipped),
    });
  };
  const write = async (sheet: Sheet): Promise<void> => {
    await services.storages[sheet.keeping].write({ sheets: [sheet] });
    await refresh();
  };
  const show = async (sheetId: SheetId): Promise<boolean> => {
    const inMemory = await memory.readSheet(sheetId);
    const records = inMemory ?? (await disk.readSheet(sheetId, { firstImages: FIRST_IMAGES }));
    if (records === null || records.sheet.deletedAt !== null) return false;
    const rest =
      inMemory === null && records.images.length >= FIRST_IMAGES ? disk.readSheet(sheetId) : null;
    store.getState().open?.close();
    store.setState({ open: createOpenSheet(services, records, rest), failure: null });
    return true;
  };
  const make: Desk["make"] = async (options = {}) => {
    const sheet = newSheet(services, options);
    await write(sheet);
    await show(sheet.id);
  };
  return {
    refresh,
    write,
    show,
    make,
    showAny: async () => {
      for (const { sheet } of store.getState().sheets) if (await show(sheet.id)) return;
      await make();
    },
  };
}

function findSheet(store: StoreApi<WorkspaceState>, sheetId: SheetId): Sheet | null {
  const state = store.getState();
  const open = state.open?.store.getState().sheet;
  if (open?.id === sheetId) return open;
  return state.sheets.find((summary) => summary.sheet.id === sheetId)?.sheet ?? null;
}

async function renameSheet(parts: WorkspaceParts, sheetId: SheetId, name: string): Promise<void> {
  const before = findSheet(parts.store, sheetId)?.name;
  if (before === undefined || before === name) return;
  const rename = async (to: string): Promise<void> => {
    const { open } = parts.store.getState();
    const sheet = findSheet(parts.store, sheetId);
    if (sheet === null) return;
    if (open?.store.getState().sheet.id === sheetId) await open.saveSettings({ name: to });
    await parts.desk.write({ ...sheet, name: to, editedAt: parts.services.now() });
  };
  await rename(name);
  parts.services.undo.push({
    label: `renaming “${before}”`,
    undo: () => rename(before),
    redo: () => rename(name),
  });
}

async function duplicateSheet({ services, desk, store }: WorkspaceParts, sheetId: SheetId) {
  const sheet = findSheet(store, sheetId);
  if (sheet === null) return;
  const storage = services.storages[sheet.keeping];
  const records = await storage.readSheet(sheetId);
  if (records === null) return;
  const copy = duplicateRecords(records, services);
  await storage.write(copy);
  await desk.refresh();
  await desk.show(copy.sheets[0].id);
}

async function removeSheet({ services, desk, store }: WorkspaceParts, sheetId: SheetId) {
  const sheet = findSheet(store, sheetId);
  if (sheet === null) return;
  const remove = async (): Promise<void> => {
    await desk.write({ ...sheet, deletedAt: services.now() });
    if (store.getState().open?.store.getState().sheet.id === sheetId) await desk.showAny();
  };
  await remove();
  services.undo.push({
    label: `deleting “${sheet.name}”`,
    undo: async () => {
      await desk.write({ ...sheet, deletedAt: null });
      await desk.show(sheetId);
    },
    redo: remove,
  });
}

function newSheet(services: SheetServices, options: { name?: string; keeping?: Keeping }): Sheet {
  const at = services.now();
  return {
    id: services.newId(),
    name: options.name ?? "Untitled sheet",
    keeping: options.keeping ?? "disk",
    recipe: {
      modelId: DEFAULT_MODEL.id,
      prompt: PROMPT_PRESETS[0].prompt,
      sentSize: "auto",
    },
    run: { mostInFlight: 8, delivery: "sync", capMicroUsd: DEFAULT_CAP_MICRO_USD },
    copySide: 1536,
    compare: null,
    ageCheck: null,
    createdAt: at,
    editedAt: at,
    deletedAt: null,
  };
}

// What was removed in an earlier life of the app: its undo is gone with its tab.
async function purgeOld(services: SheetServices): Promise<void> {
  await services.storages.disk.purge({ deletedBefore: services.now() - TOMBSTONE_MS });
}
