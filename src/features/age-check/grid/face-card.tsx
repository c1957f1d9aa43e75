import { Flag } from "lucide-react";
import { memo } from "react";
import { rule } from "#src/domain/age-overlap.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import { imageName } from "#src/domain/image.ts";
import type { Judgement } from "#src/domain/mark.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { FilmStrip, FramePicture } from "#src/sheet/frame.tsx";
import { type AgeDesk, judgementText } from "#src/features/age-check/age-desk.ts";
import { outcomeOf, type Face } from "./faces.ts";
import { judgeName, truthIn } from "#src/features/age-check/judging/judgements.ts";
import { SayRow } from "#src/features/age-check/judging/say-row.tsx";
import { Verdicts } from "#src/features/age-check/figures/verdicts.tsx";

interface FaceCardProps {
  face: Face;
  facts: PictureFacts | null;
  modelIds: readonly string[];
  /** The groups to choose from; null if the age is typed. */
  groups: readonly AgeRange[] | null;
  /** This user's current judgement; null if there is none. */
  said: Judgement | null;
  isRevealed: boolean;
  desk: AgeDesk;
}

/** One face in the grid: picture, verdicts and the user's judgement, in red. */
export const FaceCard = memo(function FaceCard(props: FaceCardProps) {
  const { face, facts, modelIds, groups, said, isRevealed, desk } = props;
  const name = imageName(face.image);
  return (
    <article
      aria-label={name}
      className="flex flex-col overflow-clip rounded border border-line bg-sheet"
    >
      <FilmStrip image={face.image} facts={facts} />
      <div className="relative">
        <button
          type="button"
          aria-label={`Review ${name} large`}
          className="block w-full cursor-zoom-in bg-film"
          onClick={() => desk.showStage(face.image.id)}
        >
          <FramePicture image={face.image} className="pointer-events-none aspect-square w-full" />
        </button>
        <PencilMark ruling={rulingOn(face, modelIds, said)} />
        {face.flag !== null && (
          <span className="absolute top-2 left-2">
            <span className="sr-only">Flagged</span>
            <Flag size={18} aria-hidden="true" className="fill-pencil text-pencil" />
          </span>
        )}
      </div>
      <div className="flex flex-1 flex-col gap-2 px-2.75 pt-2.5 pb-2.75">
        <Verdicts face={face} modelIds={modelIds} isRevealed={isRevealed} />
        {face.image.preparation.phase !== "unseen" && (
          <SayRow face={face} groups={groups} said={said} desk={desk} />
        )}
        <SaidLines face={face} said={said} isRevealed={isRevealed} />
      </div>
    </article>
  );
});

/** The tick or cross of the user's pencil; drawn if one model is shown and the truth decides. */
function PencilMark({ ruling }: { ruling: "right" | "wrong" | null }) {
  if (ruling === null) return null;
  return (
    <span className="pointer-events-none absolute top-2 right-2">
      <span className="sr-only">
        {ruling === "right" ? "The model is right" : "The model is wrong"}
      </span>
      <svg
        viewBox="0 0 34 34"
        aria-hidden="true"
        className="size-8.5 fill-none stroke-pencil"
        strokeWidth="3.4"
        strokeLinecap="round"
      >
        <path
          d={
            ruling === "right"
              ? "M6 19c4 3 6 6 7 9C17 17 21 11 29 5"
              : "M6 7c8 6 15 13 22 21M28 5C20 12 12 20 5 29"
          }
        />
      </svg>
    </span>
  );
}

function rulingOn(
  face: Face,
  modelIds: readonly string[],
  said: Judgement | null,
): "right" | "wrong" | null {
  const [modelId, ...others] = modelIds;
  if (modelId === undefined || others.length > 0 || said === null) return null;
  if (said.kind === "wrong") return "wrong";
  const truth = truthIn(said);
  const outcome = outcomeOf(face, modelId);
  if (truth?.kind !== "years" || outcome?.kind !== "group") return null;
  const ruling = rule(truth.range, outcome.range);
  return ruling === "undecidable" ? null : ruling;
}

/** What this user said besides a group, and what other judges said. Theirs stay hidden as long as the models' do. */
function SaidLines({
  face,
  said,
  isRevealed,
}: {
  face: Face;
  said: Judgement | null;
  isRevealed: boolean;
}) {
  const isOther = said !== null && said.kind !== "range" && said.kind !== "age";
  const others = isRevealed
    ? [...face.standing].filter(([, mark]) => mark.value.judgement !== said)
    : [];
  if (!isOther && others.length === 0) return null;
  return (
    <ul className="text-xs text-pencil">
      {isOther && <li>You said: {judgementText(said)}</li>}
      {others.map(([judge, mark]) => (
        <li key={judge}>
          {judgeName(judge)}: {judgementText(mark.value.judgement)}
        </li>
      ))}
    </ul>
  );
}
