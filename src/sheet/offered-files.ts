import type { OfferedFile } from "#src/state/pictures/intake.ts";

// What file managers leave in folders; nobody means to drop it.
const LITTER = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$)/iu;
const natural = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/**
 * Files as they are offered to a sheet: in the order they came, those of one folder together and in natural order
 * (2 before 10), each with its folder's path.
 */
export function offeredFiles(files: readonly File[], from: OfferedFile["from"]): OfferedFile[] {
  const offered = files
    .map((file) => ({ file, folder: folderOf(file), from }))
    .filter(({ file, folder }) => folder === "" || !LITTER.test(file.name));
  const places = new Map<string, number>();
  const placed = offered.map((one, index) => {
    const [root = ""] = one.folder.split("/");
    if (root !== "" && !places.has(root)) places.set(root, index);
    return { one, place: root === "" ? index : (places.get(root) ?? index) };
  });
  return placed
    .toSorted(
      (a, b) =>
        a.place - b.place ||
        natural.compare(a.one.folder, b.one.folder) ||
        natural.compare(a.one.file.name, b.one.file.name),
    )
    .map(({ one }) => one);
}

/** The path of a file's folder: from the folder chooser, or as the drop zone wrote it on the file. */
function folderOf(file: File): string {
  const dropped: unknown = "path" in file ? file.path : "";
  const path = file.webkitRelativePath === "" ? dropped : file.webkitRelativePath;
  if (typeof path !== "string") return "";
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.slice(0, -1).join("/");
}
