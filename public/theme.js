// Before the first paint, so that a chosen theme never flashes the other one. The policy forbids inline scripts, and
// the app's own module runs too late. Reads what src/storage/device-settings.ts keeps; a test holds the two together.
try {
  // oxlint-disable-next-line no-restricted-globals -- src/storage is a module, and modules run too late for this
  const settings = JSON.parse(localStorage.getItem("contact-sheet.settings") || "{}");
  if (settings.theme === "light" || settings.theme === "dark")
    document.documentElement.dataset.theme = settings.theme;
} catch {
  // Storage is blocked or damaged: the system's theme it is.
}
