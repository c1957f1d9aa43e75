import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import type { ColumnId } from "#src/domain/compare-settings.ts";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import { NARROWEST_PX, WIDEST_PX } from "./grid-layout.ts";

const KEY_STEP_PX = 20;

/** The right edge of a column: dragged, or moved with the arrow keys. While it is dragged only the edge itself moves. */
export function WidthHandle({
  columnId,
  label,
  widthPx,
}: {
  columnId: ColumnId;
  label: string;
  widthPx: number;
}) {
  const { columns } = useDesk();
  const startX = useRef<number | null>(null);
  const resize = (to: number) =>
    columns.resize(columnId, Math.round(Math.min(WIDEST_PX, Math.max(NARROWEST_PX, to))));
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    startX.current = event.clientX;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (startX.current === null) return;
    event.currentTarget.style.setProperty("--moved", `${event.clientX - startX.current}px`);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const from = startX.current;
    startX.current = null;
    event.currentTarget.style.setProperty("--moved", "0px");
    if (from !== null && event.clientX !== from) resize(widthPx + event.clientX - from);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -KEY_STEP_PX, ArrowRight: KEY_STEP_PX }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    resize(widthPx + by);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that takes the focus is a control
    <hr
      aria-orientation="vertical"
      aria-label={`Width of ${label}`}
      aria-valuenow={widthPx}
      aria-valuemin={NARROWEST_PX}
      aria-valuemax={WIDEST_PX}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onKeyDown={onKeyDown}
      onDoubleClick={() => columns.resize(columnId, null)}
      className="absolute -right-1 inset-y-0 m-0 h-auto border-0 z-10 w-2 translate-x-[var(--moved,0px)] cursor-col-resize touch-none hover:bg-line-2 active:bg-info"
    />
  );
}
