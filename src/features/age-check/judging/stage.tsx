import { useEffect, useRef } from "react";
import { type ImageId, imageName } from "#src/domain/image.ts";
import { FilmStrip, FramePicture } from "#src/sheet/frame.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import {
  answeredTasks,
  type Face,
  type Faces,
  outcomeOf,
} from "#src/features/age-check/grid/faces.ts";
import { JudgePad } from "./judge-pad.tsx";
import { queueOf } from "./judging.ts";
import { activeSample, rangeText, shortNameOf } from "#src/features/age-check/set-up/settings.ts";
import {
  useAgeDesk,
  useAgeSettings,
  useAgeView,
  useJudge,
} from "#src/features/age-check/age-desk.ts";
import { judgementText, truthIn } from "./judgements.ts";
import { Verdicts } from "#src/features/age-check/figures/verdicts.tsx";
import { formatConfidence } from "#src/lib/format-percent.ts";
import { rule } from "#src/domain/age-overlap.ts";

/** One face at a time, large, with everything that can be said about it. */
export function Stage({ faces }: { faces: Faces }) {
  const { breakClock } = useAgeDesk();
  const currentId = useAgeView((state) => state.currentId);
  const face = faces.get(currentId ?? "");
  const judge = useJudge();
  const settings = useAgeSettings();
  const order = useSheet((state) => state.order);
  const queue = queueOf(order, settings);
  const judged = queue.filter((id) => faces.get(id)?.standing.has(judge) === true).length;
  // Minutes in another tab, or in another view, are not minutes spent on a face.
  useEffect(() => {
    document.addEventListener("visibilitychange", breakClock);
    return () => {
      document.removeEventListener("visibilitychange", breakClock);
      breakClock();
    };
  }, [breakClock]);
  if (face === undefined)
    return <p className="px-5.5 py-16 text-center text-ink-2">There is no face to review here.</p>;
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-3 pb-3 sm:px-5.5">
      <QueueLine at={queue.indexOf(face.image.id)} total={queue.length} judged={judged} />
      <StageFace face={face} />
      <LastJudged faces={faces} isAllJudged={judged === queue.length} />
    </div>
  );
}

function StageFace({ face }: { face: Face }) {
  const desk = useAgeDesk();
  const judge = useJudge();
  const { modelIds, blind } = useAgeSettings();
  // Read so that a reveal draws this again.
  useAgeView((state) => state.revealed);
  const pending = useAgeView((state) => state.pending.has(face.image.id));
  const facts = useSheet((state) => state.pictures.get(face.hash ?? ""));
  const isRevealed = desk.isRevealed(face);
  const said = face.standing.get(judge)?.value.judgement ?? null;
  const canReveal = blind && !isRevealed && answeredTasks(face, modelIds).length > 0;
  const name = imageName(face.image);
  const article = useFocusOnFace(face.image.id);
  return (
    <article
      ref={article}
      tabIndex={-1}
      data-face={face.image.id}
      aria-label={name}
      aria-busy={pending}
      className="grid flex-1 grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(14rem,1fr)_auto] overflow-clip rounded border border-line bg-sheet outline-none"
    >
      <FilmStrip image={face.image} facts={facts ?? null} />
      <FramePicture key={face.image.id} image={face.image} size="copy" className="size-full" />
      <div className="grid gap-3.5 p-3.5 lg:grid-cols-[minmax(0,1fr)_13rem]">
        <JudgePad face={face} said={said} />
        <div>
          <Verdicts face={face} modelIds={modelIds} isRevealed={isRevealed} namesAlways />
          {canReveal && (
            <Button
              look="mini"
              keys="r"
              className="-ml-2"
              title="Your judgement of this face is then no longer blind"
              onClick={desk.reveal}
            >
              Show it
            </Button>
          )}
        </div>
      </div>
    </article>
  );
}

/**
 * Moves the focus to a new face, so that no key reaches what was pressed before, but not away from a field or button on
 * it.
 */
function useFocusOnFace(imageId: ImageId) {
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const article = ref.current;
    if (article === null || article.dataset["face"] !== imageId) return;
    if (!article.contains(document.activeElement)) article.focus({ preventScroll: true });
  }, [imageId]);
  return ref;
}

function QueueLine({ at, total, judged }: { at: number; total: number; judged: number }) {
  const desk = useAgeDesk();
  const settings = useAgeSettings();
  const sample = activeSample(settings);
  const what =
    sample === null ? "the whole sheet" : sample.kind === "random" ? "a random sample" : "a hunt";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-control text-ink-2">
      <span aria-live="polite">
        Face {at + 1} of {total} · {judged} judged · {settings.blind ? "blind" : "not blind"} ·{" "}
        {what}
      </span>
      <span className="ml-auto flex gap-1">
        <Button look="mini" keys="ArrowLeft" onClick={() => desk.move(-1)}>
          Previous
        </Button>
        <Button look="mini" keys="ArrowRight" onClick={() => desk.move(1)}>
          Next
        </Button>
      </span>
    </div>
  );
}

const RULING_WORDS = { right: "agrees", wrong: "differs", undecidable: "overlaps" } as const;

/** The reveal of the face judged last, while the next is already there. */
function LastJudged({ faces, isAllJudged }: { faces: Faces; isAllJudged: boolean }) {
  const desk = useAgeDesk();
  const judge = useJudge();
  const { modelIds } = useAgeSettings();
  const lastId = useAgeView((state) => state.lastId);
  const currentId = useAgeView((state) => state.currentId);
  const face = faces.get(lastId ?? "");
  const said = face?.standing.get(judge)?.value.judgement;
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
            {modelIds.map((modelId) => (
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
