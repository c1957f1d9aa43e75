import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { Folder } from "lucide-react";
import { type Ref, useCallback, useImperativeHandle, useMemo, useRef } from "react";
import { flushSync } from "react-dom";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { ImageId } from "#src/domain/image.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Highlighted } from "#src/ui/highlighted.tsx";
import type { LayoutProps } from "#src/features/caption/layout-props.ts";
import type { ListGroup } from "#src/features/caption/listing/listing.ts";
import { useShownRow } from "#src/features/caption/shown-row.ts";
import { hoverHandlers } from "#src/features/caption/texts/text-tools.tsx";
import { edit, select, useCaptionView } from "#src/features/caption/view-state.ts";
import { ImageRow, type ImageRowProps } from "./image-row.tsx";

const ROW_PX = 53;
// On a phone the picture gives a row its height.
const PHONE_ROW_PX = 97;
const PHONE_MOST_PX = 639;
const MORE_FIELD_PX = 24;
const HEAD_PX = 34;

/** The sheet's images as a dense feed, with a head for each folder; only the rows near the window are in the document. */
export function ImageList({ listing, standings, scroller, desk }: LayoutProps) {
  const { ids, groups, common } = listing;
  const feed = useRef<HTMLDivElement>(null);
  const items = useMemo(() => withHeads(ids, groups), [ids, groups]);
  const { virtualizer, activeIndex } = useRows(items, scroller);
  const show = (id: ImageId): HTMLElement | null => {
    const index = items.indexOf(id);
    if (index < 0) return null;
    virtualizer.scrollToIndex(index, { align: "auto" });
    return feed.current?.querySelector<HTMLElement>(`[data-index="${index}"]`) ?? null;
  };
  useImperativeHandle(desk.setList, () => ({
    focus: (id) => {
      flushSync(() => desk.view.setState({ activeId: id }));
      show(id)?.focus({ preventScroll: true });
    },
    show: (id) => {
      // Looking for the end of the list lays it out, which is not needed at its top.
      if (id === null) {
        if ((virtualizer.scrollOffset ?? 0) > 0) virtualizer.scrollToOffset(0);
      } else show(id);
    },
    edit: (text) => {
      flushSync(() => edit(desk.view, text));
      show(text.imageId);
    },
    hasFocus: () => feed.current?.contains(document.activeElement) === true,
    columns: () => 1,
  }));
  return (
    <div
      ref={feed}
      // A feed holds articles alone.
      role={groups.length === 0 ? "feed" : "group"}
      aria-label="Images"
      {...hoverHandlers(desk.view)}
      className="relative w-full"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ key, index, start }) => {
        const item = items[index];
        if (item === undefined) return null;
        if (typeof item !== "string")
          return (
            <GroupHead
              key={key}
              group={item}
              onSelect={() => select(desk.view, ids.slice(item.from, item.from + item.count))}
              onContext={() => openContext(desk, item.folder)}
              index={index}
              startPx={start}
              measure={virtualizer.measureElement}
            />
          );
        return (
          <Row
            key={key}
            id={item}
            index={index}
            position={index - headsAbove(groups, index) + 1}
            total={ids.length}
            startPx={start}
            isFirst={typeof items[index - 1] !== "string"}
            isLast={typeof items[index + 1] !== "string"}
            isFolderShown={groups.length === 0}
            isActive={index === activeIndex}
            standings={standings}
            found={listing.problems.get(item)}
            measure={virtualizer.measureElement}
            actions={desk.rows}
            common={common}
          />
        );
      })}
    </div>
  );
}

type ListItem = ListGroup | ImageId;

function withHeads(ids: readonly ImageId[], groups: readonly ListGroup[]): readonly ListItem[] {
  if (groups.length === 0) return ids;
  return groups.flatMap<ListItem>((group) => [
    group,
    ...ids.slice(group.from, group.from + group.count),
  ]);
}

/** How many heads stand above the item at this place. */
function headsAbove(groups: readonly ListGroup[], index: number): number {
  return groups.filter(({ from }, at) => from + at < index).length;
}

