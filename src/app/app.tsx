import { useEffect, type ComponentType } from "react";
import { useStore } from "zustand";
import { CaptionView } from "#src/features/caption/caption-view.tsx";
import { IntakeArea, IntakeReport } from "#src/features/intake/intake-area.tsx";
import { usePurse, useServices, useSetting } from "#src/state/services.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import {
  OpenSheetContext,
  useLiveSheet,
  useSheet,
  useWorkspace,
} from "#src/state/sheet/use-sheet.ts";
import { shortcutSettings, useActs } from "#src/ui/acts.ts";
import { Button } from "#src/ui/button.tsx";
import { ErrorBoundary } from "#src/ui/error-boundary.tsx";
import { useHashLocation } from "#src/ui/hash-location.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { Pulse } from "#src/ui/pulse.tsx";
import { ToastRegion } from "#src/ui/toast-region.tsx";
import { SHELL_ACTS } from "./actions.ts";
import { announceFirstPaint, firstPaint } from "./first-paint.ts";
import { Header } from "./header.tsx";
import { useLeaveWarning } from "./leave-warning.ts";
import { parseRoute, type View, titleOf } from "./route.ts";

const StoragePage = lazyPart(async () => (await import("./pages.tsx")).StoragePage);

const Dialogs = lazyPart(async () => (await import("./dialogs.tsx")).Dialogs, {
  giveUp: () => useShellDialog.getState().close(),
});

// Before the first paint nothing runs, nothing is changed, and nothing could be lost.
const RunWatch = lateTopPart(async () => (await import("./run-watch.tsx")).RunWatch);

const UndoToasts = lateTopPart(async () => (await import("./undo-toasts.tsx")).UndoToasts);

/** A part that lies over the page, or beside it, and is loaded after the first paint. */
function lateTopPart<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  // It takes no keys away from the page.
  return lazyPart(() => firstPaint.then(load), { waiting: false, giveUp: () => undefined });
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
  const hasDialog = useShellDialog(({ dialog }) => dialog !== null);
  useSheetTitle(sheet);
  return (
    <OpenSheetContext value={sheet}>
      <ShellActs />
      {/* Its parts scroll, never the page: otherwise the text that is only for screen readers would make it scroll. */}
      <div className="relative grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)] overflow-clip bg-paper">
        <SkipLink />
        <Header route={route} purse={purse} />
        <ViewArea key={sheetId} view={route.view} />
      </div>
      <IntakeArea />
      {hasDialog && <Dialogs purse={purse} />}
      <Changes />
      <Watch />
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

/** Absent before the first change that can be undone. */
function Changes() {
  const isAny = useStore(useServices().sheets.undo.store, ({ latest }) => latest !== null);
  return isAny ? <UndoToasts /> : null;
}

/** A run is watched outside the page once a sheet has anything to run. */
function Watch() {
  useLeaveWarning();
  const toRun = useLiveSheet(({ order, run }) => order.length > 0 || run.phase === "running");
  return toRun === null ? null : <RunWatch />;
}

/** First in the tab order: past the header, straight to the sheet. It is no link, which would be taken for a route. */
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

// The page opens with Caption, so it comes with the page; the others are loaded on demand.
const CompareView = lazyPart(
  async () => (await import("#src/features/compare/compare-view.tsx")).CompareView,
  { waiting: <LoadingView /> },
);
const AgeCheckView = lazyPart(
  async () => (await import("#src/features/age-check/age-check-view.tsx")).AgeCheckView,
  { waiting: <LoadingView /> },
);

const SheetNotes = lazyPart(async () => (await import("#src/sheet/sheet-notes.tsx")).SheetNotes);

/** The view under the header. A fault in one leaves the header and the other views working. */
function ViewArea({ view }: { view: View }) {
  return (
    <main id="sheet" tabIndex={-1} className="flex min-h-0 flex-col outline-none">
      <Notes />
      <IntakeReport />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ErrorBoundary key={view} renderFallback={renderBrokenView}>
          {view === "caption" && <CaptionView />}
          {view === "compare" && <CompareView />}
          {view === "age" && <AgeCheckView />}
        </ErrorBoundary>
      </div>
    </main>
  );
}

/** Absent while every row of the sheet can be read and none of its pictures is held back. */
function Notes() {
  const isNoted = useSheet(
    ({ skipped, sheet }) => skipped.length > 0 || sheet.filePictures === "held",
  );
  return isNoted ? <SheetNotes /> : null;
}

function LoadingView() {
  return (
    <div className="p-6">
      <Pulse />
      <p className="mt-3 text-ink-2">Loading this view…</p>
    </div>
  );
}

function renderBrokenView(retry: () => void) {
  return (
    <section role="alert" className="mx-auto max-w-xl px-5 py-16">
      <h2 className="mb-2 text-title font-semibold tracking-tight">This view broke</h2>
      <p className="mb-4 text-caption text-ink-2">
        Your sheet and every answer are kept; a run carries on behind this message. Show the view
        again or, if it breaks again, reload the page.
      </p>
      <div className="flex gap-2.5">
        <Button look="strong" onClick={retry}>
          Show it again
        </Button>
        <Button onClick={() => window.location.reload()}>Reload the page</Button>
      </div>
    </section>
  );
}
