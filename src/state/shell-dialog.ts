import { create } from "zustand";

/** The dialogs of the header. */
export type ShellDialog =
  | "sheets"
  | "trash"
  | "rename"
  | "spending"
  | "connection"
  | "shortcuts"
  | "palette"
  | "settings"
  | "erase";

interface ShellDialogState {
  dialog: ShellDialog | null;
  open: (dialog: ShellDialog) => void;
  close: () => void;
}

/**
 * Which of the header's dialogs is open. Any view may open one: a run without a key sends the user to "connection".
 */
export const useShellDialog = create<ShellDialogState>((set) => ({
  dialog: null,
  open: (dialog) => set({ dialog }),
  close: () => set({ dialog: null }),
}));
