import { AddImages } from "#src/sheet/add-images.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import type { Desk } from "#src/features/caption/desk.ts";
import type { Standings } from "./standing.ts";

const SheetTools = lazyPart(async () => (await import("./sheet-tools.tsx")).SheetTools);

/** The line above the images: whose sheet, how far, and what can be added, listed and taken away. */
export function SheetBar({ desk, standings }: { desk: Desk; standings: Standings }) {
  const name = useSheet((state) => state.sheet.name);
  const isComplete = useSheet((state) => state.complete);
  const isEmpty = standings.counts.total === 0;
  return (
    <div className="flex flex-wrap items-center gap-x-2.5 gap-y-2">
      <h2 className="max-w-full truncate max-sm:sr-only text-title font-[650] tracking-[-0.015em]">
        {name}
      </h2>
      <p className="mr-auto text-xs text-ink-2 max-sm:w-full">
        {isComplete ? countsText(standings) : "Opening the rest of this sheet…"}
      </p>
      {!isEmpty && (
        <>
          <AddImages />
          <SheetTools desk={desk} standings={standings} />
        </>
      )}
    </div>
  );
}

function countsText({ counts }: Standings): string {
  const count = (number: number, word: string): string =>
    number === 0 ? "" : `${number.toLocaleString("en-US")} ${word}`;
  return [
    counts.total === 1 ? "1 image" : `${counts.total.toLocaleString("en-US")} images`,
    count(counts.preparing, "being prepared"),
    count(counts.done, "answered"),
    count(counts.empty, "answered with nothing"),
    count(counts.refused, "refused"),
    count(counts.failed, "failed"),
    count(counts.unsettled, "unsettled"),
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
