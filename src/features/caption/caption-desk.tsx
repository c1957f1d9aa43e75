import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { deskOf, useStandings } from "./desk.ts";
import { SheetArea } from "./list/sheet-area.tsx";
import { CaptionRunBar } from "./run/caption-run-bar.tsx";

/** The sheet's images with their texts, and what can be asked. Loaded with the first image. */
export function CaptionDesk() {
  const sheet = useOpenSheet();
  const desk = deskOf(sheet);
  const standings = useStandings(desk);
  return (
    <>
      <SheetArea desk={desk} standings={standings} />
      <div className="md:col-span-2">
        <CaptionRunBar desk={desk} standings={standings} />
      </div>
    </>
  );
}
