import { create } from "zustand";

/** The dialogs that lie over every view: those of the header, and the question what of a paste is meant. */
export type ShellDialog =
  | "sheets"
  | "trash"
  | "rename"
  | "spending"
  | "connection"
  | "shortcuts"
  | "palette"
  | "settings"
  | "erase"
  | "paste";

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
