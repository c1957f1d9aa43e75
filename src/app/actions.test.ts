import { expect, test } from "vitest";
import {
  AGE_ACTS,
  GRID_ACTS,
  STAGE_ACTS as AGE_STAGE_ACTS,
  truthActs,
} from "#src/features/age-check/actions.ts";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import { ROLE_ACTS } from "#src/features/caption/checks/role-dialog.tsx";
import { ONE_ACTS, ZOOM_ACTS } from "#src/features/caption/one/actions.ts";
import { COMPARE_ACTS, PRESENT_ACTS, STAGE_ACTS } from "#src/features/compare/actions.ts";
import { LABEL_SETS } from "#src/features/age-check/set-up/settings.ts";
import { type Act, IN_PROMPT } from "#src/ui/acts.ts";
import { SHELL_ACTS } from "./actions.ts";

type Listed = Pick<Act, "id" | "label" | "keys" | "whileTyping">;

const shell: Listed[] = Object.values(SHELL_ACTS);
const inDialogs: Listed[] = Object.values(SHELL_ACTS).filter(
  (act) => "inDialog" in act && act.inDialog,
);
const age: Listed[] = [...shell, ...Object.values(AGE_ACTS)];

/** The acts that are live at the same time, by place. */
const PLACES: Record<string, readonly Listed[]> = {
  Caption: [...shell, ...Object.values(CAPTION_ACTS)],
  // These two keys mean something else there, and what they mean comes first.
  "Caption, one by one": [
    ...shell,
    ...Object.values(CAPTION_ACTS).filter(({ id }) => !/[.]run$|[.]select-none$/.test(id)),
    ...Object.values(ONE_ACTS),
    ...Object.values(ZOOM_ACTS),
  ],
  "Choosing a role": [...inDialogs, ...ROLE_ACTS],
  Compare: [...shell, ...Object.values(COMPARE_ACTS)],
  "Compare’s stage": [...inDialogs, ...STAGE_ACTS],
  Present: [...inDialogs, ...PRESENT_ACTS],
  "all faces": [...age, ...Object.values(GRID_ACTS)],
  ...Object.fromEntries(
    LABEL_SETS.map(({ set, name }) => [
      `one face, ${name}`,
      [...age, ...truthActs(set), ...Object.values(AGE_STAGE_ACTS)],
    ]),
  ),
};

/** The app does these instead of the browser: Ctrl+K goes to the address bar of some, Ctrl+F finds in the page. */
const BY_CHOICE = ["$mod+k", "$mod+f"];

/** What Chrome, Firefox, Safari or Edge themselves do with a key. Ctrl+A, Z and Y act on the page in all of them. */
const OF_BROWSERS = [
  ..."bcdefghijklmnopqrstuvwx0123456789+-=".split("").map((key) => `$mod+${key}`),
  ..."bcdijkmnoprtvw".split("").map((key) => `$mod+shift+${key}`),
  ..."123456789".split("").map((key) => `alt+${key}`),
  ..."alt+arrowleft alt+arrowright alt+home alt+d alt+f4 $mod+tab tab shift+tab".split(" "),
  ..."f1 f3 f5 f6 f7 f10 f11 f12".split(" "),
].filter((key) => !BY_CHOICE.includes(key));

test.each(Object.entries(PLACES))("no key does two things in %s", (_, acts) => {
  const taken = new Map<string, string>();
  for (const { id, keys } of acts) {
    for (const key of keys.map((binding) => binding.toLowerCase())) {
      expect(`${key}: ${taken.get(key) ?? id}`).toBe(`${key}: ${id}`);
      taken.set(key, id);
    }
  }
});

test.each(Object.entries(PLACES))("no key of %s is the browser’s own", (_, acts) => {
  const bindings = acts.flatMap(({ keys }) => keys.map((key) => key.toLowerCase()));
  expect(bindings.filter((key) => OF_BROWSERS.includes(key))).toEqual([]);
});

test("no key that spends money works in a text field, except in the one that says what is asked", () => {
  const acts = new Set(Object.values(PLACES).flat());
  const runs = [...acts].filter(({ id, keys }) => id.endsWith(".run") && keys.length > 0);
  expect(runs).toHaveLength(3);
  expect(runs.map(({ whileTyping }) => whileTyping)).toEqual(runs.map(() => IN_PROMPT));
});

test("every act has its own id, and what works while typing needs Ctrl or Cmd", () => {
  const all = new Map<string, string>();
  for (const { id, label, keys, whileTyping } of new Set(Object.values(PLACES).flat())) {
    if (whileTyping !== undefined) expect(keys.every((key) => key.startsWith("$mod+"))).toBe(true);
    // The stage repeats the votes of the grid, and the label sets number their groups in the same way.
    if (/^compare\.|^age\.group/.test(id)) continue;
    expect(all.get(id) ?? label).toBe(label);
    expect(all.has(id)).toBe(false);
    all.set(id, label);
  }
});