function useRows(items: readonly ListItem[], scroller: HTMLElement) {
  const activeId = useCaptionView((state) => state.activeId);
  const fieldCount = useSheet((state) => state.sheet.fields.length);
  const known = activeId === null ? -1 : items.indexOf(activeId);
  const activeIndex = known < 0 ? items.findIndex((item) => typeof item === "string") : known;
  // The active row stays in the document however far the user scrolls, so that it keeps the focus and what is typed
  // in it.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const indexes = defaultRangeExtractor(range);
      if (known < 0 || indexes.includes(known)) return indexes;
      return [...indexes, known].toSorted((a, b) => a - b);
    },
    [known],
  );
  // With others it would lay out thousands of rows anew.
  const estimateSize = useCallback(
    (index: number) => {
      if (typeof items[index] !== "string") return HEAD_PX;
      const rowPx = window.innerWidth > PHONE_MOST_PX ? ROW_PX : PHONE_ROW_PX;
      return rowPx + MORE_FIELD_PX * (fieldCount - 1);
    },
    [items, fieldCount],
  );
  const getItemKey = useCallback(
    (index: number) => {
      const item = items[index];
      return typeof item === "string" ? item : `folder/${item?.from ?? index}`;
    },
    [items],
  );
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the component that calls this is small
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize,
    getItemKey,
    overscan: 3,
    // Drawn in a task of its own, rows don’t hold up the scrolling that asks for them.
    useFlushSync: false,
    // Room for the ring around the row that has the focus.
    scrollPaddingStart: 6,
    scrollPaddingEnd: 6,
    rangeExtractor,
  });
  return { virtualizer, activeIndex };
}

/** What prompts are told about the images of a folder. */
function openContext({ view }: LayoutProps["desk"], folder: string): void {
  view.setState({ dialog: { kind: "context", folder, imageId: null } });
}

interface GroupHeadProps {
  group: ListGroup;
  onSelect: () => void;
  onContext: () => void;
  index: number;
  startPx: number;
  measure: Ref<HTMLDivElement>;
}

/** Which folder the rows under it come from, and how far they are. */
function GroupHead({ group, onSelect, onContext, index, startPx, measure }: GroupHeadProps) {
  const { folder, count, reviewed, note } = group;
  const facts = `${counted(count, "image")} · ${grouped(reviewed)} reviewed`;
  return (
    <div
      ref={measure}
      data-index={index}
      style={{ transform: `translateY(${startPx}px)` }}
      className="absolute inset-x-0 top-0 flex h-8.5 items-center gap-2.5 pt-1 text-control"
    >
      <h3 className="flex min-w-0 shrink items-center gap-1.75 font-semibold" title={folder}>
        <Folder size={15} aria-hidden="true" className="shrink-0 text-ink-2" />
        <bdi className="truncate">
          {folder === "" ? "No folder" : <Highlighted text={folder} />}
        </bdi>
      </h3>
      <span className="shrink-0 text-xs text-ink-2">{facts}</span>
      {note !== "" && (
        <span className="min-w-0 truncate text-xs text-ink-2 max-sm:hidden" title={note}>
          · {note}
        </span>
      )}
      <Button
        look="mini"
        className="ml-auto max-sm:hidden"
        aria-label={`Select ${folder === "" ? "those without a folder" : `all in ${folder}`}`}
        onClick={onSelect}
      >
        Select
      </Button>
      {folder !== "" && (
        <Button
          look="mini"
          className="max-sm:hidden"
          aria-label={`Context of ${folder}`}
          onClick={onContext}
        >
          Context
        </Button>
      )}
    </div>
  );
}

interface RowProps extends Omit<
  ImageRowProps,
  "image" | "facts" | "standing" | "isSelected" | "editedField" | "problems"
> {
  id: ImageId;
  found: ImageRowProps["problems"] | undefined;
  standings: LayoutProps["standings"];
}

/** Looks up what its row shows, so that a row is drawn again only if something of its own changed. */
function Row({ id, found, standings, ...rest }: RowProps) {
  const shown = useShownRow(id, { standing: standings.byId.get(id), problems: found });
  const hash = shown === null ? null : pictureHashOf(shown.image);
  const facts = useSheet((state) => (hash === null ? undefined : state.pictures.get(hash)));
  return shown === null ? null : <ImageRow facts={facts ?? null} {...shown} {...rest} />;
}
