import { useCaptionView } from "#src/features/caption/view-state.ts";
import { ActButton } from "#src/ui/act-button.tsx";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import type { Desk } from "#src/features/caption/desk.ts";

/** What can be done to the selected images; absent if there are none. */
export function SelectionBar({ desk }: { desk: Desk }) {
  const count = useCaptionView((state) => state.selected.size);
  if (count === 0) return null;
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-2 rounded border border-ink px-3 py-1.5 text-control">
      <span aria-live="polite" className="mr-2 font-semibold">
        {count.toLocaleString("en-US")} selected
      </span>
      <ActButton look="mini" act={CAPTION_ACTS.selectAll} on={desk}>
        Select all
      </ActButton>
      <ActButton look="mini" act={CAPTION_ACTS.selectNone} on={desk} />
      <ActButton look="mini" act={CAPTION_ACTS.remove} on={desk}>
        Remove
      </ActButton>
    </div>
  );
}
