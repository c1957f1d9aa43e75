import { expect, test } from "vitest";
import { answeredTask, exampleImage, exampleMark, exampleSheet } from "#src/domain/example-rows.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { applyChanges } from "#src/features/caption/bulk/preview.ts";
import { createDesk } from "#src/features/caption/desk.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { oneOfEach, sourceOf, takenOver, textIn } from "./taken-over.ts";

const recipe = captionRecipe(exampleSheet());
const GROUP = { is: "near", ids: ["a", "b", "c", "d"] } as const;
const NOBODY: ReadonlySet<string> = new Set();

/** Four pictures that look alike and one that does not: b was answered, c edited, d is being asked about. */
async function rig() {
  const { open, services } = await openRows({
    images: ["a", "b", "c", "d", "e"].map((id, at) => exampleImage({ id, frame: at + 1 })),
    tasks: [
      answeredTask(1, { imageId: "b", taskUuid: "b-1", recipe }),
      answeredTask(1, { imageId: "d", taskUuid: "d-1", recipe, state: { phase: "waiting" } }),
    ],
    marks: [
      exampleMark({
        id: "mine",
        imageId: "c",
        shown: [],
        value: { kind: "edit", fieldId: "caption", text: "My boat." },
      }),
    ],
  });
  const desk = createDesk(open);
  const place = (chosen = NOBODY) => ({ standings: desk.standings(), fieldId: "caption", chosen });
  return { open, desk, place, undo: services.undo };
}

test("the text of the first that has one is offered, or of the one that was chosen", async () => {
  const { place } = await rig();
  expect(sourceOf(GROUP, place())).toBe("b");
  expect(sourceOf(GROUP, place(new Set(["c"])))).toBe("c");
  expect(sourceOf({ ...GROUP, ids: ["a", "e"] }, place())).toBe("a");
  expect(textIn(place().standings, "a", "caption")).toBeNull();
});

test("the others take it as edits, all with one undo; what nobody can edit now is left", async () => {
  const { open, desk, place, undo } = await rig();
  const changes = takenOver(GROUP, "b", place());
  expect(changes.map(({ imageId, before, after }) => [imageId, before, after])).toEqual([
    ["a", "", "A boat."],
    ["c", "My boat.", "A boat."],
  ]);
  await applyChanges({ open, standings: desk.standings }, changes, "taking over");
  const texts = () => GROUP.ids.map((id) => textIn(desk.standings(), id, "caption"));
  expect(texts()).toEqual(["A boat.", "A boat.", "A boat.", null]);
  expect(takenOver(GROUP, "b", place())).toEqual([]);
  await undo.undo();
  await expect.poll(texts).toEqual([null, "A boat.", "My boat.", null]);
});

test("for all groups at once only missing texts are filled, and a group without a text has none to give", async () => {
  const { place } = await rig();
  const filled = takenOver(GROUP, "b", { ...place(), onlyMissing: true });
  expect(filled.map(({ imageId }) => imageId)).toEqual(["a"]);
  expect(takenOver(GROUP, "a", place())).toEqual([]);
});

test("one of each group and all that are alone leave no picture out", () => {
  const groups = [GROUP, { is: "same", ids: ["f", "g"] } as const];
  const order = ["a", "b", "c", "d", "e", "f", "g", "h"];
  expect(oneOfEach(order, groups, ({ ids }) => ids[1] ?? null)).toEqual(["b", "e", "g", "h"]);
});
