import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useId, useRef, useState, type KeyboardEvent } from "react";
import { flushSync } from "react-dom";
import { normalTag, tagKey } from "#src/domain/tags.ts";
import { classNames } from "#src/lib/class-names.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { Button } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { Meter } from "#src/ui/meter.tsx";
import type { TagTable, TagUse } from "./tag-table.ts";

const ROW_PX = 36;
const PAGE_ROWS = 10;
/** Of a vocabulary; more would hold the page up as a tag is renamed. */
const MOST_OFFERED = 500;

interface TagListProps {
  table: TagTable;
  /** Those that are shown, in their order. */
  tags: readonly TagUse[];
  /** The keys of those that are outside the field’s vocabulary. */
  outside: ReadonlySet<string>;
  /** The field’s vocabulary: what a tag is mostly renamed to. */
  allowed: readonly string[];
  chosenKey: string | null;
  ticked: ReadonlySet<string>;
  onChoose: (key: string) => void;
  onTick: (key: string) => void;
  onRename: (key: string, to: string) => void;
  onRemove: (key: string) => void;
}

/** The tags with their counts. One name is reached by Tab, the others by the arrows; F2 renames, Delete removes. */
export function TagList(props: TagListProps) {
  const { tags, table } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const [renaming, setRenaming] = useState<string | null>(null);
  const active = Math.max(0, Math.min(at, tags.length - 1));
  const rangeExtractor = useCallback(
    (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), active])].toSorted((a, b) => a - b),
    [active],
  );
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the component that calls this is small
  const virtualizer = useVirtualizer({
    count: tags.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => tags[index]?.key ?? index,
    overscan: 6,
    rangeExtractor,
  });
  const focus = (place: number) => {
    flushSync(() => setAt(place));
    virtualizer.scrollToIndex(place, { align: "auto" });
    scroller.current
      ?.querySelector<HTMLElement>(`[data-index="${place}"] [data-name]`)
      ?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const tag = tags[active];
    if (event.target instanceof HTMLInputElement && event.target.type === "text") return;
    if (tag === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const place = placeAfter(event.key, active, tags.length);
    if (place !== null) focus(place);
    else if (event.key === "F2") setRenaming(tag.key);
    else if (event.key === "Delete") props.onRemove(tag.key);
    else return;
    event.preventDefault();
  };
  const most = Math.max(1, ...table.tags.slice(0, 1).map(({ images }) => images.length));
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the arrows go from name to name
    <div
      ref={scroller}
      className="min-h-40 flex-1 overflow-y-auto overscroll-contain rounded border border-line max-md:max-h-[46dvh]"
      onKeyDown={onKeyDown}
    >
      <ul aria-label="Tags" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const use = tags[index];
          if (use === undefined) return null;
          const row = { use, index, total: tags.length, startPx: start };
          return renaming === use.key ? (
            <RenameRow
              key={key}
              {...row}
              table={table}
              allowed={props.allowed}
              onEnd={(to) => {
                flushSync(() => setRenaming(null));
                if (to === null) focus(index);
                else props.onRename(use.key, to);
              }}
            />
          ) : (
            <TagRow
              key={key}
              {...row}
              share={use.images.length / most}
              isOutside={props.outside.has(use.key)}
              isChosen={props.chosenKey === use.key}
              isTicked={props.ticked.has(use.key)}
              isReachable={index === active}
              onFocus={() => setAt(index)}
              onChoose={() => props.onChoose(use.key)}
              onTick={() => props.onTick(use.key)}
              onRename={() => setRenaming(use.key)}
              onRemove={() => props.onRemove(use.key)}
            />
          );
        })}
      </ul>
    </div>
  );
}

function placeAfter(key: string, at: number, total: number): number | null {
  const steps: Record<string, number> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: PAGE_ROWS,
    PageUp: -PAGE_ROWS,
    Home: -total,
    End: total,
  };
  const by = steps[key];
  return by === undefined ? null : Math.max(0, Math.min(total - 1, at + by));
}

interface PlacedRow {
  use: TagUse;
  index: number;
  total: number;
  startPx: number;
}

interface TagRowProps extends PlacedRow {
  share: number;
  isOutside: boolean;
  isChosen: boolean;
  isTicked: boolean;
  isReachable: boolean;
  onFocus: () => void;
  onChoose: () => void;
  onTick: () => void;
  onRename: () => void;
  onRemove: () => void;
}

