import { createContext, use, useCallback, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import { useServices } from "#src/state/services.ts";
import type { OpenSheet } from "./open-sheet.ts";
import type { SheetState } from "./sheet-store.ts";
import type { WorkspaceState } from "#src/state/workspace.ts";
import { createStore, type StoreApi } from "zustand/vanilla";

/** The open sheet, which the shell gives to every view. */
export const OpenSheetContext = createContext<OpenSheet | null>(null);

/** The open sheet and what can be done to it. Throws outside its provider. */
export function useOpenSheet(): OpenSheet {
  const sheet = use(OpenSheetContext);
  if (sheet === null) throw new Error("OpenSheetContext is missing");
  return sheet;
}

/** A part of the open sheet's state. The selector must return the same value for the same state: no new objects. */
export function useSheet<Part>(selector: (state: SheetState) => Part): Part {
  return useStore(useOpenSheet().store, selector);
}

/**
 * The open sheet if this is true of it, otherwise another sheet of this tab of which it is true; null if there is none.
 */
export function useLiveSheet(holds: (state: SheetState) => boolean): OpenSheet | null {
  const open = useOpenSheet();
  const live = useWorkspace((state) => state.live);
  const subscribe = useCallback(
    (listener: () => void) => {
      const stops = live.map(({ store }) => store.subscribe(listener));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [live],
  );
  return useSyncExternalStore(
    subscribe,
    () => [open, ...live].find(({ store }) => holds(store.getState())) ?? null,
  );
}

/** The list of sheets and which one is open. */
export function useWorkspace<Part>(selector: (state: WorkspaceState) => Part): Part {
  return useStore(useServices().workspace.store, selector);
}

/** The view state of a workplace, for each open sheet. */
type SheetView<State> = (sheet: OpenSheet) => StoreApi<State>;

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
