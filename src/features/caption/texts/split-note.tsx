import { useState } from "react";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import { lengthNote } from "#src/sheet/picture-notes.ts";
import { report } from "#src/sheet/tell.ts";
import { partCount, partsOf } from "#src/state/pictures/parts.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { classNames } from "#src/lib/class-names.ts";

interface SplitNoteProps {
  image: SheetImage;
  isReachable: boolean;
  actions: Pick<RowActions, "split">;
  /** Leaves out what can’t be seen, if there is no room for it: it is on hover. */
  isShort?: boolean;
  className?: string;
}

/** Warns that little of a long picture can be seen at the size that it is sent, and offers to split it. */
export function SplitNote({ image, isReachable, isShort = false, ...props }: SplitNoteProps) {
  const { actions, className } = props;
  const sheet = useSheet((state) => state.sheet);
  const facts = useSheet((state) => state.pictures.get(pictureHashOf(image) ?? ""));
  const isSplit = useSheet((state) => partCount(state, image.id) > 0);
  const [isUnderWay, setIsUnderWay] = useState(false);
  if (facts === undefined || isSplit) return null;
  const note = lengthNote(facts, 0, sheet);
  if (note === null) return null;
  const { length } = partsOf(facts, sheet);
  return (
    <span
      className={classNames("flex flex-wrap items-center gap-x-2 gap-y-1 text-warn", className)}
    >
      <span title={note.text}>{isShort ? "Too long to read" : note.text}</span>
      <Button
        look="mini"
        className="-my-0.5 border border-line-2 bg-sheet font-sans text-ink!"
        tabIndex={isReachable ? 0 : -1}
        aria-disabled={isUnderWay}
        title={`The ${length} parts are asked about instead: the price is that of ${length} images`}
        onClick={() => {
          if (isUnderWay) return;
          setIsUnderWay(true);
          report(actions.split([image.id]).finally(() => setIsUnderWay(false)));
        }}
      >
        {isUnderWay ? "Splitting…" : `Split into ${length} parts`}
      </Button>
    </span>
  );
}
