import { Flag } from "lucide-react";
import { memo, useState } from "react";
import { rule, sameRange } from "#src/domain/age-overlap.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import { imageName } from "#src/domain/image.ts";
import type { Judgement } from "#src/domain/mark.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { FilmStrip, FramePicture } from "#src/sheet/frame.tsx";
import {
  useAgeDesk,
  useAgeSettings,
  useAgeView,
  useJudge,
} from "#src/features/age-check/age-desk.ts";
import { judgementText, judgeName, truthIn } from "#src/features/age-check/judging/judgements.ts";
import { type Face, outcomeOf } from "./faces.ts";
import { Verdicts } from "#src/features/age-check/figures/verdicts.tsx";
import { typedYears } from "#src/domain/age-label.ts";
import { classNames } from "#src/lib/class-names.ts";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import { groupsOfSet, rangeText, spokenRange } from "#src/features/age-check/set-up/settings.ts";

/** One face in the grid: picture, verdicts and the user's judgement, in red. */
export const FaceCard = memo(function FaceCard({ face }: { face: Face }) {
  const desk = useAgeDesk();
  const judge = useJudge();
  const { modelIds } = useAgeSettings();
  const facts = useSheet((state) => state.pictures.get(face.hash ?? ""));
  const isRevealed = useAgeView(() => desk.isRevealed(face));
  const said = face.standing.get(judge)?.value.judgement ?? null;
  const name = imageName(face.image);
  return (
    <article
      aria-label={name}
      className="flex flex-col overflow-clip rounded border border-line bg-sheet"
    >
      <FilmStrip image={face.image} facts={facts ?? null} />
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
        {face.image.preparation.phase !== "unseen" && <SayRow face={face} said={said} />}
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

interface SayRowProps {
  face: Face;
  /** This user's current judgement; null if there is none. */
  said: Judgement | null;
}

/** Where the user says what is true of a face: a group or an age, or that there is none to tell. */
function SayRow({ face, said }: SayRowProps) {
  const groups = groupsOfSet(useAgeSettings().labelSet);
  return (
    <div className="mt-auto flex items-stretch gap-1">
      {groups === null ? (
        <AgeBox face={face} said={said} />
      ) : (
        <GroupRow groups={groups} face={face} said={said} />
      )}
      <MoreWords face={face} />
    </div>
  );
}

function GroupRow({ groups, face, said }: SayRowProps & { groups: readonly AgeRange[] }) {
  const desk = useAgeDesk();
  return (
    <fieldset
      aria-label="True age group"
      className={classNames(
        "grid min-w-0 flex-1 gap-0.75",
        groups.length > 5 ? "grid-cols-3" : "grid-cols-5 pointer-coarse:grid-cols-3",
      )}
    >
      {groups.map((range) => {
        const isOn = said?.kind === "range" && sameRange(said.range, range);
        return (
          <button
            key={range.low}
            type="button"
            aria-pressed={isOn}
            aria-label={spokenRange(range)}
            onClick={() => desk.sayGroup(range, face.image.id)}
            className={classNames(
              "rounded-[4px] border py-0.5 font-mono text-[0.65625rem] font-medium tracking-[-0.05em] pointer-coarse:py-2.5",
              isOn
                ? "border-pencil bg-pencil-wash font-bold text-pencil"
                : "border-line-2 text-ink-2 hover:border-ink-3 hover:text-ink",
            )}
          >
            {rangeText(range)}
          </button>
        );
      })}
    </fieldset>
  );
}

function AgeBox({ face, said }: SayRowProps) {
  const desk = useAgeDesk();
  const known = said?.kind === "age" ? `${said.years}` : "";
  const [typed, setTyped] = useState<string | null>(null);
  const years = typed === null || typed === "" ? null : Number(typed);
  const keep = () => {
    setTyped(null);
    if (years !== null && typed !== known) desk.say({ kind: "age", years }, face.image.id);
  };
  return (
    <form
      className="flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <input
        inputMode="numeric"
        autoComplete="off"
        aria-label={`True age of ${imageName(face.image)}, in years`}
        placeholder="age"
        value={typed ?? known}
        onChange={(event) => setTyped(typedYears(typed ?? known, event.target.value))}
        onBlur={keep}
        className="w-full rounded-[4px] border border-line-2 bg-sheet px-2 py-1 text-sm text-pencil tabular-nums placeholder:text-ink-2"
      />
    </form>
  );
}

function MoreWords({ face }: { face: Face }) {
  const desk = useAgeDesk();
  const { id } = face.image;
  const name = imageName(face.image);
  return (
    <Menu
      label={`More to say about ${name}`}
      align="end"
      trigger={(trigger) => moreTrigger(trigger, name)}
      items={[
        { label: "Unsure", onChoose: () => desk.say({ kind: "unsure" }, id) },
        { label: "No face", onChoose: () => desk.say({ kind: "no-face" }, id) },
        { label: "Several faces", onChoose: () => desk.say({ kind: "several-faces" }, id) },
        { label: "Unusable", onChoose: () => desk.say({ kind: "unusable" }, id) },
        { label: face.flag === null ? "Flag" : "Remove the flag", onChoose: () => desk.flag(id) },
        {
          label: "See the picture large",
          onChoose: () => desk.view.setState({ dialog: { kind: "enlarge", imageId: id } }),
        },
      ]}
    />
  );
}

function moreTrigger(trigger: PopoverTrigger, name: string) {
  return (
    <button
      {...trigger}
      type="button"
      aria-label={`More to say about ${name}`}
      className="rounded-[4px] border border-line-2 px-1.5 text-xs text-ink-2 hover:text-ink pointer-coarse:min-w-10"
    >
      …
    </button>
  );
}
