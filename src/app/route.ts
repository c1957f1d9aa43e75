import type { SheetId } from "#src/domain/image.ts";
import { report } from "#src/sheet/tell.ts";
import type { Services } from "#src/state/services.ts";
import { navigateHash, readHashLocation } from "#src/ui/hash-location.ts";

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
 * Opens the sheet that the address names, whenever it names another one: a bookmark, a reload, Back and Forward. A sheet
 * that is opened otherwise is a step of its own in the browser’s history. On a new device the first sheet is made at once.
 */
export function followHash(
  services: Pick<Services, "workspace" | "sheets">,
  isNewDevice: boolean,
): void {
  const { workspace } = services;
  const openId = (): string | null =>
    workspace.store.getState().open?.store.getState().sheet.id ?? null;
  const wanted = parseRoute(readHashLocation().path).sheetId;
  const namedId = (): string | null => parseRoute(readHashLocation().path).sheetId;
  /** Puts the open sheet into the address: `is` says what the address was until then. */
  const nameOpenSheet = (is: "left" | "link" | "same"): void => {
    const { path, params } = readHashLocation();
    navigateHash(routePath({ view: parseRoute(path).view, sheetId: openId() }), {
      // What it says beside the sheet is about the sheet that it named.
      ...(is === "left" ? {} : { params, replace: true }),
      ...(is === "link" ? { isBrought: true } : {}),
    });
  };
  const sayMissing = (sheetId: string): void =>
    report(import("./missing-sheet.ts").then((part) => part.sayMissing(services, sheetId)));
  // Opening takes its time, and Back may be pressed again meanwhile: what the address names by then is shown.
  let isOpening = true;
  const openNamed = async (): Promise<void> => {
    if (isOpening) return;
    isOpening = true;
    let sheetId = namedId();
    try {
      while (sheetId !== null && sheetId !== openId()) {
        await workspace.openSheet(sheetId);
        if (namedId() === sheetId) break;
        sheetId = namedId();
      }
    } finally {
      isOpening = false;
    }
    if (sheetId !== null && sheetId !== openId()) sayMissing(sheetId);
    nameOpenSheet(sheetId === openId() ? "same" : "link");
  };
  workspace.store.subscribe(({ open }, before) => {
    if (open === before.open || open === null) return;
    if (before.open === null) {
      isOpening = false;
      nameOpenSheet(openId() === wanted ? "same" : "link");
    } else if (!isOpening && openId() !== namedId())
      // An address of what was deleted would lead nowhere.
      nameOpenSheet(before.open.store.getState().sheet.deletedAt === null ? "left" : "same");
  });
  window.addEventListener("hashchange", () => report(openNamed()));
  report(
    workspace.start(wanted, isNewDevice).then(() => {
      if (wanted !== null && openId() !== null && openId() !== wanted) sayMissing(wanted);
    }),
  );
}

/** The title of the tab while a sheet with this name is open. */
export function titleOf(sheetName: string): string {
  return `${sheetName} · Contact Sheet`;
}
