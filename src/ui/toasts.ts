import { createStore } from "zustand/vanilla";

export interface Toast {
  id: number;
  text: string;
  tone: "plain" | "warn";
  action: { label: string; run: () => void } | null;
}

interface NewToast {
  text: string;
  tone?: Toast["tone"];
  action?: Toast["action"];
  /** A later toast of the same kind replaces the earlier one. */
  kind?: string;
}

/** How long a toast stays if nothing holds it. */
export const SHOWN_MS = 6_000;
/** The same for one with a button: long enough to find it by keyboard. */
export const SHOWN_WITH_ACTION_MS = 12_000;
const MOST_TOASTS = 3;

interface ToastState {
  toasts: readonly (Toast & { kind: string | null })[];
}

/** What the toast region shows, oldest first. */
export const toastStore = createStore<ToastState>(() => ({ toasts: [] }));

let lastId = 0;

/** Says something at the bottom of the page, with at most one thing to do about it. */
export function showToast({ text, tone = "plain", action = null, kind }: NewToast): void {
  lastId += 1;
  const toast = { id: lastId, text, tone, action, kind: kind ?? null };
  toastStore.setState(({ toasts }) => ({
    toasts: [
      ...toasts.filter((other) => other.kind === null || other.kind !== toast.kind),
      toast,
    ].slice(-MOST_TOASTS),
  }));
}

/** Takes a toast away. */
export function dismissToast(id: number): void {
  toastStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
