import { expect, test } from "vitest";
import type { LiveAct } from "#src/ui/acts.ts";
import { findActs, groupActs } from "./palette-dialog.tsx";

const act = (group: string, label: string): LiveAct => ({
  id: `${group}.${label}`,
  label,
  keys: [],
  group,
  isEnabled: () => true,
  run: () => undefined,
});
const ACTS = [act("Caption", "Select all"), act("Caption", "Select none"), act("Run", "All again")];

test("an act is found by words of its name or heading, in any order and case", () => {
  expect(findActs(ACTS, "ALL sel").map(({ label }) => label)).toEqual(["Select all"]);
  expect(findActs(ACTS, "caption").map(({ label }) => label)).toEqual([
    "Select all",
    "Select none",
  ]);
  expect(findActs(ACTS, "  ")).toEqual(ACTS);
  expect(findActs(ACTS, "zebra")).toEqual([]);
});

test("what two parts of a page offer in the same way is one line", () => {
  const groups = groupActs([...ACTS, { ...act("Run", "All again"), id: "other" }]);
  expect([...groups.keys()]).toEqual(["Caption", "Run"]);
  expect(groups.get("Run")).toHaveLength(1);
});
