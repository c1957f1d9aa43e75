import { useSheet } from "#src/state/use-sheet.ts";
import { useViewStore } from "#src/state/view-store.ts";
import { AddImages } from "#src/sheet/add-images.tsx";
import { Button } from "#src/ui/button.tsx";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import type { Desk } from "./desk.ts";
import { ExportMenu } from "./export-menu.tsx";
import { FILTERS, passes } from "./filter-list.ts";
import type { Standings } from "./standing.ts";

/** The line above the images: whose sheet, how far, and what can be added, listed and taken away. */
export function SheetBar({ desk, standings }: { desk: Desk; standings: Standings }) {
  const name = useSheet((state) => state.sheet.name);
  const isComplete = useSheet((state) => state.complete);
  const isEmpty = standings.counts.total === 0;
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
      <h2 className="max-w-full truncate max-sm:sr-only text-title font-[650] tracking-[-0.015em]">
        {name}
      </h2>
      <p className="mr-auto text-xs text-ink-2">
        {isComplete ? countsText(standings) : "Opening the rest of this sheet…"}
      </p>
      {!isEmpty && (
        <>
          <AddImages />
          <FilterMenu standings={standings} />
          <ExportMenu desk={desk} />
        </>
      )}
    </div>
  );
}

function countsText({ counts }: Standings): string {
  const count = (number: number, word: string): string =>
    number === 0 ? "" : `${number.toLocaleString("en-US")} ${word}`;
  return [
    counts.total === 1 ? "1 image" : `${counts.total.toLocaleString("en-US")} images`,
    count(counts.preparing, "being prepared"),
    count(counts.done, "answered"),
    count(counts.empty, "answered with nothing"),
    count(counts.refused, "refused"),
    count(counts.failed, "failed"),
    count(counts.unsettled, "unsettled"),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

function FilterMenu({ standings }: { standings: Standings }) {
  const filter = useViewStore((state) => state.filter);
  const setFilter = useViewStore((state) => state.setFilter);
  const current = FILTERS.find((candidate) => candidate.filter === filter);
  const all = [...standings.byId.values()];
  return (
    <Menu
      label="Filter"
      align="end"
      trigger={filterTrigger(filter === "all" ? "Filter" : `Filter: ${current?.label ?? ""}`)}
      items={FILTERS.map((option) => ({
        label: option.label,
        hint: `${all.filter((standing) => passes(standing, option.filter)).length}`,
        checked: option.filter === filter,
        onChoose: () => setFilter(option.filter),
      }))}
    />
  );
}

function filterTrigger(label: string) {
  return (trigger: PopoverTrigger) => <Button {...trigger}>{label}</Button>;
}
