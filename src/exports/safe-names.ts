/** A file with its name on a sheet. `folder` uses "/", and may be "". */
export interface NamedFile {
  name: string;
  folder: string;
}

export interface SafePath {
  path: string;
  /** True if another file already had the name, so that this one got a number. */
  renumbered: boolean;
}

// Device names that Windows reserves, with or without an extension; superscript digits count as digits there.
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/iu;
// What Windows forbids in names, control characters, and the invisible ones that reorder or hide parts of a name.
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  /[<>:"/\\|?*\u0000-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2028\u2029\u2060-\u2069\uFEFF]/gu;
// 255 bytes is the limit of most file systems; this leaves room for a number and an extension.
const MOST_BYTES = 200;
// That of a part stands before its number: "photo.jpg#1".
const EXTENSION = /(?<=.)\.[^.\s#]{1,5}(?=(?:#\d+)?$)/u;

/**
 * One path in an archive per file, in the order given: the file's own name with another extension, in its own folder.
 * No path leaves the archive's root, and no two are equal on a file system that ignores case.
 *
 * @param extension with its dot, ".txt"
 */
export function safePaths(files: readonly NamedFile[], extension: string): SafePath[] {
  return numberedPaths(files.map((file, index) => ({ stem: safeStem(file, index), extension })));
}

/**
 * The files' own paths, as a list must name them to tell them apart: unchanged except for a number if an earlier file
 * has the same name, as all pasted pictures do.
 */
export function distinctPaths(files: readonly NamedFile[]): SafePath[] {
  return numberedPaths(
    files.map(({ name, folder }) => {
      const at = name.search(EXTENSION);
      const stem = at === -1 ? name : name.slice(0, at);
      // With the number of a part, if it is one.
      const extension = name.slice(stem.length);
      return { stem: folder === "" ? stem : `${folder}/${stem}`, extension };
    }),
  );
}

function numberedPaths(wanted: readonly { stem: string; extension: string }[]): SafePath[] {
  const taken = new Set<string>();
  // A file that has a name to itself keeps it: numbers must not take the name of a file that comes later.
  const reserved = new Set(wanted.map(({ stem, extension }) => folded(`${stem}${extension}`)));
  // Where the search for a free number continues, so that thousands of equal names are not counted through for each.
  const nextNumbers = new Map<string, number>();
  return wanted.map(({ stem, extension }) => {
    const first = `${stem}${extension}`;
    const key = folded(first);
    if (!taken.has(key)) {
      taken.add(key);
      return { path: first, renumbered: false };
    }
    for (let number = nextNumbers.get(key) ?? 2; ; number += 1) {
      const path = `${stem}-${number}${extension}`;
      if (taken.has(folded(path)) || reserved.has(folded(path))) continue;
      taken.add(folded(path));
      nextNumbers.set(key, number + 1);
      return { path, renumbered: true };
    }
  });
}

/** A name that is safe as one segment of a path on any file system; `fallback` if nothing of it is left. */
export function safeName(name: string, fallback: string): string {
  const cleaned = name
    .normalize("NFC")
    .replaceAll(/\p{Surrogate}/gu, "\uFFFD")
    .replaceAll(FORBIDDEN, "-")
    .replaceAll(/\s+/gu, " ");
  const cut = cutToBytes(cleaned, MOST_BYTES)
    .replace(/^[\s.]+/u, "")
    .replace(/[\s.]+$/u, "");
  if (cut.replaceAll(/[-\s.]/gu, "") === "") return fallback;
  return RESERVED.test(cut) ? `_${cut}` : cut;
}

function safeStem({ name, folder }: NamedFile, index: number): string {
  const lastSegment = name.split(/[/\\]/u).findLast((part) => part.trim() !== "") ?? "";
  const stem = lastSegment.replace(EXTENSION, "");
  const folders = folder
    .split(/[/\\]/u)
    .map((part) => safeName(part, ""))
    .filter((part) => part !== "");
  return [...folders, safeName(stem, `image-${index + 1}`)].join("/");
}

function folded(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

function cutToBytes(text: string, mostBytes: number): string {
  const encoder = new TextEncoder();
  let bytes = 0;
  let kept = "";
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > mostBytes) break;
    kept += character;
  }
  return kept;
}
