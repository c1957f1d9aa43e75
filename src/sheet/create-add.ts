import { counted } from "#src/lib/counted.ts";
import type { OfferedReference, OfferedFile } from "#src/state/pictures/intake.ts";
import type { Services } from "#src/state/services.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { type FoundFile, openFile } from "#src/state/pictures/found-file.ts";
import { showToast } from "#src/ui/toasts.ts";
import { type DropContents, readDrop } from "./read-drop.ts";
import { pasteChoice } from "./paste-choice.ts";
import { picturesInMarkup } from "./pictures-in-markup.ts";
import {
  type ReadReferences,
  readReferences,
  referenceKey,
  sortAddresses,
} from "./read-references.ts";
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
    if (document.querySelector("dialog:modal") !== null) {
      // It hides the sheet. What can’t be added is said in its place.
      if (by === "drop")
        showToast({ text: "What you dropped is added to this sheet.", kind: "add" });
      else {
        if (items.length > 0) warn("Close this dialog, then paste again: nothing was added.");
        return;
      }
    }
    const { files, unread } = await readDrop(items);
    const textOf = (type: string): string => texts.get(type) ?? "";
    if (by === "paste" && isPictureOfText(files, textOf("text/plain"))) return ask(files, textOf);
    if (files.length > 0) return takeFiles(files, by === "paste" ? "clipboard" : "file", unread);
    if (takeTexts(textOf)) return;
    if (by === "drop" && texts.has("Files")) takeFiles([], "file", unread);
    else if (by === "drop" || unread.length > 0)
      warn("Only files and web addresses can be added: save the picture and drop the file.");
    else if (textOf("text/plain").trim() === "")
      showToast({
        text: "There is no picture on the clipboard: copy a picture, a file or its web address, then paste again.",
        kind: "add",
      });
    else
      showToast({
        text: "What you pasted is words without the web address of a picture: to paste them as text, press on a text first.",
        kind: "add",
      });
  };
  /** Whether there was anything in the texts of a transfer that it could take, or had to say. */
  const takeTexts = (textOf: (type: string) => string): boolean => {
    const { files, read, unreachable } = foundIn(textOf);
    if (files.length > 0) takeFiles(files, "clipboard");
    takeRead(read);
    if (unreachable > 0) warn(unreachableText(unreachable));
    return files.length + read.references.length + read.pages.length + unreachable > 0;
  };
  const takeRead = ({ references, pages, unread }: ReadReferences): void => {
    const found = counted(references.length, "web address", "web addresses");
    // Words with an address in them may be about anything.
    if (references.length > 0 && unread.length > 0)
      showToast({
        text: `${found} found among other words.`,
        kind: "add",
        action: { label: "Add", run: () => takeReferences(references) },
      });
    else if (references.length > 0) takeReferences(references);
    const [first] = pages;
    if (first !== undefined)
      showToast({
        text:
          pages.length === 1
            ? first.text
            : `${counted(pages.length, "address", "addresses")} of pages, not of pictures. The first: ${first.text}`,
        tone: "warn",
        kind: "add-pages",
      });
  };
  const ask = (files: DropContents["files"], textOf: (type: string) => string): void => {
    const text = textOf("text/plain");
    const { references } = readReferences(text);
    pasteChoice.setState({
      text,
      addresses: references.length,
      takePicture: () => takeFiles(files, "clipboard"),
      takeText: () => {
        if (references.length > 0) takeReferences(references);
        else takeFiles([new File([text], `pasted.${text.includes("\t") ? "tsv" : "csv"}`)], "file");
      },
    });
    useShellDialog.getState().open("paste");
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

/**
 * Whether a paste is text together with a picture of it, as word processors and spreadsheets copy. File managers copy the
 * names of files as text, and browsers the address of a picture.
 */
export function isPictureOfText(files: DropContents["files"], text: string): boolean {
  const [first] = files;
  const words = text.trim();
  if (first === undefined || files.length > 1 || words === "") return false;
  if (!/^image\.(?:png|jpe?g|bmp|gif|tiff?|webp)$/iu.test(first.name)) return false;
  return !/^(?:file|https?):\S*$/iu.test(words) && !words.endsWith(first.name);
}

interface FoundInTexts {
  files: readonly File[];
  read: ReadReferences;
  unreachable: number;
}

/** The pictures of a piece of a page, or else the addresses in a list. */
function foundIn(textOf: (type: string) => string): FoundInTexts {
  const plain = textOf("text/uri-list") || textOf("text/plain");
  const pictures = [textOf("text/html"), plain]
    .filter((text) => /<img\b/iu.test(text))
    .map(picturesInMarkup);
  const [best] = pictures.filter(({ addresses, files }) => addresses.length + files.length > 0);
  if (best !== undefined) return { ...best, read: sortAddresses(best.addresses) };
  const read = readReferences(plain);
  const isFound = read.references.length + read.pages.length > 0;
  return { files: [], read, unreachable: isFound ? 0 : (pictures[0]?.unreachable ?? 0) };
}

function unreachableText(count: number): string {
  return `${counted(count, "picture")} in it ${count === 1 ? "is" : "are"} on a disk or in another program, where this page can’t reach: copy the picture itself, or save it and drop the file.`;
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
