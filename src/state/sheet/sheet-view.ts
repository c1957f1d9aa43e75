import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { OpenSheet } from "./open-sheet.ts";
import { useOpenSheet } from "./use-sheet.ts";

/** The view state of a workplace, for each open sheet. */
export type SheetView<State> = (sheet: OpenSheet) => StoreApi<State>;

/**
 * View state that is kept on the open sheet: it begins as `start` on each of them, is found again when its sheet is
 * shown again, and goes with it. So nothing that was opened or chosen on one sheet can be seen on another.
 */
export function createSheetView<State>(start: State): SheetView<State> {
  const views = new WeakMap<OpenSheet, StoreApi<State>>();
  return (sheet) => {
    const known = views.get(sheet);
    if (known !== undefined) return known;
    const view = createStore<State>(() => start);
    views.set(sheet, view);
    return view;
  };
}

/** A part of the open sheet's view state. */
export function useSheetView<State, Part>(
  viewOf: SheetView<State>,
  selector: (state: State) => Part,
): Part {
  return useStore(viewOf(useOpenSheet()), selector);
}
