import type { MouseEvent, ReactNode } from "react";
import { typedYears } from "#src/domain/age-label.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import type { Judgement } from "#src/domain/mark.ts";
import { classNames } from "#src/lib/class-names.ts";
import type { Act } from "#src/ui/acts.ts";
import { STAGE_ACTS } from "#src/features/age-check/actions.ts";
import {
  type AgeDesk,
  useAgeDesk,
  useAgeSettings,
  useAgeView,
} from "#src/features/age-check/age-desk.ts";
import { KeyHint } from "#src/ui/key-hint.tsx";
import { sameRange } from "#src/domain/age-overlap.ts";
import { groupsOfSet, rangeText, spokenRange } from "#src/features/age-check/set-up/settings.ts";
import type { Face } from "#src/features/age-check/grid/faces.ts";

interface JudgePadProps {
  face: Face;
  /** This user's current judgement; null if there is none. */
  said: Judgement | null;
}

/** Everything the user can say about the face on the stage, each with its key. */
export function JudgePad({ face, said }: JudgePadProps) {
  const { labelSet } = useAgeSettings();
  const asksTruth = useAgeView((state) => state.asksTruth);
  const groups = groupsOfSet(labelSet);
  return (
    <div className="flex flex-col gap-2">
      {asksTruth && (
        <output className="text-control font-semibold">
          {groups === null ? "What is the true age?" : "Which group is right?"}
        </output>
      )}
      {groups === null ? <AgeField said={said} /> : <GroupButtons groups={groups} said={said} />}
      <OtherWords face={face} said={said} />
    </div>
  );
}

function OtherWords({ face, said }: JudgePadProps) {
  const desk = useAgeDesk();
  const asksTruth = useAgeView((state) => state.asksTruth);
  const isAlone = desk.shownAlone(face) !== null;
  return (
    <fieldset aria-label="Other words" className="flex flex-wrap gap-1.5">
      {asksTruth && <ActKey act={STAGE_ACTS.notKnown}>Not known</ActKey>}
      {isAlone && !asksTruth && (
        <>
          <ActKey act={STAGE_ACTS.agree}>Agree</ActKey>
          <ActKey act={STAGE_ACTS.disagree} isOn={said?.kind === "wrong"}>
            Wrong
          </ActKey>
        </>
      )}
      <ActKey act={STAGE_ACTS.unsure} isOn={said?.kind === "unsure"} />
      <ActKey act={STAGE_ACTS.noFace} isOn={said?.kind === "no-face"} />
      <ActKey act={STAGE_ACTS.severalFaces} isOn={said?.kind === "several-faces"} />
      <ActKey act={STAGE_ACTS.unusable} isOn={said?.kind === "unusable"}>
        Unusable
      </ActKey>
      <ActKey act={STAGE_ACTS.flag} isOn={face.flag !== null} />
      <ActKey act={STAGE_ACTS.takeBack} />
    </fieldset>
  );
}

interface ActKeyProps {
  act: Act<AgeDesk>;
  isOn?: boolean;
  /** Shorter words than the act’s own. */
  children?: ReactNode;
}

function ActKey({ act, isOn, children }: ActKeyProps) {
  const desk = useAgeDesk();
  return (
    <PadButton keys={act.keys[0] ?? ""} isOn={isOn} onPress={() => act.run(desk)}>
      {children ?? act.label}
    </PadButton>
  );
}

function GroupButtons({ groups, said }: { groups: readonly AgeRange[]; said: Judgement | null }) {
  const desk = useAgeDesk();
  return (
    <fieldset
      aria-label="True age group"
      className={classNames(
        "grid gap-1.5",
        groups.length > 5 ? "grid-cols-5 lg:grid-cols-9" : "grid-cols-5",
      )}
    >
      {groups.map((range, index) => (
        <PadButton
          key={range.low}
          keys={`${index + 1}`}
          label={spokenRange(range)}
          isOn={said?.kind === "range" && sameRange(said.range, range)}
          onPress={() => desk.sayGroup(range)}
          className="min-h-12 flex-col gap-0 px-1 text-[0.9375rem] font-semibold whitespace-nowrap"
        >
          {rangeText(range)}
        </PadButton>
      ))}
    </fieldset>
  );
}

function AgeField({ said }: { said: Judgement | null }) {
  const desk = useAgeDesk();
  const typed = useAgeView((state) => state.typed);
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        desk.sayTyped();
      }}
    >
      <label className="flex items-center gap-2.5 text-control">
        True age
        <input
          inputMode="numeric"
          autoComplete="off"
          value={typed}
          placeholder={said?.kind === "age" ? `${said.years}` : ""}
          onChange={(event) => desk.view.setState({ typed: typedYears(typed, event.target.value) })}
          className="w-20 rounded border border-line-2 bg-sheet px-3 py-2 text-xl font-semibold tabular-nums"
        />
        years
      </label>
      <button
        type="submit"
        disabled={typed === ""}
        className="inline-flex min-h-11 items-center gap-2 rounded border border-line-2 bg-sheet px-4 text-control disabled:text-ink-2"
      >
        Save
        <KeyHint keys="Enter" />
      </button>
      {said?.kind === "age" && <span className="text-pencil">You said {said.years}.</span>}
    </form>
  );
}

interface PadButtonProps {
  keys: string;
  /** For buttons whose text does not read well aloud. */
  label?: string;
  isOn?: boolean | undefined;
  onPress: () => void;
  className?: string;
  children: ReactNode;
}

/**
 * A button that a pointer presses without taking the focus: otherwise Space would press it again instead of meaning
 * "unsure".
 */
function PadButton({ keys, label, isOn = false, onPress, className, children }: PadButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      aria-pressed={isOn}
      aria-keyshortcuts={keys}
      onMouseDown={(event: MouseEvent) => event.preventDefault()}
      onClick={onPress}
      className={classNames(
        "inline-flex min-h-9 items-center justify-center gap-1.5 rounded border px-2.5 text-control transition-colors pointer-coarse:min-h-11",
        isOn
          ? "border-pencil bg-pencil-wash font-semibold text-pencil"
          : "border-line-2 bg-sheet hover:bg-paper",
        className,
      )}
    >
      {children}
      <KeyHint keys={keys} />
    </button>
  );
}
