import { useDeferredValue, useLayoutEffect, useRef, useState } from "react";
import { counted } from "#src/lib/counted.ts";
import { AddImages } from "#src/sheet/add-images.tsx";
import { Button } from "#src/ui/button.tsx";
import { queryOf, type Desk } from "#src/features/caption/desk.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import { useCaptionSettings } from "#src/features/caption/settings.ts";
import { listAll, useCaptionView } from "#src/features/caption/view-state.ts";
import { ImageList } from "./image-list.tsx";
import { SelectionBar, SheetTools } from "./sheet-tools.tsx";
import type { Standings } from "./standing.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

/** The sheet itself: what it is, what is selected, and its images. */
export function SheetArea({ desk, standings }: { desk: Desk; standings: Standings }) {
  // State, not a ref: the list measures it when it mounts, and a parent's ref is set only after its children's effects.
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const listing = useListing(desk, standings);
  const { ids } = listing;
  const isSelecting = useCaptionView((state) => state.selected.size > 0);
  return (
    <section aria-label="Sheet" className="flex min-h-0 min-w-0 flex-col">
      <div className="shrink-0 px-3 pt-3.5 pb-3 sm:px-5.5 sm:pt-4.5">
        <SheetBar desk={desk} standings={standings} listing={listing} />
        {isSelecting && <SelectionBar desk={desk} />}
      </div>
      <div
        ref={setScroller}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6 sm:px-5.5"
      >
        {ids.length === 0 && (
          <div className="py-16 text-center text-ink-2">
            <p className="mb-3">No image matches.</p>
            <Button onClick={() => listAll(desk.view)}>Show all images</Button>
          </div>
        )}
        {scroller !== null && (
          <ImageList ids={ids} standings={standings} scroller={scroller} desk={desk} />
        )}
      </div>
    </section>
  );
}

/** What is listed. Typing in the search goes first, and its answer follows. */
function useListing(desk: Desk, standings: Standings): Listing {
  const typed = useCaptionView((state) => state.search);
  const search = useDeferredValue(typed);
  const filters = useCaptionView((state) => state.filters);
  const editing = useCaptionView((state) => state.editing);
  const fieldId = useCaptionView((state) => state.fieldId);
  const fields = useSheet((state) => state.sheet.fields);
  const context = useSheet((state) => state.sheet.context);
  const settings = useCaptionSettings();
  const listing = desk.listingOf(
    standings,
    queryOf({ search, filters, editing, fieldId }, { fields, context }, settings),
  );
  useShownAfter(desk, listing, [search, filters, settings.sort, settings.isDescending]);
  return listing;
}

/**
 * Another list begins at its top: the offset of the old one means nothing in it. If it holds all that the old one did,
 * the image that the user is at stays in view.
 */
function useShownAfter(desk: Desk, { ids }: Listing, query: readonly unknown[]): void {
  const before = useRef({ query, length: ids.length });
  useLayoutEffect(() => {
    const { query: old, length } = before.current;
    before.current = { query, length: ids.length };
    if (query.every((part, index) => part === old[index])) return;
    const { activeId } = desk.view.getState();
    const stays = ids.length >= length && activeId !== null && ids.includes(activeId);
    desk.rowParts.list()?.show(stays ? activeId : null);
  });
}

interface SheetBarProps {
  desk: Desk;
  standings: Standings;
  listing: Listing;
}

/** The line above the images: which sheet, how far it is, and what can be added, listed and exported. */
function SheetBar({ desk, standings, listing }: SheetBarProps) {
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
      <SheetTools desk={desk} listing={listing} />
    </div>
  );
}

/** "63 images · 29 answered · 2 failed". */
export function countsText({ counts }: Standings): string {
  const count = (number: number, word: string): string =>
    number === 0 ? "" : `${number.toLocaleString("en-US")} ${word}`;
  return [
    counted(counts.total, "image"),
    count(counts.preparing, "being prepared"),
    // Those that were asked again in vain are in trouble, as in the bar below.
    count(counts.done - counts.askedInVain, "answered"),
    count(counts.empty, "answered with nothing"),
    count(counts.refused, "refused"),
    count(counts.failed, "failed"),
    count(counts.unsettled, "unsettled"),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
