import { useState } from "react";
import type { SheetImage } from "#src/domain/image.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import { report } from "#src/sheet/tell.ts";
import { grouped } from "#src/lib/counted.ts";
import { longestSide, partsOf } from "#src/state/pictures/parts.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";

interface SplitNoteProps {
  image: SheetImage;
  facts: PictureFacts | null;
  isReachable: boolean;
  actions: RowActions;
}

/** Warns that little of a long picture can be seen at the size that it is sent, and offers to split it. */
export function SplitNote({ image, facts, isReachable, actions }: SplitNoteProps) {
  const sheet = useSheet((state) => state.sheet);
  const [isUnderWay, setIsUnderWay] = useState(false);
  const { length } = partsOf(facts, sheet);
  if (facts === null || length === 0 || image.source.kind === "part") return null;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-warn">
      {longText(facts, longestSide(sheet))}
      <Button
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

/** "At 1,024 px this is 74 px wide: its text can’t be read." */
function longText({ width, height }: PictureFacts, side: number): string {
  const isTall = height >= width;
  const shorter = Math.max(
    1,
    Math.round((Math.min(width, height) * side) / Math.max(width, height)),
  );
  return `At ${grouped(side)} px this is ${grouped(shorter)} px ${isTall ? "wide" : "high"}: its text can’t be read.`;
}
