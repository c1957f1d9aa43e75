import type { SheetId } from "#src/domain/image.ts";

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
