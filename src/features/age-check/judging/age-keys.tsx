import { useShortcuts } from "#src/ui/use-shortcuts.ts";
import type { Shortcut } from "#src/ui/shortcuts.ts";
import type { AgeDesk } from "#src/features/age-check/age-desk.ts";
import { groupsOfSet, rangeText } from "#src/features/age-check/set-up/label-sets.ts";
import type { LabelSet } from "#src/features/age-check/set-up/settings.ts";
import { useAgeDesk, useAgeSettings, useAgeView } from "#src/features/age-check/use-age.ts";

const GROUP = "Age check";
const DIGITS = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"] as const;

/** The keys of Age check. */
export function AgeKeys() {
  const desk = useAgeDesk();
  const { labelSet } = useAgeSettings();
  const mode = useAgeView((state) => state.mode);
  const asksTruth = useAgeView((state) => state.asksTruth);
  useShortcuts([
    {
      keys: ["$mod+Enter"],
      label: "Check what is missing",
      group: GROUP,
      whileTyping: true,
      run: () => desk.run("missing"),
    },
    ...(mode === "grid"
      ? [{ keys: ["o"], label: "Review one by one", group: GROUP, run: () => desk.showStage() }]
      : [...truthKeys(desk, labelSet, asksTruth), ...stageKeys(desk)]),
  ]);
  return null;
}

/** The keys that say an age: groups by their place, or digits of the age itself. */
function truthKeys(desk: AgeDesk, labelSet: LabelSet, asksTruth: boolean): Shortcut[] {
  const groups = groupsOfSet(labelSet);
  const notKnown: Shortcut = {
    keys: ["q"],
    label: "Not known (after “wrong”)",
    group: GROUP,
    run: () => {
      if (asksTruth) desk.say({ kind: "wrong" });
    },
  };
  if (groups === null)
    return [
      ...DIGITS.map((digit) => ({
        keys: [digit],
        label: "Type the age",
        group: GROUP,
        run: () => desk.typeDigit(digit),
      })),
      notKnown,
    ];
  return [
    ...groups.map((range, index) => ({
      keys: [`${index + 1}`],
      label: `True age: ${rangeText(range)}`,
      group: GROUP,
      run: () => desk.sayGroup(range),
    })),
    notKnown,
  ];
}

function stageKeys(desk: AgeDesk): Shortcut[] {
  const key = (keys: readonly string[], label: string, run: () => void): Shortcut => ({
    keys,
    label,
    group: GROUP,
    run,
  });
  return [
    key(["Enter"], "Say the typed age, or go on", () =>
      desk.view.getState().typed === "" ? desk.goOn() : desk.sayTyped(),
    ),
    key(["a"], "Agree with the shown verdict", desk.agree),
    key(["x"], "The shown verdict is wrong", desk.disagree),
    key(["Space"], "Unsure", () => desk.say({ kind: "unsure" })),
    key(["n"], "No face", () => desk.say({ kind: "no-face" })),
    key(["s"], "Several faces", () => desk.say({ kind: "several-faces" })),
    key(["u"], "Unusable picture", () => desk.say({ kind: "unusable" })),
    key(["f"], "Flag", () => desk.flag()),
    key(["r"], "Show what the models said", desk.reveal),
    { ...key(["ArrowRight", "j"], "Next face", () => desk.move(1)), repeats: true },
    { ...key(["ArrowLeft", "k"], "Previous face", () => desk.move(-1)), repeats: true },
    key(["Backspace"], "Take back", desk.takeBack),
    key(["Escape"], "Back to all faces", () => {
      if (desk.view.getState().asksTruth) desk.view.setState({ asksTruth: false });
      else desk.showGrid();
    }),
  ];
}
