import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { fieldOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { ExportMenu } from "#src/features/taking-away/captions-menu.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import type { Act } from "#src/ui/acts.ts";
import { Button } from "#src/ui/button.tsx";
import { Menu, wordsTrigger } from "#src/ui/menu.tsx";
import {
  filterKey,
  filterWords,
  toggled,
  type ListFilter,
} from "#src/features/caption/listing/list-filter.ts";
import type { Listing } from "#src/features/caption/listing/listing.ts";

/** What can be done with existing images. Loaded with the first of them. */
export function SheetTools({ desk, listing }: { desk: Desk; listing: Listing }) {
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
      <FilterMenu desk={desk} listing={listing} />
      <ExportMenu selectedCount={selectedCount} chosen={chosen} field={field} />
    </>
  );
}

/** The filters, in the order of the menu. */
const FILTERS: readonly ListFilter[] = [
  { kind: "state", is: "missing" },
  { kind: "state", is: "running" },
  { kind: "state", is: "captioned" },
  { kind: "edited", is: "edited" },
  { kind: "problem", is: "any" },
];

function FilterMenu({ desk, listing }: { desk: Desk; listing: Listing }) {
  const filters = useCaptionView((state) => state.filters);
  const fields = useSheet((state) => state.sheet.fields);
  const keys = new Set(filters.map(filterKey));
  return (
    <Menu
      label="Filter"
      align="end"
      trigger={wordsTrigger(filters.length === 0 ? "Filter" : `Filter: ${keys.size}`)}
      items={FILTERS.map((filter) => ({
        label: filterWords(filter, fields),
        hint: `${listing.facets.get(filterKey(filter))?.count ?? 0}`,
        checked: keys.has(filterKey(filter)),
        onChoose: () => desk.view.setState({ filters: toggled(filters, filter) }),
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
