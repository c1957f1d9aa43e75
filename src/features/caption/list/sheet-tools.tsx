import { useViewStore } from "#src/state/view-store.ts";
import { Button } from "#src/ui/button.tsx";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import type { Desk } from "#src/features/caption/desk.ts";
import { ExportMenu } from "#src/features/caption/export-menu.tsx";
import { FILTERS, passes } from "./filter-list.ts";
import type { Standings } from "./standing.ts";

/** What can be done with images that are there. Loaded with the first of them. */
export function SheetTools({ desk, standings }: { desk: Desk; standings: Standings }) {
  return (
    <>
      <FilterMenu standings={standings} />
      <ExportMenu desk={desk} />
    </>
  );
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
