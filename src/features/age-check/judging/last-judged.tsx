import { formatConfidence } from "#src/lib/format-percent.ts";
import { imageName, type ImageId } from "#src/domain/image.ts";
import { rule } from "#src/domain/age-overlap.ts";
import { Button } from "#src/ui/button.tsx";
import { judgementText } from "#src/features/age-check/age-desk.ts";
import { outcomeOf, type Face } from "#src/features/age-check/grid/faces.ts";
import { truthIn } from "./judgements.ts";
import { rangeText, shortNameOf } from "#src/features/age-check/set-up/label-sets.ts";
import { queueOf } from "./queue.ts";
import {
  useAgeDesk,
  useAgeSettings,
  useAgeView,
  useJudge,
} from "#src/features/age-check/use-age.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

const RULING_WORDS = { right: "agrees", wrong: "differs", undecidable: "overlaps" } as const;

/** The reveal of the face judged last, while the next is already there. */
export function LastJudged({ faces }: { faces: ReadonlyMap<ImageId, Face> }) {
  const desk = useAgeDesk();
  const judge = useJudge();
  const settings = useAgeSettings();
  const order = useSheet((state) => state.order);
  const lastId = useAgeView((state) => state.lastId);
  const currentId = useAgeView((state) => state.currentId);
  const face = faces.get(lastId ?? "");
  const said = face?.standing.get(judge)?.value.judgement;
  const isAllJudged = queueOf(order, settings).every(
    (id) => faces.get(id)?.standing.has(judge) === true,
  );
  return (
    <div
      aria-live="polite"
      className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 text-control text-ink-2"
    >
      {face !== undefined && said !== undefined && lastId !== null && (
        <>
          <span>
            {imageName(face.image)}: you said{" "}
            <strong className="text-pencil">{judgementText(said)}</strong>
            {settings.modelIds.map((modelId) => (
              <span key={modelId}>{verdictText(face, modelId, truthIn(said))}</span>
            ))}
          </span>
          {currentId !== lastId && (
            <Button
              look="mini"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => desk.showStage(lastId)}
            >
              Look again
            </Button>
          )}
        </>
      )}
      {isAllJudged && <span className="font-semibold text-ink">All of these are judged.</span>}
    </div>
  );
}

function verdictText(face: Face, modelId: string, truth: ReturnType<typeof truthIn>): string {
  const outcome = outcomeOf(face, modelId);
  if (outcome?.kind !== "group") return "";
  const confidence =
    outcome.confidence === null ? "" : ` at ${formatConfidence(outcome.confidence)}`;
  const ruling =
    truth?.kind === "years" ? `, ${RULING_WORDS[rule(truth.range, outcome.range)]}` : "";
  return ` · ${shortNameOf(modelId)} ${rangeText(outcome.range)}${confidence}${ruling}`;
}
