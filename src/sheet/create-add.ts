import type { OfferedReference } from "#src/state/pictures/intake.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { Services } from "#src/state/services.ts";
import { showToast } from "#src/ui/toasts.ts";
import { addressesIn } from "./addresses-in.ts";
import { offeredFiles } from "./offered-files.ts";
import { readReferences, referenceKey } from "./read-references.ts";
import { tell } from "./tell.ts";
import type { Add } from "./use-add.ts";

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
  const takeFiles: Add["files"] = (files, from = "file") => {
    const [first] = files;
    if (first !== undefined && files.length === 1 && /\.zip$/iu.test(first.name)) {
      openSheetFile(services, first).catch(tellAdd);
      return;
    }
    const offered = offeredFiles(files, from);
    if (offered.length > 0) intake.addFiles(offered).catch(tellAdd);
    else warn("There was no file in it: choose or drop pictures, or a folder that holds some.");
  };
  return {
    files: takeFiles,
    references: takeReferences,
    transferred: ({ by, files, folders, isOfFiles, textOf }) => {
      if (folders > 0) warn("The page was not ready for a folder: drop it once more.");
      if (files.length > 0) return takeFiles(files, by === "paste" ? "clipboard" : "file");
      if (folders > 0) return;
      const addresses = addressesIn(textOf);
      const { references } = readReferences(addresses.join("\n"));
      if (references.length > 0) takeReferences(references);
      else if (isOfFiles && addresses.length === 0) takeFiles([]);
      else if (by === "drop" || addresses.length > 0)
        warn("Only files and web addresses can be added: save the picture and drop the file.");
    },
    samples: async () => {
      try {
        const files = await services.samples(AbortSignal.timeout(30_000));
        intake.addFiles(offeredFiles(files, "sample")).catch(tellAdd);
      } catch (error) {
        tellAdd(error);
      }
    },
  };
}

function warn(text: string): void {
  showToast({ text, tone: "warn", kind: "add" });
}

// A ZIP on its own can only be meant as a sheet's file: no picture is a ZIP.
async function openSheetFile(services: Services, file: File): Promise<void> {
  const { openFromFile } = await import("./sheet-file-actions.ts");
  await openFromFile(services, file);
}
