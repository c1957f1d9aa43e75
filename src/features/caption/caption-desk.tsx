import { useDeferredValue, useMemo } from "react";
import { askedRecipes } from "#src/catalog/find-models.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { type Desk, deskOf } from "./desk.ts";
import { SheetArea } from "./list/sheet-area.tsx";
import type { Standings } from "./list/standing.ts";
import { useCaptionSettings } from "./settings.ts";
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

/** The standings of the open sheet under its current fields. */
export function useStandings({ standingsOf }: Desk): Standings {
  const order = useSheet((state) => state.order);
  const images = useSheet((state) => state.images);
  const tasks = useSheet((state) => state.tasks);
  const marks = useSheet((state) => state.marks);
  const fields = useSheet((state) => state.sheet.fields);
  // Another recipe concerns every image, and typing in the prompt must not wait for that.
  const settled = useDeferredValue(fields);
  const asked = useMemo(() => askedRecipes(settled), [settled]);
  const { asksExisting } = useCaptionSettings();
  return useMemo(
    () => standingsOf({ order, images, tasks, marks, fields: asked, asksExisting }),
    [standingsOf, order, images, tasks, marks, asked, asksExisting],
  );
}
