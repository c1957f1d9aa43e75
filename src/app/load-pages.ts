/** The pages that stand in for the app, loaded where one of them is needed. */
export function loadPages() {
  return import("./pages.tsx");
}
