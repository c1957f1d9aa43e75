import { useState } from "react";
import { typedYears } from "#src/domain/age-label.ts";
import { sameRange } from "#src/domain/age-overlap.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import { imageName } from "#src/domain/image.ts";
import type { Judgement } from "#src/domain/mark.ts";
import { classNames } from "#src/lib/class-names.ts";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import type { AgeDesk } from "#src/features/age-check/age-desk.ts";
import type { Face } from "#src/features/age-check/grid/faces.ts";
import { rangeText, spokenRange } from "#src/features/age-check/set-up/label-sets.ts";

interface SayRowProps {
  face: Face;
  /** The groups to choose from; null if the age is typed. */
  groups: readonly AgeRange[] | null;
  /** This user's current judgement; null if there is none. */
  said: Judgement | null;
  desk: AgeDesk;
}

/** Where the user says what is true of a face: a group or an age, or that there is none to tell. */
export function SayRow({ face, groups, said, desk }: SayRowProps) {
  const name = imageName(face.image);
  return (
    <div className="mt-auto flex items-stretch gap-1">
      {groups === null ? (
        <AgeBox name={name} said={said} onSay={(judgement) => desk.say(judgement, face.image.id)} />
      ) : (
        <GroupRow
          groups={groups}
          said={said}
          onSay={(range) => desk.sayGroup(range, face.image.id)}
        />
      )}
      <MoreWords face={face} desk={desk} />
    </div>
  );
}

interface GroupRowProps {
  groups: readonly AgeRange[];
  said: Judgement | null;
  onSay: (range: AgeRange) => void;
}

function GroupRow({ groups, said, onSay }: GroupRowProps) {
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
            onClick={() => onSay(range)}
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

interface AgeBoxProps {
  name: string;
  said: Judgement | null;
  onSay: (judgement: Judgement) => void;
}

function AgeBox({ name, said, onSay }: AgeBoxProps) {
  const known = said?.kind === "age" ? `${said.years}` : "";
  const [typed, setTyped] = useState<string | null>(null);
  const years = typed === null || typed === "" ? null : Number(typed);
  const keep = () => {
    setTyped(null);
    if (years !== null && typed !== known) onSay({ kind: "age", years });
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
        aria-label={`True age of ${name}, in years`}
        placeholder="age"
        value={typed ?? known}
        onChange={(event) => setTyped(typedYears(typed ?? known, event.target.value))}
        onBlur={keep}
        className="w-full rounded-[4px] border border-line-2 bg-sheet px-2 py-1 text-sm text-pencil tabular-nums placeholder:text-ink-2"
      />
    </form>
  );
}

function MoreWords({ face, desk }: { face: Face; desk: AgeDesk }) {
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
