/**
 * Opens the browser's folder chooser; calls back with every file of the folder and its sub-folders.
 */
export function chooseFolder(onFiles: (files: readonly File[]) => void): void {
  const input = document.createElement("input");
  input.type = "file";
  input.multiple = true;
  input.webkitdirectory = true;
  input.hidden = true;
  input.addEventListener("change", () => {
    onFiles([...(input.files ?? [])]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  // Attached to the page, or Safari may collect it while the chooser is open.
  document.body.append(input);
  input.click();
}
