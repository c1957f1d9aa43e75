/** A file as it is named on a sheet. `folder` uses "/", and may be "". */
export interface NamedFile {
  name: string;
  folder: string;
}

export interface SafePath {
  path: string;
  /** True where another file had the name already, so that this one got a number. */
  renumbered: boolean;
}

// Device names that Windows reserves, with or without an extension; the superscript digits count as digits there.
const RESERVED = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/iu;
// What Windows forbids in names, control characters, and the invisible ones that reorder or hide parts of a name.
const FORBIDDEN =
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  /[<>:"/\\|?*\u0000-\u001F\u007F-\u009F\u200B\u200E\u200F\u202A-\u202E\u2028\u2029\u2060-\u2069\uFEFF]/gu;
// 255 bytes is the limit of most file systems; this leaves room for a number and an extension.
const MOST_BYTES = 200;

/**
 * One path in an archive per file, in the order given: the file's own name with another extension, in its own folder.
 * No path leaves the archive's root, and no two are equal on a file system that ignores case.
 *
 * @param extension with its dot, ".txt"
 */
export function safePaths(files: readonly NamedFile[], extension: string): SafePath[] {
  const taken = new Set<string>();
  // Whoever has a name to itself keeps it: numbers must not take the name of a file that comes later.
  const wanted = files.map((file, index) => wantedPath(file, index));
  const reserved = new Set(wanted.map((path) => folded(`${path}${extension}`)));
  return wanted.map((path) => {
    const first = `${path}${extension}`;
    if (!taken.has(folded(first))) {
      taken.add(folded(first));
      return { path: first, renumbered: false };
    }
    const free = freePath(path, extension, (other) => taken.has(other) || reserved.has(other));
    taken.add(folded(free));
    return { path: free, renumbered: true };
  });
}

/** A name that is safe as one segment of a path on any file system; `fallback` where nothing of it is left. */
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

function wantedPath({ name, folder }: NamedFile, index: number): string {
  const lastSegment = name.split(/[/\\]/u).findLast((part) => part.trim() !== "") ?? "";
  const stem = lastSegment.replace(/(?<=.)\.[^.\s]{1,5}$/u, "");
  const folders = folder
    .split(/[/\\]/u)
    .map((part) => safeName(part, ""))
    .filter((part) => part !== "");
  return [...folders, safeName(stem, `image-${index + 1}`)].join("/");
}

function freePath(path: string, extension: string, isTaken: (folded: string) => boolean): string {
  for (let number = 2; ; number += 1) {
    const candidate = `${path}-${number}${extension}`;
    if (!isTaken(folded(candidate))) return candidate;
  }
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
