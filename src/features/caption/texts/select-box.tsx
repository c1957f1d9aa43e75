import type { SheetImage } from "#src/domain/image.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";

interface SelectBoxProps {
  image: Pick<SheetImage, "id">;
  name: string;
  isSelected: boolean;
  isReachable: boolean;
  /** Its size, and the room around it. */
  className: string;
  actions: Pick<RowActions, "select">;
}

/** Selects an image; with Shift, everything from the one selected last to it. */
export function SelectBox({
  image,
  name,
  isSelected,
  isReachable,
  className,
  actions,
}: SelectBoxProps) {
  return (
    <input
      type="checkbox"
      aria-label={`Select ${name}`}
      tabIndex={isReachable ? 0 : -1}
      checked={isSelected}
      // The press says whether Shift was held, which a change does not.
      onChange={() => undefined}
      onClick={({ shiftKey }) => actions.select(image.id, shiftKey ? "range" : "toggle")}
      className={`${className} shrink-0 accent-edge pointer-coarse:size-5`}
    />
  );
}
