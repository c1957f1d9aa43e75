import { CaptionView } from "#src/features/caption/caption-view.tsx";
import { IntakeReport } from "#src/features/intake/intake-area.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { ErrorBoundary } from "#src/ui/error-boundary.tsx";
import { Pulse } from "#src/ui/pulse.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import type { View } from "./route.ts";

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
export function ViewArea({ view }: { view: View }) {
  return (
    <main id="sheet" tabIndex={-1} className="flex min-h-0 flex-col outline-none">
      <Notes />
      <IntakeReport />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <ErrorBoundary resetKey={view} renderFallback={renderBrokenView}>
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
