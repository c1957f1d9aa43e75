import { useViewStore } from "#src/state/view-store.ts";
import { Button } from "#src/ui/button.tsx";
import type { Desk } from "#src/features/caption/desk.ts";

/** What can be done to the images that are selected; not there while none is. */
export function SelectionBar({ desk }: { desk: Desk }) {
  const count = useViewStore((state) => state.selected.size);
  const select = useViewStore((state) => state.select);
  if (count === 0) return null;
  return (
    <div className="mt-2.5 flex flex-wrap items-center gap-2 rounded border border-ink px-3 py-1.5 text-control">
      <span aria-live="polite" className="mr-2 font-semibold">
        {count.toLocaleString("en-US")} selected
      </span>
      <Button look="mini" onClick={desk.selectAll} keys="$mod+a">
        Select all
      </Button>
      <Button look="mini" onClick={() => select([])} keys="Escape">
        Select none
      </Button>
      <Button look="mini" onClick={desk.removeSelected} keys="Delete">
        Remove
      </Button>
    </div>
  );
}
