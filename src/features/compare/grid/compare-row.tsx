import { memo, type Ref } from "react";
import type { CompareSettings } from "#src/domain/compare-settings.ts";
import type { ComparedColumn, ComparedRow } from "#src/domain/comparison.ts";
import { imageName } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import { CompareCell } from "./compare-cell.tsx";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import type { GridLayout } from "./grid-layout.ts";
import { PictureCell } from "./picture-cell.tsx";

interface CompareRowProps {
  row: ComparedRow | undefined;
  columns: readonly ComparedColumn[];
  settings: CompareSettings;
  /** From 0, among `total` rows that are listed. */
  index: number;
  total: number;
  topPx: number;
  isActive: boolean;
  layout: GridLayout;
  /** The places across that are near the window, from and to, inclusive. */
  first: number;
  last: number;
  measure: Ref<HTMLElement>;
}

/** One picture with what every column says of it: an article named by its file name. */
export const CompareRow = memo(function CompareRow(props: CompareRowProps) {
  const { row, columns, settings, index, total, isActive, layout, first, last, measure, topPx } =
    props;
  const { view } = useDesk();
  if (row === undefined) return null;
  const { image } = row;
  const order = settings.blind ? row.blindOrder : [...columns.keys()];
  const skippedPx = sum(layout.columns.slice(0, first));
  return (
    <article
      ref={measure}
      data-index={index}
      data-image-id={image.id}
      aria-label={imageName(image)}
      aria-posinset={index + 1}
      aria-setsize={total}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- rows take the focus, one at a time, so that keys can vote
      tabIndex={isActive ? 0 : -1}
      onFocusCapture={() => view.setState({ activeId: image.id })}
      style={{ top: topPx }}
      className={classNames(
        "absolute left-0 flex min-h-52 w-full border-b border-line bg-sheet",
        "focus-visible:-outline-offset-2",
      )}
    >
      <PictureCell
        row={row}
        isBlind={settings.blind}
        widthPx={layout.picture}
        isSmall={layout.swipes}
      />
      {skippedPx > 0 && <div className="shrink-0" style={{ width: skippedPx }} />}
      {order.slice(first, last + 1).map((column, offset) => (
        <CompareCell
          key={first + offset}
          row={row}
          columns={columns}
          settings={settings}
          index={column}
          place={first + offset + 1}
          widthPx={layout.columns[first + offset] ?? 0}
        />
      ))}
    </article>
  );
});

function sum(widths: readonly number[]): number {
  return widths.reduce((total, width) => total + width, 0);
}
