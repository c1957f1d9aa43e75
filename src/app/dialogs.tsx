import { useEffect, type ComponentType } from "react";
import type { Purse } from "#src/domain/connection.ts";
import { useShellDialog, type ShellDialog } from "#src/state/shell-dialog.ts";
import { ErrorBoundary } from "#src/ui/error-boundary.tsx";
import { showToast } from "#src/ui/toasts.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";

/** The dialogs of the header; each is loaded when it is first opened. */
const DIALOGS = {
  sheets: over(async () => (await import("#src/features/sheets/sheets-dialog.tsx")).SheetsDialog),
  rename: over(async () => (await import("#src/features/sheets/sheets-dialog.tsx")).RenameDialog),
  trash: over(async () => (await import("#src/features/trash/trash-dialog.tsx")).TrashDialog),
  spending: over(
    async () => (await import("#src/features/spending/spending-dialog.tsx")).SpendingDialog,
  ),
  connection: over(
    async () => (await import("#src/features/connection/connection-dialog.tsx")).ConnectionDialog,
  ),
  shortcuts: over(
    async () => (await import("#src/features/shortcuts/shortcuts-dialog.tsx")).ShortcutsDialog,
  ),
  palette: over(
    async () => (await import("#src/features/shortcuts/palette-dialog.tsx")).PaletteDialog,
  ),
  settings: over(
    async () => (await import("#src/features/settings/settings-dialog.tsx")).SettingsDialog,
  ),
  erase: over(async () => (await import("#src/features/settings/settings-dialog.tsx")).EraseDialog),
  paste: over(async () => (await import("#src/sheet/references-dialog.tsx")).PasteDialog),
} satisfies Record<ShellDialog, unknown>;

interface DialogProps {
  purse: Purse;
  onClose: () => void;
}

function over(load: () => Promise<ComponentType<DialogProps>>): ComponentType<DialogProps> {
  return lazyPart(load, { giveUp: ({ onClose }) => onClose() });
}

/** The dialog of the header that is open, if one is. */
export function Dialogs({ purse }: { purse: Purse }) {
  const open = useShellDialog((state) => state.dialog);
  const onClose = useShellDialog((state) => state.close);
  if (open === null) return null;
  const Dialog = DIALOGS[open];
  const renderFallback = () => <Broken onClose={onClose} />;
  return (
    <ErrorBoundary renderFallback={renderFallback}>
      <Dialog purse={purse} onClose={onClose} />
    </ErrorBoundary>
  );
}

/** Says that the dialog broke, and closes it. */
function Broken({ onClose }: { onClose: () => void }) {
  useEffect(() => {
    showToast({
      text: "This part broke. Your sheet and every answer are kept: open it again or, if it breaks again, reload the page.",
      tone: "warn",
      kind: "broken-part",
      action: { label: "Reload", run: () => window.location.reload() },
    });
    onClose();
  }, [onClose]);
  return null;
}
