import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { fieldOf, type ListFilter, useCaptionView } from "#src/features/caption/view-state.ts";
import { ExportMenu } from "#src/features/taking-away/captions-menu.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import type { Act } from "#src/ui/acts.ts";
import { Button } from "#src/ui/button.tsx";
import { Menu, wordsTrigger } from "#src/ui/menu.tsx";
import { passes } from "./filter-list.ts";
import type { Standings } from "./standing.ts";

/** What can be done with existing images. Loaded with the first of them. */
export function SheetTools({ desk, standings }: { desk: Desk; standings: Standings }) {
  const selectedCount = useCaptionView((state) => state.selected.size);
  const fieldId = useCaptionView((state) => state.fieldId);
  const field = useSheet((state) => fieldOf({ fieldId }, state.sheet.fields));
  const chosen = () => {
    const { selected } = desk.view.getState();
    const { byId } = desk.standings();
    return selected.size === 0 ? byId : new Map([...byId].filter(([id]) => selected.has(id)));
  };
  return (
    <>
      <FilterMenu desk={desk} standings={standings} />
      <ExportMenu selectedCount={selectedCount} chosen={chosen} field={field} />
    </>
  );
}

/** The filters with their names, in the order of the menu. */
const FILTERS: readonly { filter: ListFilter; label: string }[] = [
  { filter: "all", label: "All images" },
  { filter: "missing", label: "Not answered" },
  { filter: "running", label: "Running" },
  { filter: "done", label: "Answered" },
  { filter: "edited", label: "Edited" },
  { filter: "failed", label: "Needs a look" },
];

function FilterMenu({ desk, standings }: { desk: Desk; standings: Standings }) {
  const filter = useCaptionView((state) => state.filter);
  const current = FILTERS.find((candidate) => candidate.filter === filter);
  const all = [...standings.byId.values()];
  return (
    <Menu
      label="Filter"
      align="end"
      trigger={wordsTrigger(filter === "all" ? "Filter" : `Filter: ${current?.label ?? ""}`)}
      items={FILTERS.map((option) => ({
        label: option.label,
        hint: `${all.filter((standing) => passes(standing, option.filter)).length}`,
        checked: option.filter === filter,
        onChoose: () => desk.view.setState({ filter: option.filter }),
      }))}
    />
  );
}

/** What can be done to the selected images; absent if there are none. */
export function SelectionBar({ desk }: { desk: Desk }) {
  const count = useCaptionView((state) => state.selected.size);
  if (count === 0) return null;
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-2 rounded border border-ink px-3 py-1.5 text-control">
      <span aria-live="polite" className="mr-2 font-semibold">
        {count.toLocaleString("en-US")} selected
      </span>
      <ActButton act={CAPTION_ACTS.selectAll} desk={desk} words="Select all" />
      <ActButton act={CAPTION_ACTS.selectNone} desk={desk} />
      <ActButton act={CAPTION_ACTS.remove} desk={desk} words="Remove" />
    </div>
  );
}

interface ActButtonProps {
  act: Act<Desk>;
  desk: Desk;
  /** Words other than the act’s own, beside the number of the selected. */
  words?: string;
}

/** Does what an act says, with the first of its keys printed on it. */
function ActButton({ act, desk, words = act.label }: ActButtonProps) {
  return (
    <Button look="mini" keys={act.keys[0]} onClick={() => act.run(desk)}>
      {words}
    </Button>
  );
}