const ROW_LOOK = "absolute inset-x-0 top-0 flex h-9 items-center gap-3 border-b border-line px-3";

function TagRow({ use: { tag, images }, ...props }: TagRowProps) {
  const tabIndex = props.isReachable ? 0 : -1;
  const times = counted(images.length, "image");
  return (
    <li
      data-index={props.index}
      aria-posinset={props.index + 1}
      aria-setsize={props.total}
      style={{ transform: `translateY(${props.startPx}px)` }}
      className={classNames(ROW_LOOK, props.isChosen && "bg-paper")}
    >
      <input
        type="checkbox"
        onFocus={props.onFocus}
        tabIndex={tabIndex}
        className="size-3.5 shrink-0 accent-ink"
        aria-label={`Select ${tag}`}
        checked={props.isTicked}
        onChange={props.onTick}
      />
      <button
        type="button"
        data-name
        onFocus={props.onFocus}
        tabIndex={tabIndex}
        aria-pressed={props.isChosen}
        aria-keyshortcuts="F2 Delete"
        className={classNames(
          "h-8 min-w-0 flex-1 truncate text-left text-sm",
          props.isChosen && "font-semibold",
        )}
        onClick={props.onChoose}
      >
        <bdi>{tag}</bdi>
        <span className="sr-only">, {times}</span>
      </button>
      {props.isOutside && <span className="text-xs whitespace-nowrap text-warn">outside</span>}
      <span aria-hidden="true" className="contents">
        <Meter
          label="Used"
          share={props.share}
          text={times}
          tone="quiet"
          className="w-20 max-sm:hidden"
        />
        <span className="figures w-9 text-right">{grouped(images.length)}</span>
      </span>
      <span className="flex shrink-0">
        <Button
          look="mini"
          tabIndex={tabIndex}
          aria-label={`Rename ${tag}`}
          onClick={props.onRename}
        >
          Rename
        </Button>
        <Button
          look="mini"
          tabIndex={tabIndex}
          aria-label={`Remove ${tag}`}
          onClick={props.onRemove}
        >
          Remove
        </Button>
      </span>
    </li>
  );
}

interface RenameRowProps extends PlacedRow {
  table: TagTable;
  allowed: readonly string[];
  /** Null if nothing is renamed. */
  onEnd: (to: string | null) => void;
}

function RenameRow({ use, table, allowed, onEnd, ...props }: RenameRowProps) {
  const [name, setName] = useState(use.tag);
  const key = tagKey(name);
  const other = key === use.key ? undefined : table.byKey.get(key);
  const joined = new Set([...use.images, ...(other?.images ?? [])]).size;
  const listId = useId();
  const isDone = useRef(false);
  const end = (to: string | null) => {
    if (isDone.current) return;
    isDone.current = true;
    onEnd(to);
  };
  return (
    <li
      data-index={props.index}
      style={{ transform: `translateY(${props.startPx}px)` }}
      className={classNames(ROW_LOOK, "inset-ring-2 inset-ring-focus")}
    >
      <del className="max-w-28 truncate text-sm text-ink-2 max-sm:hidden">{use.tag}</del>
      <input
        type="text"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the user just asked to rename this very tag
        autoFocus
        aria-label={`New name for ${use.tag}`}
        aria-describedby={other === undefined ? undefined : `joins-${props.index}`}
        dir="auto"
        className={`${controlLook} h-7! min-w-24 flex-1 py-0!`}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onFocus={({ target }) => target.select()}
        list={allowed.length === 0 ? undefined : listId}
        onBlur={({ target }) => {
          // Looking into another window is not leaving.
          if (target !== document.activeElement) end(null);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key !== "Enter" && event.key !== "Escape") return;
          event.preventDefault();
          event.stopPropagation();
          const to = normalTag(name);
          end(event.key === "Enter" && to !== "" ? to : null);
        }}
      />
      <datalist id={listId}>
        {allowed.slice(0, MOST_OFFERED).map((tag) => (
          <option key={tag}>{tag}</option>
        ))}
      </datalist>
      {other !== undefined && (
        <span id={`joins-${props.index}`} className="text-xs whitespace-nowrap text-ink-2">
          joins the one there: {grouped(joined)} in all
        </span>
      )}
    </li>
  );
}
