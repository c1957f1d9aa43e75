import { useEffect, type ComponentType } from "react";
import { useStore } from "zustand";
import { usePurse, useServices, useSetting } from "#src/state/services.ts";
import { IntakeArea } from "#src/features/intake/intake-area.tsx";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { OpenSheetContext, useWorkspace } from "#src/state/sheet/use-sheet.ts";
import { useHashLocation } from "#src/ui/hash-location.ts";
import { shortcutSettings, useActs } from "#src/ui/acts.ts";
import { ToastRegion } from "#src/ui/toast-region.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { SHELL_ACTS } from "./actions.ts";
import { announceFirstPaint, firstPaint } from "./first-paint.ts";
import { Header } from "./header.tsx";
import { loadPages } from "./load-pages.ts";
import { parseRoute } from "./route.ts";
import { titleOf } from "./title-of.ts";
import { UndoToasts } from "./undo-toasts.tsx";
import { ViewArea } from "./view-area.tsx";

const StoragePage = lazyPart(async () => (await loadPages()).StoragePage);

// Before the first paint no dialog is asked for, nothing runs, and nothing could be lost.
const Dialogs = lateTopPart(async () => (await import("./dialogs.tsx")).Dialogs);
const RunWatch = lateTopPart(async () => (await import("./run-watch.tsx")).RunWatch);

/** A part that lies over the page, or beside it, and is loaded after the first paint. */
function lateTopPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazyPart(() => firstPaint.then(load), { giveUp: () => undefined });
}

/** The whole page: the open sheet in one of its views, or why there is none. */
export function App() {
  const open = useWorkspace((state) => state.open);
  const failure = useWorkspace((state) => state.failure);
  const [singleKeysOn] = useSetting("letterKeys");
  useEffect(announceFirstPaint, []);
  useEffect(() => shortcutSettings.setState({ singleKeysOn }), [singleKeysOn]);
  if (open !== null) return <Shell sheet={open} />;
  return failure === null ? null : <StoragePage failure={failure} />;
}

function Shell({ sheet }: { sheet: OpenSheet }) {
  const { path } = useHashLocation();
  const sheetId = sheet.store.getState().sheet.id;
  const route = { view: parseRoute(path).view, sheetId };
  const purse = usePurse();
  useSheetTitle(sheet);
  return (
    <OpenSheetContext value={sheet}>
      <ShellActs />
      {/* Its parts scroll, never the page: otherwise the text that is only for screen readers would
          make it scroll. */}
      <div className="relative grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)] overflow-clip bg-paper">
        <SkipLink />
        <Header route={route} purse={purse} />
        <ViewArea key={sheetId} view={route.view} />
      </div>
      <IntakeArea />
      <Dialogs purse={purse} />
      <UndoToasts />
      <RunWatch />
      <ToastRegion />
    </OpenSheetContext>
  );
}

/** Puts the sheet’s name into the tab’s title. */
function useSheetTitle({ store }: OpenSheet): void {
  const name = useStore(store, (state) => state.sheet.name);
  useEffect(() => {
    document.title = titleOf(name);
  }, [name]);
}

const ACTS = Object.values(SHELL_ACTS);

function ShellActs() {
  useActs(ACTS, useServices().sheets);
  return null;
}

/**
 * First in the tab order: past the header, straight to the sheet. It is no link, which would be taken
 * for a route.
 */
function SkipLink() {
  return (
    <button
      type="button"
      onClick={() => document.getElementById("sheet")?.focus()}
      className="sr-only rounded bg-ink px-3 py-2 text-sheet focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
    >
      Skip to the sheet
    </button>
  );
}
