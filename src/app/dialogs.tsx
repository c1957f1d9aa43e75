import { lazy, Suspense, useEffect } from "react";
import type { Purse } from "#src/domain/connection.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { ErrorBoundary } from "#src/ui/error-boundary.tsx";
import { showToast } from "#src/ui/toasts.ts";

const SheetsDialog = lazy(async () => {
  const { SheetsDialog: dialog } = await import("#src/features/sheets/sheets-dialog.tsx");
  return { default: dialog };
});
const SpendingDialog = lazy(async () => {
  const { SpendingDialog: dialog } = await import("#src/features/spending/spending-dialog.tsx");
  return { default: dialog };
});
const ConnectionDialog = lazy(async () => {
  const { ConnectionDialog: dialog } =
    await import("#src/features/connection/connection-dialog.tsx");
  return { default: dialog };
});
const ShortcutsDialog = lazy(async () => {
  const { ShortcutsDialog: dialog } = await import("#src/features/shortcuts/shortcuts-dialog.tsx");
  return { default: dialog };
});
const SettingsDialog = lazy(async () => {
  const { SettingsDialog: dialog } = await import("#src/features/settings/settings-dialog.tsx");
  return { default: dialog };
});

interface DialogsProps {
  purse: Purse;
}

/** The dialogs of the header; each is loaded when it is first opened. */
export function Dialogs({ purse }: DialogsProps) {
  const open = useShellDialog((state) => state.dialog);
  const onClose = useShellDialog((state) => state.close);
  if (open === null) return null;
  const renderFallback = () => <NotLoaded onClose={onClose} />;
  return (
    <ErrorBoundary renderFallback={renderFallback}>
      <Suspense fallback={null}>
        {open === "sheets" && <SheetsDialog onClose={onClose} />}
        {open === "spending" && <SpendingDialog purse={purse} onClose={onClose} />}
        {open === "connection" && <ConnectionDialog onClose={onClose} />}
        {open === "shortcuts" && <ShortcutsDialog onClose={onClose} />}
        {open === "settings" && <SettingsDialog onClose={onClose} />}
      </Suspense>
    </ErrorBoundary>
  );
}

/** Says that the dialog is not coming, and gives up on it. A dialog of its own might not come either. */
function NotLoaded({ onClose }: { onClose: () => void }) {
  useEffect(() => {
    showToast({
      text: "This part did not load. Nothing is lost: reload the page and try again.",
      tone: "warn",
      kind: "not-loaded",
      action: { label: "Reload", run: () => window.location.reload() },
    });
    onClose();
  }, [onClose]);
  return null;
}
