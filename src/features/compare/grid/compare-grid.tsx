import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { ImageId } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import type { Comparison } from "#src/features/compare/compare-desk.ts";
import { CompareRow } from "./compare-row.tsx";
import { useCompareView } from "#src/features/compare/view-state.ts";
import { GridHead } from "./grid-head.tsx";
import {
  bringToView,
  gridLayout,
  type GridLayout,
  SCROLLER_ID,
  shownColumns,
  type ShownColumns,
  widthOf,
} from "./grid-layout.ts";

interface CompareGridProps {
  comparison: Comparison;
  /** The rows that are listed, in order. */
  ids: readonly ImageId[];
  /** Shown below the rows. */
  children: ReactNode;
}

const ROW_PX = 236;

/** Pictures down, columns across; only what is near the window is in the document, in both directions. */
export function CompareGrid({ comparison, ids, children }: CompareGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const layout = useLayout(comparison, scroller);
  const activeId = useCompareView((state) => state.activeId);
  const activeIndex = activeId === null ? -1 : ids.indexOf(activeId);
  const grid = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the component that calls this is small
  const rows = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => ids[index] ?? index,
    overscan: 2,
    // Rendering inside the scroll event would make the browser lay out twice per frame.
    useFlushSync: false,
    rangeExtractor: useRangeWith(activeIndex),
  });
  const shown = useShownColumns(scroller, layout);
  useFocusOn(activeId, activeIndex, grid);
  return (
    <div
      ref={scroller}
      id={SCROLLER_ID}
      className={classNames(
        "relative min-h-0 flex-1 overflow-auto overscroll-contain",
        layout.swipes && "snap-x snap-mandatory",
      )}
      style={{ scrollPaddingLeft: layout.picture }}
    >
      <div ref={grid} className="relative min-w-full" style={{ width: widthOf(layout) }}>
        <GridHead comparison={comparison} layout={layout} />
        <div className="relative" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map((item) => (
            <CompareRow
              key={item.key}
              row={comparison.rows.get(ids[item.index] ?? "")}
              columns={comparison.columns}
              settings={comparison.settings}
              index={item.index}
              total={ids.length}
              topPx={item.start}
              isActive={item.index === Math.max(0, activeIndex)}
              layout={layout}
              first={shown.first}
              last={shown.last}
              measure={rows.measureElement}
            />
          ))}
        </div>
      </div>
      {children}
    </div>
  );
}

function useLayout({ columns }: Comparison, scroller: RefObject<HTMLElement | null>): GridLayout {
  const [roomPx, setRoomPx] = useState(0);
  const expandedId = useCompareView((state) => state.expandedId);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const sizes = new ResizeObserver(() => setRoomPx(element.clientWidth));
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [scroller]);
  return useMemo(() => gridLayout(columns, roomPx, expandedId), [columns, roomPx, expandedId]);
}

/** The columns that are near the window. Drawn again only when others come near, not with every pixel. */
function useShownColumns(
  scroller: RefObject<HTMLElement | null>,
  layout: GridLayout,
): ShownColumns {
  const [shown, setShown] = useState<ShownColumns>({ first: 0, last: -1 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const look = (): void => {
      const next = shownColumns(layout, element.scrollLeft, element.clientWidth);
      setShown((known) => (known.first === next.first && known.last === next.last ? known : next));
    };
    look();
    element.addEventListener("scroll", look, { passive: true });
    return () => element.removeEventListener("scroll", look);
  }, [scroller, layout]);
  return shown;
}

// The active row stays in the document however far the user scrolls, so that it keeps the focus.
function useRangeWith(activeIndex: number): (range: Range) => number[] {
  return useCallback(
    (range) => {
      const indexes = defaultRangeExtractor(range);
      if (activeIndex < 0 || indexes.includes(activeIndex)) return indexes;
      return [...indexes, activeIndex].toSorted((a, b) => a - b);
    },
    [activeIndex],
  );
}

/** Keys move the active row: it is brought into view, and takes the focus unless the focus is already in it. */
function useFocusOn(
  activeId: ImageId | null,
  activeIndex: number,
  grid: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    if (activeId === null || activeIndex < 0) return;
    const row = grid.current?.querySelector<HTMLElement>(
      `[data-image-id="${CSS.escape(activeId)}"]`,
    );
    if (row == null || row.contains(document.activeElement)) return;
    bringToView(row);
    row.focus({ preventScroll: true });
    // Only another active row is a reason to move, not rows that come and go around it.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [activeId]);
}
