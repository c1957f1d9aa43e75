/** The pages that replace the app, loaded when one of them is needed. */
export function loadPages() {
  return import("./pages.tsx");
}
