import { useId, useState, type FormEvent } from "react";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { fieldOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { readWholeNumber } from "#src/lib/read-number.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";
import {
  FILTER_KINDS,
  filterKey,
  filterWords,
  toggled,
  type FilterKind,
  type ListFilter,
} from "./list-filter.ts";
import type { Facet, Listing } from "./listing.ts";
import { grouped } from "#src/lib/counted.ts";

const HEADS: Record<FilterKind, string> = {
  found: "Found",
  folder: "Folder",
  state: "State",
  problem: "Problems",
  edited: "Edited",
  review: "Review",
  role: "Role",
  tag: "Tag",
  length: "Length",
  field: "Field",
  model: "Model",
  prompt: "Prompt",
};

/** Every filter that this sheet knows, with the number of images each would leave. */
export function FilterPanel({ desk, listing }: { desk: Desk; listing: Listing }) {
  const filters = useCaptionView((state) => state.filters);
  const fieldCount = useSheet((state) => state.sheet.fields.length);
  const on = new Set(filters.map(filterKey));
  const facetsOf = (kind: FilterKind): Facet[] =>
    [...listing.facets.values()]
      .filter(
        ({ filter, count }) => filter.kind === kind && (count > 0 || on.has(filterKey(filter))),
      )
      .toSorted((a, b) => Number(isAny(b.filter)) - Number(isAny(a.filter)));
  return (
    <div className="space-y-3.5">
      {FILTER_KINDS.map((kind) => {
        const facets = facetsOf(kind);
        // What is so of every image filters nothing.
        const isChoice =
          facets.length > 1 ||
          facets.some(({ count, filter }) => count < listing.total || on.has(filterKey(filter)));
        if (kind === "length") return <LengthFilter key={kind} desk={desk} facets={facets} />;
        if (!isChoice || (kind === "field" && fieldCount === 1)) return null;
        return (
          <fieldset key={kind} className="relative">
            <legend className="mb-1 text-xs font-semibold text-ink-2">{HEADS[kind]}</legend>
            {kind === "problem" && (
              <Button
                look="mini"
                className="absolute! -top-1 right-0"
                onClick={() => CAPTION_ACTS.checks.run(desk)}
              >
                Choose checks
              </Button>
            )}
            <div className="max-h-56 overflow-y-auto">
              {facets.map((facet) => (
                <FilterChoice key={filterKey(facet.filter)} desk={desk} facet={facet} />
              ))}
            </div>
          </fieldset>
        );
      })}
    </div>
  );
}

function isAny(filter: ListFilter): boolean {
  return filter.kind === "problem" && filter.is === "any";
}

function FilterChoice({ desk, facet: { filter, count } }: { desk: Desk; facet: Facet }) {
  const filters = useCaptionView((state) => state.filters);
  const fields = useSheet((state) => state.sheet.fields);
  const key = filterKey(filter);
  const words = isAny(filter) ? "Any of them" : filterWords(filter, fields);
  return (
    <label className="flex min-h-7 items-center gap-2.5 rounded px-1 text-control hover:bg-paper pointer-coarse:min-h-10">
      <input
        type="checkbox"
        className="size-4 shrink-0 accent-ink"
        checked={filters.some((one) => filterKey(one) === key)}
        onChange={() => desk.view.setState({ filters: toggled(filters, filter) })}
      />
      <span className="min-w-0 flex-1 truncate" title={words}>
        {words}
      </span>
      <span className="figures text-ink-2">{grouped(count)}</span>
    </label>
  );
}

const MOST_LENGTH = 100_000;
// Screen readers read in runs of about 125 characters.
const USUAL_LENGTH = 125;

/** Texts that are longer or shorter than a number of the user’s. */
function LengthFilter({ desk, facets }: { desk: Desk; facets: readonly Facet[] }) {
  const fields = useSheet((state) => state.sheet.fields);
  const fieldId = useCaptionView((state) => state.fieldId);
  const shown = fieldOf({ fieldId }, fields);
  const [chosenId, setChosenId] = useState(shown.id);
  const [is, setIs] = useState<"over" | "under">("over");
  const { limit, id } = fieldOf({ fieldId: chosenId }, fields);
  const [typed, setTyped] = useState("");
  const usual = limit?.most ?? USUAL_LENGTH;
  const than = typed === "" ? usual : readWholeNumber(typed);
  const isRight = than !== null && than <= MOST_LENGTH;
  const unit = limit?.unit ?? "characters";
  const ids = { number: useId(), is: useId(), field: useId() };
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (!isRight) return;
    const filter: ListFilter = { kind: "length", fieldId: id, is, than, unit };
    const { filters } = desk.view.getState();
    const key = filterKey(filter);
    if (!filters.some((one) => filterKey(one) === key))
      desk.view.setState({ filters: [...filters, filter] });
  };
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-semibold text-ink-2">{HEADS.length}</legend>
      {facets.map((facet) => (
        <FilterChoice key={filterKey(facet.filter)} desk={desk} facet={facet} />
      ))}
      <form onSubmit={add} className="flex flex-wrap items-center gap-1.5">
        {fields.length > 1 && (
          <>
            <label htmlFor={ids.field} className="sr-only">
              Length of
            </label>
            <select
              id={ids.field}
              className={`${controlLook} w-auto! max-w-32 py-1! text-control!`}
              value={id}
              onChange={(event) => setChosenId(event.target.value)}
            >
              {fields.map((field) => (
                <option key={field.id} value={field.id}>
                  {field.name}
                </option>
              ))}
            </select>
          </>
        )}
        <label htmlFor={ids.is} className="sr-only">
          Over or under
        </label>
        <select
          id={ids.is}
          className={`${controlLook} w-auto! py-1! text-control!`}
          value={is}
          onChange={(event) => setIs(event.target.value === "under" ? "under" : "over")}
        >
          <option value="over">Over</option>
          <option value="under">Under</option>
        </select>
        <label htmlFor={ids.number} className="sr-only">
          How many {unit}
        </label>
        <input
          id={ids.number}
          inputMode="numeric"
          className={`${controlLook} w-18! py-1! text-control!`}
          placeholder={`${usual}`}
          value={typed}
          aria-invalid={!isRight || undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="text-xs text-ink-2">{unit}</span>
        <Button type="submit" disabled={!isRight} className="ml-auto">
          Add
        </Button>
      </form>
    </fieldset>
  );
}
