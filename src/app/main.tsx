import { StrictMode, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { FailureError, toFailure } from "#src/domain/failure.ts";
import { ServicesContext } from "#src/state/services.ts";
import { ErrorBoundary } from "#src/ui/error-boundary.tsx";
import { App } from "./app.tsx";
import { createServices } from "./create-services.ts";
import { followHash } from "./follow-hash.ts";
import { BrokenPage } from "./broken-page.tsx";
import { loadPages } from "./load-pages.ts";
import { missingFeatures } from "./platform.ts";
import type { WipePhase } from "./wiping.ts";
import "./styles.css";

let root: Root | null = null;

void firstPage().then(show);

function show(page: ReactNode): void {
  const container = document.getElementById("root");
  if (container === null) throw new Error("index.html has no #root");
  root ??= createRoot(container);
  root.render(
    <StrictMode>
      <ErrorBoundary renderFallback={renderBrokenPage}>{page}</ErrorBoundary>
    </StrictMode>,
  );
}

function showWipe(phase: WipePhase): void {
  // At once, so that nothing of the app reads or writes what is about to go.
  if (phase === "wiping") show(null);
  void loadPages().then(({ WipePage }) => show(<WipePage phase={phase} />));
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
    const services = await createServices(showWipe);
    followHash(services.workspace);
    void services.connections.start();
    return (
      <ServicesContext value={services}>
        <App />
      </ServicesContext>
    );
  } catch (error) {
    // Where site data is blocked, the mere mention of localStorage throws.
    const isBlocked = error instanceof DOMException && error.name === "SecurityError";
    if (!isBlocked && !(error instanceof FailureError)) return <BrokenPage />;
    const { StoragePage } = await loadPages();
    return <StoragePage failure={isBlocked ? { kind: "storage-broken" } : toFailure(error)} />;
  }
}

function renderBrokenPage(): ReactNode {
  return <BrokenPage />;
}
