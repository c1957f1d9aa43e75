import { report } from "#src/sheet/tell.ts";
import type { SheetServices } from "#src/state/sheet/open-sheet.ts";
import { type ShellDialog, useShellDialog } from "#src/state/shell-dialog.ts";
import type { Act } from "#src/ui/acts.ts";

const GROUP = "Everywhere";

/** What can be done in any view. */
export const SHELL_ACTS = {
  undo: {
    id: "shell.undo",
    label: "Undo",
    keys: ["$mod+z"],
    group: GROUP,
    inDialog: true,
    run: ({ undo }) => report(undo.undo()),
  },
  redo: {
    id: "shell.redo",
    label: "Redo",
    keys: ["$mod+Shift+z", "$mod+y"],
    group: GROUP,
    inDialog: true,
    run: ({ undo }) => report(undo.redo()),
  },
  palette: { ...opens("palette", "Find a command", "$mod+k"), whileTyping: true },
  shortcuts: opens("shortcuts", "Keyboard shortcuts", "Shift+?"),
  sheets: opens("sheets", "Sheets"),
  rename: opens("rename", "Rename this sheet", "Shift+F2"),
  trash: opens("trash", "Trash"),
  spending: opens("spending", "Spending and cap"),
  connection: opens("connection", "Connection"),
  settings: opens("settings", "Settings"),
  erase: opens("erase", "Erase everything on this device…"),
} satisfies Record<string, Act<SheetServices>>;

function opens(dialog: ShellDialog, label: string, ...keys: string[]): Act<SheetServices> {
  const run = () => useShellDialog.getState().open(dialog);
  return { id: `shell.${dialog}`, label, keys, group: GROUP, run };
}
