import { ChevronDown } from "lucide-react";
import type { ComparedColumn } from "#src/domain/comparison.ts";
import { classNames } from "#src/lib/class-names.ts";
import type { Rate } from "#src/statistics/intervals.ts";
import { IconButton } from "#src/ui/button.tsx";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import type { ColumnFacts } from "./column-facts.ts";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import { useCompareView } from "#src/features/compare/view-state.ts";
import { costsText, rateText, secondsText } from "#src/features/compare/compare-words.ts";
import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { NARROWEST_PX, WIDEST_PX } from "#src/features/compare/grid/grid-layout.ts";

interface ColumnHeadProps {
  compared: ComparedColumn;
  facts: ColumnFacts | undefined;
  rate: Rate | undefined;
  /** From 0, among `count`. */
  place: number;
  count: number;
  widthPx: number;
  canResize: boolean;
}

/** A column's name, what it asks, and its sums. */
export function ColumnHead(props: ColumnHeadProps) {
  const { compared, facts, rate, widthPx, canResize } = props;
  const { label } = compared;
  return (
    <div className="px-3.5 py-2.5">
      <div className="flex items-start gap-1">
        <h3 className="min-w-0 flex-1 truncate text-sm font-[650]" title={label}>
          {label}
        </h3>
        <ColumnMenu {...props} />
      </div>
      <p className="figures truncate text-ink-2">{askedText(compared)}</p>
      {facts !== undefined && rate !== undefined && <Facts facts={facts} rate={rate} />}
      {canResize && <WidthHandle compared={compared} widthPx={widthPx} />}
    </div>
  );
}

function Facts({ facts, rate }: { facts: ColumnFacts; rate: Rate }) {
  const entries: [term: string, value: string, title?: string | undefined, isMark?: boolean][] = [
    ["cost", facts.answers === 0 ? "–" : costsText(facts.costs)],
    ["median", secondsText(facts.medianMs)],
    ["p95", secondsText(facts.p95Ms)],
    ["words", facts.meanWords === null ? "–" : facts.meanWords.toFixed(0), "Mean words per answer"],
    ["failed", String(facts.failures)],
    ["picks", String(rate.hits), undefined, true],
    ["win rate", rate.share === null ? "–" : rateText(rate), undefined, true],
  ];
  return (
    <dl className="mt-1.5 flex flex-wrap gap-x-3.5 gap-y-1">
      {entries.map(([term, value, title, isMark]) => (
        <div key={term} title={title}>
          <dt className="text-[0.6875rem] leading-4 text-ink-2">{term}</dt>
          <dd
            className={classNames(
              "figures leading-4 font-medium",
              isMark === true && rate.hits > 0 && "text-pencil",
              term === "failed" && facts.failures > 0 && "text-warn",
            )}
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function askedText({ column, recipe }: ComparedColumn): string {
  return [
    column.modelId,
    column.prompt !== null && recipe.prompt !== null ? "own prompt" : "",
    column.sentSize === "auto" ? "" : `${column.sentSize} px`,
    column.repeats === 1 ? "" : `asked ${column.repeats} times`,
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function ColumnMenu({ compared, place, count }: ColumnHeadProps) {
  const { columns, view } = useDesk();
  const expandedId = useCompareView((state) => state.expandedId);
  const { column, label } = compared;
  const { id } = column;
  const settings = columns.settings();
  const isReference = settings.referenceColumnId === id;
  return (
    <Menu
      label={`Column ${label}`}
      align="end"
      trigger={menuTrigger(`Column ${label}`)}
      items={[
        {
          label: "Edit…",
          hint: "Model, prompt, size, repeats, name",
          onChoose: () => columns.edit(id),
        },
        { label: "Duplicate…", onChoose: () => columns.duplicate(id) },
        { label: "Move left", disabled: place === 0, onChoose: () => columns.move(id, -1) },
        { label: "Move right", disabled: place === count - 1, onChoose: () => columns.move(id, 1) },
        {
          label: "Widen this column",
          checked: expandedId === id,
          onChoose: () => view.setState({ expandedId: expandedId === id ? null : id }),
        },
        {
          label: "Share the width evenly",
          disabled: column.widthPx === null,
          onChoose: () => columns.resize(id, null),
        },
        {
          label: "Use its answers as reference",
          hint: "If no reference was typed",
          checked: isReference,
          onChoose: () => columns.change({ referenceColumnId: isReference ? null : id }),
        },
        {
          label: "Use this recipe in Caption",
          onChoose: () => columns.askInCaption(id),
        },
        {
          label: "Remove the column",
          hint: "Its answers stay on the sheet",
          onChoose: () => columns.remove(id),
        },
      ]}
    />
  );
}

function menuTrigger(label: string) {
  return (trigger: PopoverTrigger) => (
    <IconButton {...trigger} label={label} className="-mt-1 -mr-1.5 size-7">
      <ChevronDown size={15} />
    </IconButton>
  );
}

const KEY_STEP_PX = 20;

/** The right edge of a column: dragged, or moved with the arrow keys. During a drag only the edge itself moves. */
function WidthHandle({ compared, widthPx }: Pick<ColumnHeadProps, "compared" | "widthPx">) {
  const { columns } = useDesk();
  const { id } = compared.column;
  const startX = useRef<number | null>(null);
  const resize = (to: number) =>
    columns.resize(id, Math.round(Math.min(WIDEST_PX, Math.max(NARROWEST_PX, to))));
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
      aria-label={`Width of ${compared.label}`}
      aria-valuenow={widthPx}
      aria-valuemin={NARROWEST_PX}
      aria-valuemax={WIDEST_PX}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onKeyDown={onKeyDown}
      onDoubleClick={() => columns.resize(id, null)}
      className="absolute -right-1 inset-y-0 m-0 h-auto border-0 z-10 w-2 translate-x-[var(--moved,0px)] cursor-col-resize touch-none hover:bg-line-2 active:bg-info"
    />
  );
}
