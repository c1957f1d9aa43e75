import type { OfferedReference, OfferedFile } from "#src/state/pictures/intake.ts";
import type { Services } from "#src/state/services.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { type FoundFile, openFile } from "#src/state/pictures/found-file.ts";
import { showToast } from "#src/ui/toasts.ts";
import { type DropContents, readDrop } from "./read-drop.ts";
import { tell } from "./tell.ts";
import type { Add, Transferred } from "./use-add.ts";

/** Every way to add to an open sheet. */
export function createAdd({ intake, store }: OpenSheet, services: Services): Add {
  const tellAdd = (error: unknown): void => tell(error, "add");
  const takeReferences = (references: readonly OfferedReference[]): void => {
    const known = new Set(
      [...store.getState().images.values()].flatMap(({ source }) =>
        source.kind === "url" || source.kind === "runware" ? [referenceKey(source)] : [],
      ),
    );
    const fresh = references.filter((reference) => !known.has(referenceKey(reference)));
    const left = references.length - fresh.length;
    if (left > 0)
      showToast({
        text: `${left} of these ${left === 1 ? "is" : "are"} on the sheet already.`,
        kind: "add",
      });
    if (fresh.length > 0) intake.addReferences(fresh).catch(tellAdd);
  };
  const takeFiles = (
    files: DropContents["files"],
    from: OfferedFile["from"],
    unread: DropContents["unread"] = [],
  ): void => {
    const [first] = files;
    if (first !== undefined && files.length === 1 && /\.zip$/iu.test(first.name)) {
      openSheetFile(services, first).catch(tellAdd);
      return;
    }
    const offered = offeredFiles(files, from);
    const [folder = ""] = offered.map((one) => one.folder.split("/")[0] ?? "").filter(Boolean);
    // First: the sheet is named once its first picture shows.
    if (folder !== "")
      services.workspace.nameAfter(store.getState().sheet.id, folder).catch(tellAdd);
    const named = unread.filter(({ name }) => !LITTER.test(name.split("/").at(-1) ?? ""));
    if (offered.length + named.length > 0) intake.addFiles(offered, named).catch(tellAdd);
    else warn("There was no file in it: choose or drop pictures, or a folder that holds some.");
  };
  const takeTransfer = async ({ by, items, texts }: Transferred): Promise<void> => {
    const { files, unread } = await readDrop(items);
    if (files.length > 0) return takeFiles(files, by === "paste" ? "clipboard" : "file", unread);
    const addresses = addressesIn((type) => texts.get(type) ?? "");
    const { references } = readReferences(addresses.join("\n"));
    if (references.length > 0) takeReferences(references);
    else if (texts.has("Files") && addresses.length === 0) takeFiles([], "file", unread);
    else if (by === "drop" || addresses.length > 0)
      warn("Only files and web addresses can be added: save the picture and drop the file.");
  };
  return {
    files: (files) => takeFiles(files, "file"),
    references: takeReferences,
    transferred: (transferred) => {
      takeTransfer(transferred).catch(tellAdd);
    },
    samples: async () => {
      const files = await services.samples(AbortSignal.timeout(30_000));
      intake.addFiles(offeredFiles(files, "sample")).catch(tellAdd);
    },
  };
}

function warn(text: string): void {
  showToast({ text, tone: "warn", kind: "add" });
}

// A ZIP on its own can only be meant as a sheet's file: no picture is a ZIP.
async function openSheetFile(services: Services, file: File | FoundFile): Promise<void> {
  const { openFromFile } = await import("./sheet-file-actions.ts");
  await openFromFile(services, await openFile(file));
}

// What file managers leave in folders; nobody means to drop it.
const LITTER = /^(?:\.|~\$|Thumbs\.db$|desktop\.ini$)/iu;
const natural = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/**
 * Files as they are offered to a sheet: in the order they came, those of one folder together and in natural order
 * (2 before 10), each with its folder's path.
 */
export function offeredFiles(
  files: DropContents["files"],
  from: OfferedFile["from"],
): OfferedFile[] {
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

/** The path of a file's folder: from the folder chooser, or as it was found in a dropped folder. */
function folderOf(file: File | FoundFile): string {
  const path = file instanceof File ? file.webkitRelativePath : file.path;
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return parts.slice(0, -1).join("/");
}

/**
 * The addresses of pictures in what was dragged or pasted from elsewhere: those of its `<img>`s if it is a piece of a
 * page, otherwise the links or lines that are addresses.
 *
 * @param dataOf reads one type of the transfer, as DataTransfer.getData does
 */
export function addressesIn(dataOf: (type: string) => string): string[] {
  const pictures = [...dataOf("text/html").matchAll(/<img\b[^>]*?\ssrc\s*=\s*(["'])(.*?)\1/gisu)]
    .map((match) => unescaped(match[2] ?? ""))
    .filter((source) => /^https?:/iu.test(source));
  if (pictures.length > 0) return [...new Set(pictures)];
  const lists = [dataOf("text/uri-list"), dataOf("text/plain")];
  const lines = lists
    .map((list) =>
      list
        .split(/[\r\n]+/u)
        .map((line) => line.trim())
        .filter((line) => line !== "" && !line.startsWith("#")),
    )
    .find((list) => list.length > 0);
  const isAllAddresses = lines?.every((line) => URL.canParse(line) && /^[a-z-]+:/iu.test(line));
  return isAllAddresses === true ? [...new Set(lines)] : [];
}

/** The entities that addresses are written with in HTML. */
function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

// Any version: the service's own samples name images by UUIDs that are not version 4.
const IMAGE_UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** What a text with one address per line contains. */
interface ReadReferences {
  references: OfferedReference[];
  /** Lines that are neither a web address nor an image UUID. */
  unread: string[];
}

/** Reads web addresses and Runware image UUIDs, one per line; each is taken once. */
export function readReferences(text: string): ReadReferences {
  const lines = new Set(
    text
      .split(/[\r\n]+/u)
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("#")),
  );
  const read: ReadReferences = { references: [], unread: [] };
  for (const line of lines) {
    const reference = referenceOf(line);
    if (reference === null) read.unread.push(line);
    else read.references.push(reference);
  }
  return read;
}

/** Identifies a reference, to tell whether a sheet already has it. */
function referenceKey(reference: OfferedReference): string {
  return reference.kind === "url" ? reference.url : reference.imageUuid.toLowerCase();
}

function referenceOf(line: string): OfferedReference | null {
  if (IMAGE_UUID.test(line)) return { kind: "runware", imageUuid: line.toLowerCase() };
  if (!URL.canParse(line)) return null;
  const { protocol, username, href } = new URL(line);
  if ((protocol !== "https:" && protocol !== "http:") || username !== "") return null;
  return { kind: "url", url: href, title: null };
}
