import "./styles.css";
import { type ReactNode, StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { type Failure, FailureError, toFailure } from "#src/domain/failure.ts";
import { report } from "#src/sheet/tell.ts";
import { ServicesContext } from "#src/state/services.ts";
import { ErrorBoundary } from "#src/ui/error-boundary.tsx";
import { App } from "./app.tsx";
import { createServices } from "./create-services.ts";
import { firstPaint } from "./first-paint.ts";
import { followHash } from "./route.ts";
import type { ErasePhase } from "./erasing.ts";
import { Button } from "#src/ui/button.tsx";
import { WholePage } from "./whole-page.tsx";

window.addEventListener(
  "focusin",
  () => {
    // Without it the focus is lost now and then, as in any page.
    import("#src/ui/keep-focus.ts").then(
      ({ keepFocus }) => keepFocus(),
      () => undefined,
    );
  },
  { once: true },
);

/** The pages that replace the app, loaded when one of them is needed. */
const loadPages = () => import("./pages.tsx");

let root: Root | null = null;
let isErasing = false;
let isBlocked = false;

// The browser is new enough to get this far. It waits for its storage, which another tab may hold.
document.querySelector("#root > .late-note")?.replaceChildren("Contact Sheet is still starting.");
showPage(firstPage());

function show(page: ReactNode): void {
  const container = document.getElementById("root");
  if (container === null) throw new Error("index.html has no #root");
  root ??= createRoot(container);
  root.render(
    <StrictMode>
      <ErrorBoundary renderFallback={() => <BrokenPage />}>{page}</ErrorBoundary>
    </StrictMode>,
  );
}

/** Shows what may still have to load; if it doesn’t, the page that needs nothing but itself. */
function showPage(page: Promise<ReactNode>): void {
  page.then(show, () => show(<BrokenPage />));
}

function showErase(phase: ErasePhase): void {
  isErasing = true;
  // At once, so that nothing in the app reads or writes what is about to go.
  if (phase === "erasing") show(null);
  showPage(loadPages().then(({ ErasePage }) => <ErasePage phase={phase} />));
}

async function firstPage(): Promise<ReactNode> {
  if (!window.isSecureContext) {
    const { InsecurePage } = await loadPages();
    return <InsecurePage />;
  }
  const missing = missingFeatures();
  if (missing.length > 0) {
    const { OldBrowserPage } = await loadPages();
    return <OldBrowserPage missing={missing} />;
  }
  try {
    const services = await createServices(showErase, {
      // Opening continues by itself once the other tab releases it, and the app replaces this page.
      onBlocked: () => showStorage({ kind: "storage-blocked" }),
      onClosed: () => showStorage({ kind: "storage-closed" }),
    });
    isBlocked = false;
    followHash(services, services.isNewDevice);
    report(firstPaint.then(services.connections.start));
    return (
      <ServicesContext value={services}>
        <App />
      </ServicesContext>
    );
  } catch (error) {
    // If site data is blocked, merely mentioning localStorage throws.
    const isForbidden = error instanceof DOMException && error.name === "SecurityError";
    if (!isForbidden && !(error instanceof FailureError)) return <BrokenPage />;
    const { StoragePage } = await loadPages();
    return <StoragePage failure={isForbidden ? { kind: "storage-broken" } : toFailure(error)} />;
  }
}

// What is erased closes the storage, too, and says so itself.
function showStorage(failure: Failure): void {
  isBlocked = failure.kind === "storage-blocked";
  const showUnlessOver = (page: ReactNode): void => {
    if (!isErasing && (failure.kind !== "storage-blocked" || isBlocked)) show(page);
  };
  loadPages().then(
    ({ StoragePage }) => showUnlessOver(<StoragePage failure={failure} />),
    () => showUnlessOver(<BrokenPage />),
  );
}

/** What the app cannot do without and this browser does not have, in words; empty if everything is there. */
function missingFeatures(): string[] {
  const needed: readonly (readonly [string, boolean])[] = [
    ["IndexedDB", "indexedDB" in window],
    ["Web Locks", "locks" in navigator],
    ["Web Crypto", "subtle" in crypto],
    ["module workers", "Worker" in window],
    ["drawing off the page (OffscreenCanvas)", "OffscreenCanvas" in window],
    ["popovers", "showPopover" in HTMLElement.prototype],
    ["dialogs", "HTMLDialogElement" in window],
    ["colours for both themes (light-dark)", CSS.supports("color", "light-dark(#000, #fff)")],
  ];
  return needed.filter(([, there]) => !there).map(([name]) => name);
}

/** A fault in the app itself. What was answered is in storage, and stays there. */
function BrokenPage() {
  return (
    <WholePage title="Something in the app broke">
      <p>
        Your sheets and every answer are kept, and nothing that was paid for is lost. Reload to
        carry on where you left off; a task that was under way is looked up, not sent twice.
      </p>
      <p>
        <Button look="strong" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </p>
    </WholePage>
  );
}
