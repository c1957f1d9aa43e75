import { useEffect } from "react";
import type { Purse } from "#src/domain/connection.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { ErrorBoundary } from "#src/ui/error-boundary.tsx";
import { showToast } from "#src/ui/toasts.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";

const OVER = { giveUp: ({ onClose }: { onClose: () => void }) => onClose() };

const SheetsDialog = lazyPart(
  async () => (await import("#src/features/sheets/sheets-dialog.tsx")).SheetsDialog,
  OVER,
);
const SpendingDialog = lazyPart(
  async () => (await import("#src/features/spending/spending-dialog.tsx")).SpendingDialog,
  OVER,
);
const ConnectionDialog = lazyPart(
  async () => (await import("#src/features/connection/connection-dialog.tsx")).ConnectionDialog,
  OVER,
);
const ShortcutsDialog = lazyPart(
  async () => (await import("#src/features/shortcuts/shortcuts-dialog.tsx")).ShortcutsDialog,
  OVER,
);
const PaletteDialog = lazyPart(
  async () => (await import("#src/features/shortcuts/palette-dialog.tsx")).PaletteDialog,
  OVER,
);
const SettingsDialog = lazyPart(
  async () => (await import("#src/features/settings/settings-dialog.tsx")).SettingsDialog,
  OVER,
);
const EraseDialog = lazyPart(
  async () => (await import("#src/features/settings/settings-dialog.tsx")).EraseDialog,
  OVER,
);

interface DialogsProps {
  purse: Purse;
}

/** The dialogs of the header; each is loaded when it is first opened. */
export function Dialogs({ purse }: DialogsProps) {
  const open = useShellDialog((state) => state.dialog);
  const onClose = useShellDialog((state) => state.close);
  if (open === null) return null;
  const renderFallback = () => <Broken onClose={onClose} />;
  return (
    <ErrorBoundary renderFallback={renderFallback}>
      {open === "sheets" && <SheetsDialog onClose={onClose} />}
      {open === "spending" && <SpendingDialog purse={purse} onClose={onClose} />}
      {open === "connection" && <ConnectionDialog onClose={onClose} />}
      {open === "shortcuts" && <ShortcutsDialog onClose={onClose} />}
      {open === "palette" && <PaletteDialog onClose={onClose} />}
      {open === "settings" && <SettingsDialog onClose={onClose} />}
      {open === "erase" && <EraseDialog onClose={onClose} />}
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
