import type { StoreApi } from "zustand/vanilla";
import { hasEnded } from "#src/domain/task.ts";
import { bringIn, type OpenSheet, type SheetServices } from "./sheet/open-sheet.ts";
import { stillPreparing } from "./sheet/sheet-store.ts";
import { FIRST_IMAGES, type WorkspaceState } from "./workspace.ts";
import { TOMBSTONE_MS } from "./history/undo-stack.ts";

// The rows of a sheet that nobody looks at are let go of, since a tab may open many large sheets in a day. The sheet
// itself stays: how it was looked at, its undo and its ear for other tabs. What was removed is let go of for good.

/** How long a sheet that is not shown keeps its rows in memory. */
const ROWS_KEPT_MS = 10 * 60 * 1000;

const timers = new WeakMap<OpenSheet, ReturnType<typeof setTimeout>>();
const away = new WeakSet<OpenSheet>();

/** To be called when a sheet is left for another: it lets go of its rows once it can, if it is not shown by then. */
export function letGoLater(store: StoreApi<WorkspaceState>, left: OpenSheet): void {
  const isLeft = (): boolean => {
    const { open, live } = store.getState();
    return left !== open && live.includes(left);
  };
  clearTimeout(timers.get(left));
  const timer = setTimeout(() => {
    if (!isLeft() || away.has(left)) return;
    letGo(left, isLeft).then(
      (isGone) => {
        if (!isGone) letGoLater(store, left);
      },
      // What was typed can't be kept on disk: then it stays here.
      () => letGoLater(store, left),
    );
  }, ROWS_KEPT_MS);
  timers.set(left, timer);
}

/** False if the rows are still needed: for a run, for files being prepared, or since no disk has them. */
async function letGo(sheet: OpenSheet, isLeft: () => boolean): Promise<boolean> {
  await sheet.keepTyped();
  const { sheet: row, complete, run, intake, tasks } = sheet.store.getState();
  if (row.keeping === "memory") return true;
  const isBusy =
    !complete ||
    run.phase !== "idle" ||
    stillPreparing(intake) > 0 ||
    ![...tasks.values()].flat().every(hasEnded);
  if (isBusy) return false;
  if (!isLeft()) return true;
  away.add(sheet);
  sheet.rows.letGo();
  return true;
}

/** Reads the rows of a sheet again if they were let go of; resolves with the first images, and the rest follows. */
export async function wake({ storages }: SheetServices, sheet: OpenSheet): Promise<void> {
  if (!away.delete(sheet)) return;
  const { id } = sheet.store.getState().sheet;
  const read = (firstImages?: number): Promise<boolean> =>
    bringIn(
      sheet.rows,
      storages.disk.readSheet(id, firstImages === undefined ? undefined : { firstImages }),
      firstImages,
    );
  const isAll = await read(FIRST_IMAGES).catch((error: unknown) => {
    away.add(sheet);
    throw error;
  });
  if (!isAll) sheet.rows.follow(read());
}

/** Removes for good what was removed a day ago: its undo is gone with its tab, or has expired. */
export async function purgeOld(services: SheetServices): Promise<void> {
  const before = services.now() - TOMBSTONE_MS;
  services.purges.tell(before);
  await services.storages.disk.purge({
    deletedBefore: before,
    strayBefore: before,
    sentBefore: before,
  });
}
