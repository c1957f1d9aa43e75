import { Suspense, use, useState } from "react";
import type { Purse } from "#src/domain/connection.ts";
import { useServices } from "#src/state/services.ts";
import { useSheet } from "#src/state/use-sheet.ts";
import { Dialog } from "#src/ui/dialog.tsx";
import { ErrorBoundary } from "#src/ui/error-boundary.tsx";
import { Pulse } from "#src/ui/pulse.tsx";
import { CapForm } from "./cap-form.tsx";
import { SpendChart } from "./spend-chart.tsx";
import { SpendTable } from "./spend-table.tsx";
import { DAYS_SHOWN, hasSpending, sumSpending, type SpendEntry } from "./sum-spending.ts";

interface SpendingDialogProps {
  /** What the connection in use pays from: its spending is shown first. */
  purse: Purse;
  onClose: () => void;
}

/** The open sheet's cap, and what was spent on this device per model and day. */
export function SpendingDialog({ purse, onClose }: SpendingDialogProps) {
  const { storages } = useServices().sheets;
  const keeping = useSheet((state) => state.sheet.keeping);
  const [reading] = useState(async () => {
    const kept = keeping === "memory" ? [storages.disk, storages.memory] : [storages.disk];
    const lists = await Promise.all(kept.map((storage) => storage.readSpending()));
    return lists.flat();
  });
  return (
    <Dialog title="Spending" width="wide" onClose={onClose}>
      <CapForm purse={purse} />
      <h3 className="mt-7 mb-2 text-sm font-semibold">On this device</h3>
      <ErrorBoundary
        renderFallback={() => (
          <p className="text-warn">What was spent could not be read: reload the page.</p>
        )}
      >
        <Suspense fallback={<Pulse />}>
          <DeviceSpending reading={reading} purse={purse} />
        </Suspense>
      </ErrorBoundary>
    </Dialog>
  );
}

function DeviceSpending({ reading, purse }: { reading: Promise<SpendEntry[]>; purse: Purse }) {
  const entries = use(reading);
  if (entries.length === 0)
    return <p className="text-ink-2">Nothing yet. What answers cost will be added up here.</p>;
  const order: Purse[] = purse === "sandbox" ? ["sandbox", "runware"] : ["runware", "sandbox"];
  return (
    <div className="space-y-8">
      {order
        .filter((each) => hasSpending(entries, each))
        .map((each) => (
          <PurseSpending key={each} entries={entries} purse={each} />
        ))}
    </div>
  );
}

function PurseSpending({ entries, purse }: { entries: SpendEntry[]; purse: Purse }) {
  const [today] = useState(() => Date.now());
  const sums = sumSpending(entries, purse, today);
  const name = purse === "runware" ? "Real dollars" : "Simulated dollars, from the sandbox";
  return (
    <section aria-label={name}>
      <p className="mb-2 text-xs font-semibold text-ink-2">
        {name}, last {DAYS_SHOWN} days
      </p>
      {sums.models.length === 0 ? (
        <p className="text-ink-2">Nothing in these days.</p>
      ) : (
        <>
          <SpendChart sums={sums} />
          <SpendTable sums={sums} />
        </>
      )}
    </section>
  );
}
