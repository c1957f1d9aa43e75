/** What the app cannot do without and this browser does not have, in words; empty where all is there. */
export function missingFeatures(): string[] {
  const needed: readonly (readonly [string, boolean])[] = [
    ["IndexedDB", "indexedDB" in window],
    ["Web Locks", "locks" in navigator],
    ["Web Crypto", "subtle" in crypto],
    ["module workers", "Worker" in window],
    ["drawing off the page (OffscreenCanvas)", "OffscreenCanvas" in window],
    ["popovers", "showPopover" in HTMLElement.prototype],
    ["dialogs", "HTMLDialogElement" in window],
    ["colours for both themes (light-dark)", CSS.supports("color", "light-dark(#000, #fff)")],
  ];
  return needed.filter(([, there]) => !there).map(([name]) => name);
}
