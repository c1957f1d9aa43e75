import { useMemo, useState } from "react";
import { counted } from "#src/lib/counted.ts";
import { AddImages } from "#src/sheet/add-images.tsx";
import { Button } from "#src/ui/button.tsx";
import type { Desk } from "#src/features/caption/desk.ts";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { ImageList } from "./image-list.tsx";
import { SelectionBar, SheetTools } from "./sheet-tools.tsx";
import type { Standings } from "./standing.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

/** The sheet itself: what it is, what is selected, and its images. */
export function SheetArea({ desk, standings }: { desk: Desk; standings: Standings }) {
  // State, not a ref: the list measures it when it mounts, and a parent's ref is set only after its children's effects.
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const filter = useCaptionView((state) => state.filter);
  const editingId = useCaptionView((state) => state.editing?.imageId ?? null);
  const ids = useMemo(
    () => desk.filterList(standings, filter, editingId),
    [desk, standings, filter, editingId],
  );
  const isSelecting = useCaptionView((state) => state.selected.size > 0);
  return (
    <section aria-label="Sheet" className="flex min-h-0 min-w-0 flex-col">
      <div className="shrink-0 px-3 pt-3.5 pb-3 sm:px-5.5 sm:pt-4.5">
        <SheetBar desk={desk} standings={standings} />
        {isSelecting && <SelectionBar desk={desk} />}
      </div>
      <div
        ref={setScroller}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6 sm:px-5.5"
      >
        {ids.length === 0 && (
          <div className="py-16 text-center text-ink-2">
            <p className="mb-3">No image matches this filter.</p>
            <Button onClick={() => desk.view.setState({ filter: "all" })}>Show all images</Button>
          </div>
        )}
        {scroller !== null && (
          <ImageList ids={ids} standings={standings} scroller={scroller} desk={desk} />
        )}
      </div>
    </section>
  );
}

/** The line above the images: which sheet, how far it is, and what can be added, listed and exported. */
function SheetBar({ desk, standings }: { desk: Desk; standings: Standings }) {
  const name = useSheet((state) => state.sheet.name);
  const isComplete = useSheet((state) => state.complete);
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
      <h2 className="max-w-full truncate max-sm:sr-only text-title font-[650] tracking-[-0.015em]">
        {name}
      </h2>
      <p className="mr-auto text-xs text-ink-2 max-sm:w-full">
        {isComplete ? countsText(standings) : "Opening the rest of this sheet…"}
      </p>
      <AddImages />
      <SheetTools desk={desk} standings={standings} />
    </div>
  );
}

function countsText({ counts }: Standings): string {
  const count = (number: number, word: string): string =>
    number === 0 ? "" : `${number.toLocaleString("en-US")} ${word}`;
  return [
    counted(counts.total, "image"),
    count(counts.preparing, "being prepared"),
    count(counts.done, "answered"),
    count(counts.empty, "answered with nothing"),
    count(counts.refused, "refused"),
    count(counts.failed, "failed"),
    count(counts.unsettled, "unsettled"),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
