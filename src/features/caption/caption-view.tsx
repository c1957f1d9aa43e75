import { useDeferredValue, useEffect, useMemo } from "react";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { CaptionRunBar } from "./run/caption-run-bar.tsx";
import { createDesk, type Desk } from "./desk.ts";
import { useCaptionView } from "./view-state.ts";
import { RecipePanel } from "./recipe/recipe-panel.tsx";
import { SheetArea } from "./list/sheet-area.tsx";
import { askedRecipes } from "#src/catalog/find-models.ts";
import type { Standings } from "./list/standing.ts";

const CaptionDialogs = lazyPart(
  async () => (await import("./caption-dialogs.tsx")).CaptionDialogs,
  { giveUp: ({ onClose }) => onClose() },
);

/** Images on the left, words on the right: describes images and lets the user correct and export the words. */
export function CaptionView() {
  const sheet = useOpenSheet();
  const desk = useMemo(() => createDesk(sheet), [sheet]);
  const close = () => desk.view.setState({ dialog: null });
  // If the user left by the browser’s Back, a dialog is not open when they come back.
  useEffect(() => () => desk.view.setState({ dialog: null }), [desk]);
  const standings = useStandings(desk);
  const hasDialog = useCaptionView((state) => state.dialog !== null);
  return (
    <div className="grid h-full grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] md:grid-cols-[18.5rem_minmax(0,1fr)] md:grid-rows-[minmax(0,1fr)_auto]">
      <RecipePanel />
      <SheetArea desk={desk} standings={standings} />
      <div className="md:col-span-2">
        <CaptionRunBar desk={desk} standings={standings} />
      </div>
      {hasDialog && <CaptionDialogs desk={desk} onClose={close} />}
    </div>
  );
}

/** The standings of the open sheet under its current recipe. */
function useStandings({ standingsOf }: Desk): Standings {
  const order = useSheet((state) => state.order);
  const images = useSheet((state) => state.images);
  const tasks = useSheet((state) => state.tasks);
  const marks = useSheet((state) => state.marks);
  const fields = useSheet((state) => state.sheet.fields);
  // Another recipe concerns every image, and typing in the prompt must not wait for that.
  const settled = useDeferredValue(fields);
  const asked = useMemo(() => askedRecipes(settled), [settled]);
  return useMemo(
    () => standingsOf({ order, images, tasks, marks, fields: asked }),
    [standingsOf, order, images, tasks, marks, asked],
  );
}
