import { isMemoryOnlyId } from "#src/domain/sheet.ts";
import { report } from "#src/sheet/tell.ts";
import type { Services } from "#src/state/services.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { showToast } from "#src/ui/toasts.ts";

/** Says why the sheet that an address names is not shown, and offers what there is. */
export async function sayMissing(
  { workspace, sheets: { storages } }: Pick<Services, "workspace" | "sheets">,
  sheetId: string,
): Promise<void> {
  const kept = await storages[workspace.keepingOf(sheetId)].readRun(sheetId);
  const isDeleted = kept !== null && kept.sheet.deletedAt !== null;
  showToast({
    text: isDeleted
      ? `“${kept.sheet.name}” was deleted.`
      : isMemoryOnlyId(sheetId)
        ? "That sheet was kept in the memory of one tab only, and is gone with it."
        : "That sheet is not on this device.",
    tone: "warn",
    kind: "no-sheet",
    action: isDeleted
      ? { label: "Restore", run: () => report(workspace.restore(sheetId)) }
      : { label: "Show sheets", run: () => useShellDialog.getState().open("sheets") },
  });
}
