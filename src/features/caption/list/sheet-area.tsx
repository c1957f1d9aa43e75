import {
  memo,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { Button } from "#src/ui/button.tsx";
import { SearchedWords } from "#src/ui/highlighted.tsx";
import { queryOf, type Desk } from "#src/features/caption/desk.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import { useCaptionSettings } from "#src/features/caption/settings.ts";
import { listAll, useCaptionView } from "#src/features/caption/view-state.ts";
import { LayoutSwitch } from "#src/features/caption/layout-switch.tsx";
import { ShownLayout } from "#src/features/caption/layouts.tsx";
import { ToolsBar } from "#src/features/caption/listing/tools-bar.tsx";
import { SelectionBar, SheetTools } from "./sheet-tools.tsx";
import type { Standings } from "./standing.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

// Every letter of a search draws what is above the images; they follow with its answer.
const Layout = memo(ShownLayout);

/** The sheet itself: what it is, what is selected, and its images. */
export function SheetArea({ desk, standings }: { desk: Desk; standings: Standings }) {
  // State, not a ref: the list measures it when it mounts, and a parent's ref is set only after its children's effects.
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const listing = useListing(desk, standings);
  const { ids } = listing;
  const { layout } = useCaptionSettings();
  const isSelecting = useCaptionView((state) => state.selected.size > 0);
  return (
    <section aria-label="Sheet" className="flex min-h-0 min-w-0 flex-col">
      <div className="shrink-0 px-3 pt-2.25 pb-1 sm:px-5">
        {layout !== "one" && (
          <ToolsBar
            desk={desk}
            listing={listing}
            tools={<SheetTools desk={desk} listing={listing} />}
            layouts={<LayoutSwitch desk={desk} />}
          />
        )}
        {isSelecting && <SelectionBar desk={desk} listing={listing} />}
      </div>
      <div
        ref={setScroller}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6 sm:px-5"
      >
        {ids.length === 0 && (
          <div className="py-16 text-center text-ink-2">
            <p className="mb-3">
              {listing.words.length > 0 ? "No image has these words." : "No image is all of this."}
            </p>
            <Button onClick={() => listAll(desk.view)}>Show all images</Button>
          </div>
        )}
        <SearchedWords value={listing.words}>
          {scroller !== null && (
            <Layout listing={listing} standings={standings} scroller={scroller} desk={desk} />
          )}
        </SearchedWords>
      </div>
    </section>
  );
}

/** What is listed. What the user typed or chose shows at once, and the images follow. */
function useListing(desk: Desk, standings: Standings): Listing {
  const search = useCaptionView((state) => state.search);
  const filters = useCaptionView((state) => state.filters);
  const editing = useCaptionView((state) => state.editing);
  const fieldId = useCaptionView((state) => state.fieldId);
  const fields = useSheet((state) => state.sheet.fields);
  const context = useSheet((state) => state.sheet.context);
  const { sort, isDescending } = useCaptionSettings();
  const asked = useMemo(
    () =>
      queryOf({ search, filters, editing, fieldId }, { fields, context }, { sort, isDescending }),
    [search, filters, editing, fieldId, fields, context, sort, isDescending],
  );
  const query = useDeferredValue(asked);
  // Whatever was looked through meanwhile is in the next listing.
  useCheckedTexts(desk, standings);
  const listing = desk.listingOf(standings, query);
  usePreparedSearch(desk, standings);
  useShownAfter(desk, listing, [query.search, query.filters, query.sort, query.isDescending]);
  return listing;
}

// What a frame leaves free.
const SLICE_MS = 6;
const SETTLED_MS = 200;

/** Prepares the search in the page’s idle moments, again whenever something changed. */
function usePreparedSearch({ prepareSearch }: Desk, standings: Standings): void {
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- other standings are what has to be prepared anew
  useEffect(() => idly(prepareSearch), [prepareSearch, standings]);
}

/** Looks texts through in the page’s idle moments, and draws again once all of them are. */
function useCheckedTexts({ checkTexts }: Desk, standings: Standings): void {
  const [, draw] = useState(0);
  useEffect(
    () => idly(checkTexts, () => draw((times) => times + 1)),
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- other standings have other texts
    [checkTexts, standings],
  );
}

/**
 * Does something a few milliseconds at a time, for as long as it returns that it has more to do. `onEnd` is called if that
 * took more than one time. Returns what stops it.
 */
function idly(work: (hasTime: () => boolean) => boolean, onEnd?: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let isAtOnce = true;
  const step = (): void => {
    const until = performance.now() + SLICE_MS;
    if (!work(() => performance.now() < until)) {
      isAtOnce = false;
      timer = setTimeout(step, SLICE_MS * 2);
    } else if (!isAtOnce) onEnd?.();
  };
  timer = setTimeout(step, SETTLED_MS);
  return () => clearTimeout(timer);
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
