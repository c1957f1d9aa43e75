import { Plus, X } from "lucide-react";
import { useRef, type ReactNode } from "react";
import { flushSync } from "react-dom";
import { FixShown } from "#src/features/caption/checks/fix-buttons.tsx";
import type { Desk } from "#src/features/caption/desk.ts";
import { listAll, useCaptionView } from "#src/features/caption/view-state.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Chip } from "#src/ui/button.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { Popover, type PopoverTrigger } from "#src/ui/popover.tsx";
import {
  chipWords,
  FILTER_KINDS,
  filterKey,
  filterWords,
  toggled,
  type FilterKind,
  type ListFilter,
} from "./list-filter.ts";
import type { Listing } from "./listing.ts";
import { grouped } from "#src/lib/counted.ts";

const FilterPanel = lazyPart(async () => (await import("./filter-panel.tsx")).FilterPanel);

/** What most users look for, one press away if there is any of it. */
const OFFERED: readonly ListFilter[] = [
  { kind: "state", is: "missing" },
  { kind: "problem", is: "any" },
  { kind: "edited", is: "edited" },
  { kind: "edited", is: "existing" },
  { kind: "review", is: "unreviewed" },
];
// After these come the problems that most images have.
const MOST_PROBLEMS = 2;

function commonProblems({ facets }: Listing): ListFilter[] {
  return [...facets.values()]
    .filter(({ filter, count }) => filter.kind === "problem" && filter.is !== "any" && count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_PROBLEMS)
    .map(({ filter }) => filter);
}

interface FilterChipsProps {
  desk: Desk;
  listing: Listing;
  /** Shown after the chips, and scrolled with them on a phone. */
  children?: ReactNode;
}

/** The filters that are on, those that are likely wanted, each with the number of images it would leave, and all others. */
export function FilterChips({ desk, listing, children }: FilterChipsProps) {
  const filters = useCaptionView((state) => state.filters);
  const fields = useSheet((state) => state.sheet.fields);
  const group = useRef<HTMLDivElement>(null);
  // The chip that was pressed goes, and the focus must not go with it.
  const set = (next: readonly ListFilter[], kind: FilterKind) => {
    flushSync(() => desk.view.setState({ filters: next }));
    const chips = group.current;
    const same = chips?.querySelector<HTMLElement>(`[data-kind="${kind}"]`);
    (same ?? chips?.querySelector<HTMLElement>("[data-kind]"))?.focus();
  };
  const on = FILTER_KINDS.map((kind) => ({
    kind,
    some: filters.filter((filter) => filter.kind === kind),
  })).filter(({ some }) => some.length > 0);
  const countOf = (filter: ListFilter): number => listing.facets.get(filterKey(filter))?.count ?? 0;
  const offered = [...OFFERED, ...commonProblems(listing)].filter(
    (filter) => countOf(filter) > 0 && !on.some(({ kind }) => kind === filter.kind),
  );
  return (
    <div
      ref={group}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset groups fields, and these are buttons
      role="group"
      aria-label="Filters"
      className="-mx-3 flex min-w-0 flex-1 items-center gap-1.5 overflow-x-auto px-3 py-1 [scrollbar-width:none] sm:mx-0 sm:flex-wrap sm:px-0.5 sm:py-0.5"
    >
      {on.map(({ kind, some }) => {
        const words = chipWords(some, fields);
        return (
          <Chip
            key={kind}
            data-kind={kind}
            pressed
            aria-label={`Filter on: ${words}. Remove`}
            className="inline-flex max-w-80 shrink-0 items-center gap-1.5 pr-1.5!"
            onClick={() =>
              set(
                filters.filter((filter) => filter.kind !== kind),
                kind,
              )
            }
          >
            <span className="truncate">{words}</span>
            <X size={13} aria-hidden="true" className="shrink-0" />
          </Chip>
        );
      })}
      {offered.map((filter) => (
        <Chip
          key={filterKey(filter)}
          data-kind={filter.kind}
          pressed={false}
          className="inline-flex shrink-0 items-center gap-1.5"
          onClick={() => set(toggled(filters, filter), filter.kind)}
        >
          {filterWords(filter, fields)}
          <span className="figures">{grouped(countOf(filter))}</span>
        </Chip>
      ))}
      <Popover label="All filters" className="w-88" trigger={filterTrigger}>
        {() => <FilterPanel desk={desk} listing={listing} />}
      </Popover>
      {listing.isNarrowed && (
        <button
          type="button"
          className="shrink-0 px-1 text-xs whitespace-nowrap text-ink-2 underline underline-offset-3 hover:text-ink pointer-coarse:min-h-10"
          onClick={() => {
            flushSync(() => listAll(desk.view));
            group.current?.querySelector<HTMLElement>("[data-kind]")?.focus();
          }}
        >
          Clear all
        </button>
      )}
      <FixShown desk={desk} listing={listing} />
      {children}
    </div>
  );
}

function filterTrigger(trigger: PopoverTrigger) {
  return (
    <Chip {...trigger} data-kind="all" className="inline-flex shrink-0 items-center gap-1 bg-sheet">
      <Plus size={13} aria-hidden="true" /> Filter
    </Chip>
  );
}
