import { ArrowDown, ArrowUp } from "lucide-react";
import { useId, type ReactNode } from "react";
import { modelById } from "#src/catalog/find-models.ts";
import type { Fields } from "#src/domain/field.ts";
import { languageName } from "#src/domain/language.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import {
  changeCaption,
  SORT_ORDERS,
  useCaptionSettings,
  type SortOrder,
} from "#src/features/caption/settings.ts";
import { AddImages } from "#src/sheet/add-images.tsx";
import { report } from "#src/sheet/tell.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { IconButton } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { counted, grouped } from "#src/lib/counted.ts";
import { ReviewBar } from "#src/features/caption/texts/review-tick.tsx";
import { FilterChips } from "./filter-chips.tsx";
import type { Common, Listing } from "./listing.ts";
import { SearchField } from "./search-field.tsx";

interface ToolsBarProps {
  desk: Desk;
  listing: Listing;
  /** What can be done with what is listed. */
  tools: ReactNode;
  /** Which layout shows it. */
  layouts: ReactNode;
}

/** Above the images: how many of them are listed, what can be done with them, and what is looked for. */
export function ToolsBar({ desk, listing, tools, layouts }: ToolsBarProps) {
  const fields = useSheet((state) => state.sheet.fields);
  const isComplete = useSheet((state) => state.complete);
  const facts = commonFacts(listing.common, fields);
  const title = titleOf(listing);
  return (
    <div className="flex flex-col gap-1.75">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5">
        <h2 className="text-[0.9375rem] font-[650] tracking-[-0.01em] whitespace-nowrap tabular-nums">
          {title}
        </h2>
        {listing.isNarrowed && <output className="sr-only">{title} images</output>}
        <p className="min-w-0 truncate text-xs text-ink-2 tabular-nums max-sm:flex-1">
          {isComplete ? countsText(listing) : "Opening the rest of this sheet…"}
        </p>
        <span className="mr-auto pl-1 max-lg:hidden">
          {listing.counts.reviewed > 0 && <ReviewBar counts={listing.counts} />}
        </span>
        <AddImages />
        {tools}
      </div>
      <div className="flex min-w-0 items-center gap-2">
        <SearchField desk={desk} />
        <SortChoice className="max-sm:hidden" />
        {layouts}
      </div>
      <div className="flex min-w-0 gap-x-2 gap-y-1 max-xl:flex-col xl:items-center">
        <FilterChips desk={desk} listing={listing}>
          <SortChoice className="sm:hidden" />
        </FilterChips>
        {facts !== "" && (
          <p className="figures text-ink-2">
            <span className="sr-only">The same for all: </span>
            <span aria-hidden="true">all: </span>
            {facts}
          </p>
        )}
      </div>
    </div>
  );
}

/** "All 142 images", "Showing 61 of 142". */
function titleOf({ counts, total, isNarrowed }: Listing): string {
  if (!isNarrowed) return total === 1 ? "1 image" : `All ${counted(total, "image")}`;
  return `Showing ${grouped(counts.listed)} of ${grouped(total)}`;
}

function countsText({ counts, unchecked }: Listing): string {
  const count = (number: number, words: string): string =>
    number === 0 ? "" : `${grouped(number)} ${words}`;
  return [
    count(counts.preparing, "being prepared"),
    `${grouped(counts.captioned)} captioned`,
    count(counts.decorative, "decorative"),
    count(counts.reviewed, "reviewed"),
    count(counts.problems, counts.problems === 1 ? "with a problem" : "with problems"),
    // Until then the number of problems is not the last word.
    count(unchecked, "still to be checked"),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** "Qwen 7B · English · simulated": what no row need say. */
function commonFacts({ modelId, isSimulated }: Common, fields: Fields): string {
  const languages = new Set(fields.map(({ language }) => language));
  const [language = null] = languages;
  return [
    modelId === null ? "" : (modelById(modelId)?.shortName ?? modelId),
    language === null || languages.size > 1 ? "" : languageName(language),
    isSimulated === true ? "simulated" : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

const SORT_WORDS: Record<SortOrder, string> = {
  sheet: "Sheet order",
  name: "Name",
  folder: "Folder, then name",
  length: "Length",
  cost: "Cost",
  newest: "Newest first",
};

/** The order of the images, which the sheet remembers. */
function SortChoice({ className }: { className: string }) {
  const open = useOpenSheet();
  const id = useId();
  const { sort, isDescending } = useCaptionSettings();
  const change = (changed: Parameters<typeof changeCaption>[1]) =>
    report(changeCaption(open, changed));
  return (
    <span className={`inline-flex shrink-0 items-center ${className}`}>
      <label htmlFor={id} className="sr-only">
        Order
      </label>
      <select
        id={id}
        className={`${controlLook} h-8 w-auto! rounded-r-none! py-0! pr-1! pl-1.5! text-control! pointer-coarse:h-10`}
        value={sort}
        onChange={({ target }) => {
          const chosen = SORT_ORDERS.find((order) => order === target.value);
          if (chosen !== undefined) change({ sort: chosen, isDescending: false });
        }}
      >
        {SORT_ORDERS.map((order) => (
          <option key={order} value={order}>
            {SORT_WORDS[order]}
          </option>
        ))}
      </select>
      <IconButton
        label="Backwards"
        aria-pressed={isDescending}
        className="h-8! w-7! rounded-l-none border border-l-0 border-line-2 bg-sheet pointer-coarse:h-10! pointer-coarse:w-10!"
        onClick={() => change({ isDescending: !isDescending })}
      >
        {isDescending ? <ArrowUp size={14} /> : <ArrowDown size={14} />}
      </IconButton>
    </span>
  );
}
