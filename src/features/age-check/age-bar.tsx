import type { ImageId } from "#src/domain/image.ts";
import { AddImages } from "#src/sheet/add-images.tsx";
import { SimulatedTag } from "#src/sheet/answer-facts.tsx";
import { useSheet } from "#src/state/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import type { Face } from "./grid/faces.ts";
import { TakeAwayMenu } from "./take-away-menu.tsx";
import { useAgeDesk, useAgeView, useJudge } from "./use-age.ts";

/** What sheet this is, how far it is judged, and what can be done with all of it. */
export function AgeBar({ faces }: { faces: ReadonlyMap<ImageId, Face> }) {
  const desk = useAgeDesk();
  const name = useSheet((state) => state.sheet.name);
  const mode = useAgeView((state) => state.mode);
  const judge = useJudge();
  const all = [...faces.values()];
  const judged = all.filter((face) => face.standing.has(judge)).length;
  const isEmpty = all.length === 0;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-2.5 gap-y-2 px-3 pt-3.5 pb-3 sm:px-5.5 sm:pt-4.5">
      <h2 className="min-w-0 truncate text-title font-semibold tracking-tight">{name}</h2>
      <span className="text-xs text-ink-2" aria-live="polite">
        {facesText(all.length)} · {judged.toLocaleString("en-US")} judged
      </span>
      {all.some((face) => face.simulated) && (
        <span className="figures">
          <SimulatedTag />
        </span>
      )}
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {mode === "stage" ? (
          <Button key="grid" onClick={desk.showGrid} keys="Escape">
            All faces
          </Button>
        ) : (
          <Button key="stage" disabled={isEmpty} onClick={() => desk.showStage()} keys="o">
            Review one by one
          </Button>
        )}
        <TakeAwayMenu faces={faces} />
        {mode === "grid" && !isEmpty && <AddImages />}
      </span>
    </div>
  );
}

/** "1 face", "1,240 faces". */
function facesText(count: number): string {
  return count === 1 ? "1 face" : `${count.toLocaleString("en-US")} faces`;
}
