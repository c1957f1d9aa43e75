import { FolderOpen } from "lucide-react";
import { openFromFile } from "#src/sheet/sheet-file-actions.ts";
import { useServices } from "#src/state/services.ts";

/** Chooses a sheet's file and opens it. */
export function OpenFileButton() {
  const services = useServices();
  return (
    // The label is the button, so that the file input itself takes the focus and the name.
    <label className="mr-auto inline-flex cursor-pointer items-center gap-2 rounded border border-line-2 bg-sheet px-2.75 py-1.25 text-control hover:bg-paper has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus pointer-coarse:min-h-10">
      <FolderOpen size={15} aria-hidden="true" />
      Open a sheet file…
      <input
        type="file"
        accept=".zip,application/zip"
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // So that choosing the same file again is a change again.
          event.target.value = "";
          if (file !== undefined) void openFromFile(services, file);
        }}
      />
    </label>
  );
}
