import type { Workspace } from "#src/state/workspace.ts";
import { report } from "#src/sheet/tell.ts";
import { navigateHash, readHashLocation } from "#src/ui/hash-location.ts";
import { showToast } from "#src/ui/toasts.ts";
import { parseRoute, routePath } from "./route.ts";

/**
 * Opens the sheet that the address names, and keeps the open sheet in the address, so that a reload or a bookmark
 * comes back to it. On a new device the first sheet is made at once. Returns the function that ends it.
 */
export function followHash(workspace: Workspace, isNewDevice: boolean): () => void {
  const openId = (): string | null =>
    workspace.store.getState().open?.store.getState().sheet.id ?? null;
  const nameOpenSheet = (isLink: boolean): void => {
    const { path, params } = readHashLocation();
    navigateHash(routePath({ view: parseRoute(path).view, sheetId: openId() }), {
      params,
      replace: true,
      ...(isLink ? { isBrought: true } : {}),
    });
  };
  const openNamed = async (): Promise<void> => {
    const { sheetId } = parseRoute(readHashLocation().path);
    if (sheetId !== null && sheetId !== openId()) {
      await workspace.openSheet(sheetId);
      if (openId() !== sheetId) sayMissing();
    }
    nameOpenSheet(sheetId !== openId());
  };
  const onHashChange = (): void => {
    // Until the first sheet is open, `start` is still looking for the one that was named.
    if (openId() !== null) report(openNamed());
  };
  const { sheetId: wanted } = parseRoute(readHashLocation().path);
  let isStarting = true;
  const stopFollowing = workspace.store.subscribe((state, before) => {
    if (state.open === before.open || state.open === null) return;
    // Only the first sheet is opened by an address. Later the address follows the sheet, whichever one it still
    // names.
    nameOpenSheet(isStarting && wanted !== openId());
    isStarting = false;
  });
  window.addEventListener("hashchange", onHashChange);
  report(
    workspace.start(wanted, isNewDevice).then(() => {
      if (wanted !== null && openId() !== null && openId() !== wanted) sayMissing();
    }),
  );
  return () => {
    stopFollowing();
    window.removeEventListener("hashchange", onHashChange);
  };
}

function sayMissing(): void {
  showToast({ text: "That sheet is not on this device.", tone: "warn", kind: "no-sheet" });
}
