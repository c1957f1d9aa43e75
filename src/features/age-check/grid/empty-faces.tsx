import { AddImages } from "#src/sheet/add-images.tsx";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { useAgeDesk } from "#src/features/age-check/age-desk.ts";

/** Before the first face: what this is for, and a sheet that leaves nothing behind, offered before one that is kept. */
export function EmptyFaces() {
  const { view } = useAgeDesk();
  const keeping = useSheet((state) => state.sheet.keeping);
  return (
    <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6 sm:px-5.5">
      <div className="mx-auto flex max-w-2xl flex-col gap-4 py-6 sm:py-12">
        <h3 className="text-xl font-semibold tracking-tight">
          How often, where and how confidently is an age detector wrong?
        </h3>
        <p className="max-w-[62ch] text-caption text-ink-2 text-pretty">
          Drop faces, have one or several models judge them, and say what is true before you see
          their verdicts. Every figure comes with its count and its interval.
        </p>
        {keeping === "disk" ? <TwoWays /> : <MemoryWay />}
        <p className="flex flex-wrap items-center gap-2 text-control text-ink-2">
          <span>Judged elsewhere already?</span>
          <Button onClick={() => view.setState({ dialog: { kind: "merge" } })}>
            Merge verdict files…
          </Button>
        </p>
      </div>
    </div>
  );
}

function TwoWays() {
  const { workspace } = useServices();
  return (
    <>
      <section className="rounded border border-line-2 bg-sheet px-4.5 py-4">
        <h4 className="mb-1 font-semibold">In this tab only</h4>
        <p className="mb-3 max-w-[62ch] text-ink-2 text-pretty">
          For pictures of people: faces, answers and judgements stay in this tab’s memory, and a
          reload loses them. Save the verdicts as a file first. What you check is still sent to the
          service.
        </p>
        <Button
          look="strong"
          onClick={() =>
            report(workspace.newSheet({ keeping: "memory", name: "Age check, memory only" }))
          }
        >
          Start a memory-only sheet
        </Button>
      </section>
      <section className="rounded border border-line px-4.5 py-4">
        <h4 className="mb-1 font-semibold">Kept on this device</h4>
        <p className="mb-3 text-ink-2">
          Drop images anywhere: this sheet keeps them in this browser, until they are erased.
        </p>
        <AddImages />
      </section>
    </>
  );
}

function MemoryWay() {
  return (
    <section className="rounded border border-line-2 bg-sheet px-4.5 py-4">
      <h4 className="mb-1 font-semibold">Drop faces anywhere</h4>
      <p className="mb-3 max-w-[62ch] text-ink-2 text-pretty">
        This sheet is only in this tab: none of it is written to the device, and a reload loses it.
        What you check is still sent to the service.
      </p>
      <AddImages look="strong" />
    </section>
  );
}
