import { Button } from "#src/ui/button.tsx";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import type { Desk } from "#src/features/caption/desk.ts";
import { ExportMenu } from "#src/features/taking-away/captions-menu.tsx";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { FILTERS, passes } from "./filter-list.ts";
import type { Standings } from "./standing.ts";

/** What can be done with existing images. Loaded with the first of them. */
export function SheetTools({ desk, standings }: { desk: Desk; standings: Standings }) {
  const selectedCount = useCaptionView((state) => state.selected.size);
  const chosen = () => {
    const { selected } = desk.view.getState();
    const { byId } = desk.standings();
    return selected.size === 0 ? byId : new Map([...byId].filter(([id]) => selected.has(id)));
  };
  return (
    <>
      <FilterMenu desk={desk} standings={standings} />
      <ExportMenu selectedCount={selectedCount} chosen={chosen} />
    </>
  );
}

function FilterMenu({ desk, standings }: { desk: Desk; standings: Standings }) {
  const filter = useCaptionView((state) => state.filter);
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
        onChoose: () => desk.view.setState({ filter: option.filter }),
      }))}
    />
  );
}

function filterTrigger(label: string) {
  return (trigger: PopoverTrigger) => <Button {...trigger}>{label}</Button>;
}
