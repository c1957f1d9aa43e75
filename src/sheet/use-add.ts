import { useMemo } from "react";
import type { OfferedFile, OfferedReference } from "#src/state/intake.ts";
import type { OpenSheet } from "#src/state/open-sheet.ts";
import { useServices, type Services } from "#src/state/services.ts";
import { useOpenSheet } from "#src/state/use-sheet.ts";
import { showToast } from "#src/ui/toasts.ts";
import { offeredFiles } from "./offered-files.ts";
import { referenceKey } from "./read-references.ts";
import { tell } from "./tell.ts";

/** Every way onto the sheet. */
export interface Add {
  /** Says so where there is none. */
  files: (files: readonly File[], from?: OfferedFile["from"]) => void;
  /** Leaves out what is on the sheet already, and says so. */
  references: (references: readonly OfferedReference[]) => void;
  /** The pictures that come with the app. */
  samples: () => Promise<void>;
}

/** Takes pictures onto the open sheet; what cannot be taken is said. */
export function useAdd(): Add {
  const open = useOpenSheet();
  const services = useServices();
  return useMemo(() => createAdd(open, services), [open, services]);
}

function createAdd({ intake, store }: OpenSheet, services: Services): Add {
  const tellOf = (error: unknown): void => tell(error, "add");
  return {
    files: (files, from = "file") => {
      const [first] = files;
      if (first !== undefined && files.length === 1 && /\.zip$/iu.test(first.name))
        return void openSheetFile(services, first).catch(tellOf);
      const offered = offeredFiles(files, from);
      if (offered.length > 0) intake.addFiles(offered).catch(tellOf);
      else
        showToast({
          text: "There was no file in it: choose or drop pictures, or a folder that holds some.",
          tone: "warn",
          kind: "add",
        });
    },
    references: (references) => {
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
      if (fresh.length > 0) intake.addReferences(fresh).catch(tellOf);
    },
    samples: async () => {
      try {
        const files = await services.samples(AbortSignal.timeout(30_000));
        intake.addFiles(offeredFiles(files, "sample")).catch(tellOf);
      } catch (error) {
        tellOf(error);
      }
    },
  };
}

// A ZIP that comes alone can only be meant as a sheet's file: no picture is one.
async function openSheetFile(services: Services, file: File): Promise<void> {
  const { openFromFile } = await import("./sheet-file-actions.ts");
  await openFromFile(services, file);
}
