import { EmptySheet } from "#src/sheet/empty-sheet.tsx";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useSheet } from "#src/state/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";

/** Before the first face: offers a sheet that leaves nothing behind, then the usual ways in. */
export function EmptyFaces() {
  const keeping = useSheet((state) => state.sheet.keeping);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6 sm:px-5.5">
      {keeping === "disk" ? <MemoryOffer /> : <MemoryNote />}
      <EmptySheet />
    </div>
  );
}

function MemoryOffer() {
  const { workspace } = useServices();
  return (
    <div className="mx-auto mt-4 max-w-2xl rounded border border-line-2 bg-sheet px-4.5 py-4">
      <h3 className="mb-1 text-title font-semibold tracking-tight">Pictures of people?</h3>
      <p className="mb-3 max-w-[62ch] text-ink-2 text-pretty">
        A memory-only sheet keeps faces, answers and judgements in this tab and nowhere else:
        closing or reloading it loses them, so take the verdicts away as a file before. What you run
        is still sent to the service.
      </p>
      <Button
        look="strong"
        onClick={() =>
          report(workspace.newSheet({ keeping: "memory", name: "Age check, memory only" }))
        }
      >
        Start a memory-only sheet
      </Button>
      <p className="mt-3 text-control text-ink-2">
        Or drop them here: this sheet is kept on this device.
      </p>
    </div>
  );
}

function MemoryNote() {
  return (
    <p className="mx-auto mt-4 max-w-2xl rounded border border-line-2 bg-sheet px-4.5 py-3 text-ink-2">
      This sheet lives in this tab alone. Nothing of it is written to the device; a reload loses it.
    </p>
  );
}
