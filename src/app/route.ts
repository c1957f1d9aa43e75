import type { SheetId } from "#src/domain/image.ts";
import { report } from "#src/sheet/tell.ts";
import type { Workspace } from "#src/state/workspace.ts";
import { navigateHash, readHashLocation } from "#src/ui/hash-location.ts";
import { showToast } from "#src/ui/toasts.ts";

export const VIEWS = ["caption", "compare", "age"] as const;
export type View = (typeof VIEWS)[number];

/** What the path inside the hash names: "/compare/<sheet id>"; the sheet may be left out. */
export interface Route {
  view: View;
  sheetId: SheetId | null;
}

/** Reads a path; anything unknown is the first view. */
export function parseRoute(path: string): Route {
  const [view, sheetId] = path.split("/").filter((part) => part !== "");
  return {
    view: VIEWS.find((known) => known === view) ?? "caption",
    sheetId: sheetId ?? null,
  };
}

/** The path that `parseRoute` reads. */
export function routePath({ view, sheetId }: Route): string {
  return sheetId === null ? `/${view}` : `/${view}/${sheetId}`;
}

/**
 * Opens the sheet that the address names, and keeps the open sheet in the address, so that a reload or a bookmark
 * comes back to it. On a new device the first sheet is made at once.
 */
export function followHash(workspace: Workspace, isNewDevice: boolean): void {
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
  const { sheetId: wanted } = parseRoute(readHashLocation().path);
  let isStarting = true;
  workspace.store.subscribe((state, before) => {
    if (state.open === before.open || state.open === null) return;
    // Only the first sheet is opened by an address. Later the address follows the sheet, whichever one it still names.
    nameOpenSheet(isStarting && wanted !== openId());
    isStarting = false;
  });
  window.addEventListener("hashchange", () => {
    // Until the first sheet is open, `start` is still looking for the one that was named.
    if (openId() !== null) report(openNamed());
  });
  report(
    workspace.start(wanted, isNewDevice).then(() => {
      if (wanted !== null && openId() !== null && openId() !== wanted) sayMissing();
    }),
  );
}

function sayMissing(): void {
  showToast({ text: "That sheet is not on this device.", tone: "warn", kind: "no-sheet" });
}

/** The title of the tab while a sheet with this name is open. */
export function titleOf(sheetName: string): string {
  return `${sheetName} · Contact Sheet`;
}
