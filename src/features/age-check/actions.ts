import type { Act } from "#src/ui/acts.ts";
import type { AgeDesk } from "./age-desk.ts";
import { groupsOfSet, rangeText } from "./set-up/label-sets.ts";
import type { LabelSet } from "./set-up/settings.ts";

const GROUP = "Age check";
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** What can be done in Age check by a key or by its name, whatever it shows. */
export const AGE_ACTS = {
  run: {
    id: "age.run",
    label: "Check what is missing",
    keys: ["$mod+Enter"],
    group: GROUP,
    whileTyping: true,
    run: (desk) => desk.run("missing"),
  },
  retry: {
    id: "age.retry",
    label: "Check again what failed",
    keys: [],
    group: GROUP,
    run: (desk) => desk.run("failed"),
  },
  drawSample: opens("sample", "Draw a sample"),
  enterTruths: opens("truth", "Enter true ages"),
  merge: opens("merge", "Merge a colleague’s verdicts"),
} satisfies Record<string, Act<AgeDesk>>;

/** What can be done while all faces are shown. */
export const GRID_ACTS = {
  stage: {
    id: "age.stage",
    label: "Review one by one",
    keys: ["o"],
    group: GROUP,
    run: (desk) => desk.showStage(),
  },
} satisfies Record<string, Act<AgeDesk>>;

/** What can be done to the face on the stage, except saying its age. */
export const STAGE_ACTS = {
  enter: {
    id: "age.enter",
    label: "Save the typed age, or go on",
    keys: ["Enter"],
    group: GROUP,
    run: (desk) => (desk.view.getState().typed === "" ? desk.goOn() : desk.sayTyped()),
  },
  agree: act("agree", ["a"], {
    label: "Agree with the shown verdict",
    run: (desk) => desk.agree(),
  }),
  disagree: act("disagree", ["x"], {
    label: "The shown verdict is wrong",
    run: (desk) => desk.disagree(),
  }),
  unsure: says("unsure", "Unsure", "Space"),
  noFace: says("no-face", "No face", "n"),
  severalFaces: says("several-faces", "Several faces", "s"),
  unusable: says("unusable", "Unusable picture", "u"),
  flag: act("flag", ["f"], { label: "Flag", run: (desk) => desk.flag() }),
  reveal: act("reveal", ["r"], {
    label: "Show what the models said",
    run: (desk) => desk.reveal(),
  }),
  next: act("next", ["ArrowRight", "j"], {
    label: "Next face",
    repeats: true,
    run: (desk) => desk.move(1),
  }),
  previous: act("previous", ["ArrowLeft", "k"], {
    label: "Previous face",
    repeats: true,
    run: (desk) => desk.move(-1),
  }),
  takeBack: act("take-back", ["Backspace"], {
    label: "Take back",
    run: (desk) => desk.takeBack(),
  }),
  notKnown: act("not-known", ["q"], {
    label: "Not known (after “wrong”)",
    isEnabled: (desk) => desk.view.getState().asksTruth,
    run: (desk) => desk.say({ kind: "wrong" }),
  }),
  grid: act("grid", ["Escape"], {
    label: "Back to all faces",
    run: (desk) => {
      if (desk.view.getState().asksTruth) desk.view.setState({ asksTruth: false });
      else desk.showGrid();
    },
  }),
} satisfies Record<string, Act<AgeDesk>>;

/** What says an age: the groups of a label set by their place, or the digits of the age itself. */
export function truthActs(set: LabelSet): Act<AgeDesk>[] {
  const groups = groupsOfSet(set);
  if (groups === null)
    return DIGITS.map((digit) =>
      act(`digit-${digit}`, [digit], {
        label: "Type the age",
        run: (desk) => desk.typeDigit(digit),
      }),
    );
  return groups.map((range, index) =>
    act(`group-${index + 1}`, [`${index + 1}`], {
      label: `True age: ${rangeText(range)}`,
      run: (desk) => desk.sayGroup(range),
    }),
  );
}

function act(
  id: string,
  keys: readonly string[],
  rest: Omit<Act<AgeDesk>, "id" | "keys" | "group">,
): Act<AgeDesk> {
  return { ...rest, id: `age.${id}`, keys, group: GROUP };
}

function says(
  kind: "unsure" | "no-face" | "several-faces" | "unusable",
  label: string,
  key: string,
): Act<AgeDesk> {
  return act(kind, [key], { label, run: (desk) => desk.say({ kind }) });
}

function opens(kind: "sample" | "truth" | "merge", label: string): Act<AgeDesk> {
  return act(kind, [], { label, run: (desk) => desk.view.setState({ dialog: { kind } }) });
}
