import { EllipsisVertical } from "lucide-react";
import type { ImageId } from "#src/domain/image.ts";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import { FixSelected } from "#src/features/caption/checks/fix-buttons.tsx";
import type { Desk } from "#src/features/caption/desk.ts";
import { fieldOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { ExportMenu, type ExportScope } from "#src/features/taking-away/captions-menu.tsx";
import { longImages } from "#src/state/pictures/parts.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import type { Act } from "#src/ui/acts.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { ariaKeys } from "#src/ui/key-hint.tsx";
import { Menu, type MenuTrigger } from "#src/ui/menu.tsx";
import type { Listing } from "#src/features/caption/listing/listing.ts";
import { grouped } from "#src/lib/counted.ts";

/** What can be done with existing images. Loaded with the first of them. */
export function SheetTools({ desk, listing }: { desk: Desk; listing: Listing }) {
  const selectedCount = useCaptionView((state) => state.selected.size);
  const fieldId = useCaptionView((state) => state.fieldId);
  const field = useSheet((state) => fieldOf({ fieldId }, state.sheet.fields));
  const hasTags = useSheet(({ sheet }) => sheet.fields.some(({ kind }) => kind === "tags"));
  const chosen = (scope: ExportScope) => {
    const { selected } = desk.view.getState();
    const { byId } = desk.standings();
    if (scope === "all") return byId;
    const shown = new Set(desk.listed());
    const isWanted = (id: ImageId) => (scope === "selected" ? selected.has(id) : shown.has(id));
    return new Map([...byId].filter(([id]) => isWanted(id)));
  };
  const images = useSheet((state) => state.images);
  const pictures = useSheet((state) => state.pictures);
  const sheet = useSheet((state) => state.sheet);
  const long = longImages({ images, pictures, sheet });
  const longParts = [...long.values()].reduce((sum, { length }) => sum + length, 0);
  const counts = {
    all: listing.total,
    selected: selectedCount,
    shown: listing.isNarrowed ? listing.counts.listed : null,
  };
  return (
    <>
      <Button
        className="max-sm:hidden"
        aria-keyshortcuts={ariaKeys("b")}
        title="Find and replace (B)"
        onClick={() => CAPTION_ACTS.bulk.run(desk)}
      >
        Find and replace
      </Button>
      {hasTags && (
        <Button
          className="max-sm:hidden"
          aria-keyshortcuts={ariaKeys("t")}
          title="Tags (T)"
          onClick={() => CAPTION_ACTS.tags.run(desk)}
        >
          Tags
        </Button>
      )}
      <ExportMenu counts={counts} chosen={chosen} field={field} />
      <Menu
        label="More for this sheet"
        align="end"
        trigger={moreTrigger}
        items={[
          ...(long.size === 0
            ? []
            : [
                {
                  label: `Split ${long.size === 1 ? "the long image" : `all ${grouped(long.size)} long images`}`,
                  hint: `Into ${grouped(longParts)} parts, asked about instead`,
                  onChoose: () => CAPTION_ACTS.splitLong.run(desk),
                },
              ]),
          ...(hasTags ? [CAPTION_ACTS.tags, ...OVERVIEWS] : OVERVIEWS).map(({ label, run }) => ({
            label,
            onChoose: () => run(desk),
          })),
        ]}
      />
    </>
  );
}

const OVERVIEWS: readonly Act<Desk>[] = [
  CAPTION_ACTS.bulk,
  CAPTION_ACTS.consistency,
  CAPTION_ACTS.nearPictures,
  CAPTION_ACTS.models,
];

function moreTrigger(trigger: MenuTrigger) {
  return (
    <IconButton {...trigger} label="More for this sheet">
      <EllipsisVertical size={16} />
    </IconButton>
  );
}

interface SelectionBarProps {
  desk: Desk;
  listing: Listing;
}

/** What can be done to the selected images; absent if there are none. */
export function SelectionBar({ desk, listing }: SelectionBarProps) {
  const { ids, counts, isNarrowed } = listing;
  const selected = useCaptionView((state) => state.selected);
  if (selected.size === 0) return null;
  const hidden = isNarrowed ? selected.size - ids.filter((id) => selected.has(id)).length : 0;
  const every = grouped(counts.listed);
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2 rounded border border-ink px-3 py-1 text-control">
      <span aria-live="polite" className="mr-2 font-semibold">
        {grouped(selected.size)} selected
        {hidden > 0 && (
          <span className="font-normal text-ink-2">, {grouped(hidden)} of them not shown</span>
        )}
      </span>
      <ActButton
        act={CAPTION_ACTS.selectAll}
        desk={desk}
        words={isNarrowed ? `Select the ${every} shown` : `Select all ${every}`}
      />
      <ActButton act={CAPTION_ACTS.selectNone} desk={desk} />
      <ActButton act={CAPTION_ACTS.review} desk={desk} />
      <ActButton act={CAPTION_ACTS.bulk} desk={desk} words="Edit in bulk" />
      <ActButton act={CAPTION_ACTS.role} desk={desk} />
      <FixSelected desk={desk} listing={listing} />
      <ActButton act={CAPTION_ACTS.remove} desk={desk} words={`Remove ${grouped(selected.size)}`} />
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
