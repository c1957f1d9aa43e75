import { type Act, IN_PROMPT } from "#src/ui/acts.ts";
import type { AgeDesk } from "./age-desk.ts";
import { groupsOfSet, type LabelSet, rangeText } from "./set-up/settings.ts";

const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** What can be done in Age check by a key or by its name, whatever it shows. */
export const AGE_ACTS = {
  run: act("run", ["$mod+Enter"], {
    label: "Check what is missing",
    whileTyping: IN_PROMPT,
    run: (desk) => desk.run("missing"),
  }),
  retry: act("retry", [], { label: "Check again what failed", run: (desk) => desk.run("failed") }),
  drawSample: opens("sample", "Draw a sample"),
  enterTruths: opens("truth", "Enter true ages"),
  merge: opens("merge", "Merge a colleague’s verdicts"),
};

/** What can be done while all faces are shown. */
export const GRID_ACTS = {
  stage: act("stage", ["o"], { label: "Review one by one", run: (desk) => desk.showStage() }),
};

/** What can be done to the face on the stage, except saying its age. */
export const STAGE_ACTS = {
  enter: act("enter", ["Enter"], {
    label: "Save the typed age, or go on",
    run: (desk) => (desk.view.getState().typed === "" ? desk.goOn() : desk.sayTyped()),
  }),
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
};

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
  return { ...rest, id: `age.${id}`, keys, group: "Age check" };
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
