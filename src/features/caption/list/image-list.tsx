import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useImperativeHandle, useMemo, useRef } from "react";
import { flushSync } from "react-dom";
import { type ImageId, pictureHashOf } from "#src/domain/image.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { useActs } from "#src/ui/acts.ts";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { ImageRow, type ImageRowProps } from "./image-row.tsx";
import { edit, useCaptionView } from "#src/features/caption/view-state.ts";
import { createRowActions } from "./row-actions.ts";
import type { Standings } from "./standing.ts";

interface ImageListProps {
  /** The rows, filtered, in order. */
  ids: readonly ImageId[];
  standings: Standings;
  scroller: HTMLElement;
  desk: Desk;
}

const ACTS = Object.values(CAPTION_ACTS);
const ROW_PX = 168;
const GAP_PX = 12;

/** The sheet's images as a feed; only the rows near the window are in the document. */
export function ImageList({ ids, standings, scroller, desk }: ImageListProps) {
  // The keys come with the rows that they act on: an empty sheet doesn’t load them.
  useActs(ACTS, desk);
  const { rowParts } = desk;
  const actions = useMemo(() => createRowActions(rowParts), [rowParts]);
  const feed = useRef<HTMLDivElement>(null);
  const { virtualizer, activeIndex } = useRows(ids, scroller);
  const show = (id: ImageId): HTMLElement | null => {
    const index = ids.indexOf(id);
    if (index < 0) return null;
    virtualizer.scrollToIndex(index, { align: "auto" });
    return feed.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
  };
  useImperativeHandle(desk.setList, () => ({
    rows: actions,
    focus: (id) => {
      flushSync(() => desk.view.setState({ activeId: id }));
      show(id)?.focus({ preventScroll: true });
    },
    show: (id) => {
      if (id === null) virtualizer.scrollToOffset(0);
      else show(id);
    },
    edit: (text) => {
      flushSync(() => edit(desk.view, text));
      show(text.imageId);
    },
  }));
  return (
    <div
      ref={feed}
      role="feed"
      aria-label="Images"
      className="relative mt-1 w-full"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map((item) => (
        <Row
          key={item.key}
          id={ids[item.index] ?? ""}
          index={item.index}
          total={ids.length}
          startPx={item.start}
          isActive={item.index === (activeIndex < 0 ? 0 : activeIndex)}
          standings={standings}
          measure={virtualizer.measureElement}
          actions={actions}
        />
      ))}
    </div>
  );
}

function useRows(ids: readonly ImageId[], scroller: HTMLElement) {
  const activeId = useCaptionView((state) => state.activeId);
  const activeIndex = activeId === null ? -1 : ids.indexOf(activeId);
  // The active row stays in the document however far the user scrolls, so that it keeps the focus and what is typed
  // in it.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      if (activeIndex < 0 || indexes.includes(activeIndex)) return indexes;
      return [...indexes, activeIndex].toSorted((a, b) => a - b);
    },
    [activeIndex],
  );
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the component that calls this is small
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => ids[index] ?? index,
    gap: GAP_PX,
    overscan: 4,
    // Room for the ring around the row that has the focus.
    scrollPaddingStart: 6,
    scrollPaddingEnd: 6,
    rangeExtractor,
  });
  return { virtualizer, activeIndex };
}

interface RowProps extends Pick<
  ImageRowProps,
  "index" | "total" | "startPx" | "isActive" | "measure" | "actions"
> {
  id: ImageId;
  standings: Standings;
}

/** Looks up what its row shows, so that a row is drawn again only if something of its own changed. */
function Row({ id, standings, ...rest }: RowProps) {
  const image = useSheet((state) => state.images.get(id));
  const hash = image === undefined ? null : pictureHashOf(image);
  const facts = useSheet((state) => (hash === null ? undefined : state.pictures.get(hash)));
  const isSelected = useCaptionView((state) => state.selected.has(id));
  const editedField = useCaptionView((state) =>
    state.editing?.imageId === id ? state.editing.fieldId : null,
  );
  const standing = standings.byId.get(id);
  if (image === undefined || standing === undefined) return null;
  return (
    <ImageRow
      image={image}
      facts={facts ?? null}
      standing={standing}
      isSelected={isSelected}
      editedField={editedField}
      {...rest}
    />
  );
}
