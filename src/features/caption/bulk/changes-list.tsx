import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useCallback, useId, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { flushSync } from "react-dom";
import type { Field } from "#src/domain/field.ts";
import { frameText } from "#src/domain/frame.ts";
import { imageName } from "#src/domain/image.ts";
import { LengthMeter } from "#src/features/caption/texts/text-facts.tsx";
import { classNames } from "#src/lib/class-names.ts";
import { FramePicture } from "#src/sheet/frame.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { ChangedWords } from "#src/ui/changed-words.tsx";
import { changeKey, type ChangeRow } from "./preview.ts";

const ROW_PX = 56;
const PAGE_ROWS = 8;
/** As many rows as are laid out at once: all 15,000 of a large sheet would hold the page up. */
const ROWS_AT_ONCE = 600;

interface ChangesListProps {
  rows: readonly ChangeRow[];
  /** The keys of those that stay as they are. */
  left: ReadonlySet<string>;
  onToggle: (key: string) => void;
}

/**
 * Changes one under another, each to be left out by its tick. One of the ticks is reached by Tab, the others by the arrows;
 * only what is near the window is in the document.
 */
export function ChangesList({ rows, left, onToggle }: ChangesListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const active = Math.min(at, rows.length - 1);
  const [most, setMost] = useState(ROWS_AT_ONCE);
  const count = Math.min(rows.length, Math.max(most, active + 1));
  // The row with the focus stays in the document however far the user scrolls.
  const rangeExtractor = useCallback(
    (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), active])].toSorted((a, b) => a - b),
    [active],
  );
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the component that calls this is small
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : changeKey(row);
    },
    overscan: 4,
    rangeExtractor,
    // More of them before the end comes into view.
    onChange: ({ range }) => {
      const end = range?.endIndex ?? 0;
      if (count < rows.length && end > count - ROWS_AT_ONCE / 4)
        setMost((before) => Math.max(before, count + ROWS_AT_ONCE));
    },
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const to = placeAfter(event.key, active, rows.length);
    if (to === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    flushSync(() => setAt(to));
    virtualizer.scrollToIndex(to, { align: "auto" });
    scroller.current
      ?.querySelector<HTMLElement>(`[data-index="${to}"] input`)
      ?.focus({ preventScroll: true });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the arrows go from tick to tick
    <div
      ref={scroller}
      className="min-h-24 flex-1 overflow-y-auto overscroll-contain rounded border border-line max-md:max-h-[60dvh]"
      onKeyDown={onKeyDown}
    >
      <ul aria-label="Changes" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ key, index, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <Row
              key={key}
              row={row}
              index={index}
              total={rows.length}
              startPx={start}
              measure={virtualizer.measureElement}
              isLeft={left.has(changeKey(row))}
              isReachable={index === active}
              onFocus={() => setAt(index)}
              onToggle={() => onToggle(changeKey(row))}
            />
          );
        })}
      </ul>
    </div>
  );
}

function placeAfter(key: string, at: number, total: number): number | null {
  const within = (to: number): number => Math.max(0, Math.min(total - 1, to));
  switch (key) {
    case "ArrowDown":
      return within(at + 1);
    case "ArrowUp":
      return within(at - 1);
    case "PageDown":
      return within(at + PAGE_ROWS);
    case "PageUp":
      return within(at - PAGE_ROWS);
    case "Home":
      return 0;
    case "End":
      return within(total);
    default:
      return null;
  }
}

interface RowProps {
  row: ChangeRow;
  index: number;
  total: number;
  startPx: number;
  measure: Ref<HTMLLIElement>;
  isLeft: boolean;
  isReachable: boolean;
  onFocus: () => void;
  onToggle: () => void;
}

function Row({ row, isLeft, measure, ...props }: RowProps) {
  const textId = useId();
  const image = useSheet((state) => state.images.get(row.imageId));
  const fields = useSheet((state) => state.sheet.fields);
  const field: Field | undefined = fields.find(({ id }) => id === row.fieldId);
  const name = image === undefined ? "an image" : imageName(image);
  const label = fields.length > 1 && field !== undefined ? `${field.name} of ${name}` : name;
  const isEmpty = row.after.trim() === "";
  return (
    <li
      ref={measure}
      data-index={props.index}
      aria-posinset={props.index + 1}
      aria-setsize={props.total}
      style={{ transform: `translateY(${props.startPx}px)` }}
      className="absolute inset-x-0 top-0 grid min-h-14 grid-cols-[3.25rem_4.5rem_minmax(0,1fr)] border-b border-line last:border-b-0 max-sm:grid-cols-[3.25rem_minmax(0,1fr)]"
    >
      {/* The whole strip is the tick’s, for the thumb. */}
      <label className="flex items-center justify-center gap-1.5 bg-film font-mono text-[0.6875rem] leading-none font-medium text-edge max-sm:flex-col">
        <span aria-hidden="true">{image === undefined ? "" : frameText(image)}</span>
        <input
          type="checkbox"
          className="size-3.5 accent-edge"
          aria-label={`Change ${label}`}
          aria-describedby={textId}
          tabIndex={props.isReachable ? 0 : -1}
          checked={!isLeft}
          onFocus={props.onFocus}
          onChange={props.onToggle}
        />
      </label>
      {image === undefined ? (
        <span className="bg-film max-sm:hidden" />
      ) : (
        <FramePicture image={image} className="max-sm:hidden" />
      )}
      <div className="flex min-w-0 flex-wrap items-baseline justify-end gap-x-3 px-3 py-1.5">
        <p
          id={textId}
          lang={field?.language ?? undefined}
          className={classNames(
            "min-w-40 flex-1 text-sm leading-5",
            isLeft &&
              "text-ink-2 [&_del]:no-underline [&_ins]:bg-transparent [&_ins]:text-ink-2 [&_ins]:no-underline",
          )}
        >
          {fields.length > 1 && (
            <span className="block text-xs text-ink-2">{field?.name ?? row.fieldId}</span>
          )}
          <ChangedWords before={row.before} after={row.after} />
        </p>
        {isEmpty ? (
          <span className="text-xs text-warn">Empty</span>
        ) : (
          <LengthMeter text={row.after} limit={field?.limit ?? null} />
        )}
      </div>
    </li>
  );
}
