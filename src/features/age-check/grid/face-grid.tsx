import { measureElement, useVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useMemo, useRef, useState } from "react";
import type { ImageId } from "#src/domain/image.ts";
import { Button, Chip } from "#src/ui/button.tsx";
import { FaceCard } from "./face-card.tsx";
import type { Face, Faces } from "./faces.ts";
import { useAgeDesk, useAgeSettings, useAgeView } from "#src/features/age-check/age-desk.ts";
import { hunt } from "#src/features/age-check/samples/samples.ts";
import type { AgeViewState } from "#src/features/age-check/view-state.ts";

const CARD_PX = 188;
const GAP_PX = 14;
const ROW_PX = 340;

/** All faces, for looking over; only the rows near the window are in the document. */
export function FaceGrid({ faces }: { faces: Faces }) {
  const order = useAgeView((state) => state.order);
  const focus = useAgeView((state) => state.focus);
  const { modelIds } = useAgeSettings();
  const listed = useMemo(
    () => listedFaces(faces, { order, modelIds, only: focus?.imageIds ?? null }),
    [faces, order, modelIds, focus],
  );
  return (
    <>
      <GridTools count={listed.length} />
      <CardRows listed={listed} />
    </>
  );
}

function GridTools({ count }: { count: number }) {
  const { view } = useAgeDesk();
  const order = useAgeView((state) => state.order);
  const focus = useAgeView((state) => state.focus);
  const { modelIds } = useAgeSettings();
  const orders = ORDERS.filter((one) => one.order !== "disagreement" || modelIds.length > 1);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-1.5 px-3 pb-2.5 sm:px-5.5">
      {orders.map(({ order: one, name }) => (
        <Chip key={one} pressed={order === one} onClick={() => view.setState({ order: one })}>
          {name}
        </Chip>
      ))}
      {focus !== null && (
        <output className="flex items-center gap-2 text-control">
          Only {focus.label} ({count})
          <Button onClick={() => view.setState({ focus: null })}>Show all faces</Button>
        </output>
      )}
    </div>
  );
}

function CardRows({ listed }: { listed: readonly Face[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const across = useCardsAcross(scroller);
  const rowCount = Math.ceil(listed.length / across);
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the component that calls this is small
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    gap: GAP_PX,
    overscan: 2,
    measureElement: (element, entry, instance) => {
      const heightPx = measureElement(element, entry, instance);
      // Rows that are hidden, as on a phone that shows the figures, keep their height.
      return heightPx > 0 ? heightPx : ROW_PX;
    },
  });
  return (
    <div
      ref={scroller}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-3 pb-6 sm:px-5.5"
    >
      <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((row) => (
          <div
            key={row.key}
            ref={virtualizer.measureElement}
            data-index={row.index}
            className="absolute inset-x-0 top-0 grid gap-3.5"
            style={{
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))`,
            }}
          >
            {listed.slice(row.index * across, (row.index + 1) * across).map((face) => (
              <FaceCard key={face.image.id} face={face} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function useCardsAcross(scroller: React.RefObject<HTMLElement | null>): number {
  const [across, setAcross] = useState(4);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const measure = () => {
      const style = getComputedStyle(element);
      const inner =
        element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      setAcross(Math.max(1, Math.floor((inner + GAP_PX) / (CARD_PX + GAP_PX))));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  return across;
}

/** The orders of the grid. */
const ORDERS: readonly { order: AgeViewState["order"]; name: string }[] = [
  { order: "sheet", name: "Sheet order" },
  { order: "least-sure", name: "Least sure first" },
  { order: "disagreement", name: "Models disagree first" },
];

/** The faces that the grid lists, in its order. */
function listedFaces(
  faces: Faces,
  {
    order,
    modelIds,
    only,
  }: {
    order: AgeViewState["order"];
    modelIds: readonly string[];
    only: readonly ImageId[] | null;
  },
): Face[] {
  const wanted = only === null ? [...faces.values()] : only.flatMap((id) => faces.get(id) ?? []);
  if (order === "sheet") return wanted;
  const first = hunt(wanted, order, { modelIds, threshold: 0 });
  const rank = new Map(first.map((id, index) => [id, index]));
  return wanted.toSorted(
    (a, b) => (rank.get(a.image.id) ?? Infinity) - (rank.get(b.image.id) ?? Infinity) || 0,
  );
}
