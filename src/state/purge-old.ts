import { TOMBSTONE_MS } from "./history/undo-stack.ts";
import type { SheetServices } from "./sheet/sheet-services.ts";

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
