import { expect, test } from "vitest";
import type { ComparedRow } from "#src/domain/comparison.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { Task } from "#src/domain/task.ts";
import {
  canReveal,
  isPicked,
  isRevealed,
  visibleAgainst,
  visibleReference,
  whyNoVote,
} from "./blind-rules.ts";
import { comparedColumns, readCompareSettings } from "#src/features/compare/columns/settings.ts";
import { createRows } from "#src/features/compare/compare-desk.ts";
import { anImage, aTask, aVote, sourceOf } from "#src/features/compare/test-rows.ts";

const RECIPE = { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" } as const;
const SETTINGS = readCompareSettings({ compare: null, recipe: RECIPE });
const COLUMNS = comparedColumns(SETTINGS);
const ASKED_ELSE = comparedColumns({ ...SETTINGS, sharedPrompt: "In a word." });
const TASKS = ["1a", "1b", "1c"].map((uuid, index) => aTask(uuid, COLUMNS[index]));
const PICK = aVote("1", { kind: "pick", taskUuid: "1b" }, ["1c", "1a", "1b"]);

function rowOf(tasks: readonly Task[], marks: readonly Mark[], columns = COLUMNS): ComparedRow {
  const source = sourceOf(columns, [anImage("1", tasks, marks)]);
  const row = createRows()({ ...source, referenceColumnId: "first-1" }).get("1");
  if (row === undefined) throw new Error("no row");
  return row;
}

test("answers to another prompt are blind again, and can be voted on", () => {
  expect(isRevealed(rowOf(TASKS, [PICK]), true)).toBe(true);
  const asked = [...TASKS, ...ASKED_ELSE.map((column, index) => aTask(`1-new-${index}`, column))];
  const row = rowOf(asked, [PICK], ASKED_ELSE);
  expect(isRevealed(row, true)).toBe(false);
  expect(whyNoVote(row, true)).toBeNull();
});

test("an answer that came after the vote stays blind, while the vote counts", () => {
  const row = rowOf(TASKS, [{ ...PICK, shown: ["1a", "1b"] }]);
  expect(row.vote.kind).toBe("cast");
  expect(isRevealed(row, true)).toBe(false);
  expect(isPicked(row, 1, true)).toBe(false);
  expect(isPicked(row, 1, false)).toBe(true);
  expect(whyNoVote(row, true)).toBeNull();
});

test("there is nothing to reveal before two answers are there", () => {
  expect(canReveal(rowOf([], []), true)).toBe(false);
  expect(canReveal(rowOf(TASKS.slice(0, 1), []), true)).toBe(false);
  expect(canReveal(rowOf(TASKS, []), true)).toBe(true);
  expect(canReveal(rowOf(TASKS, []), false)).toBe(false);
});

test("a column that stands for the reference is not given away in a blind row", () => {
  const blind = rowOf(TASKS, []);
  expect(visibleReference(blind, false)?.from).toBe("column");
  expect(visibleReference(blind, true)).toBeNull();
  expect(visibleAgainst(blind, { kind: "reference" }, true)).toEqual({ kind: "others" });
  expect(visibleAgainst(blind, { kind: "column", columnId: "first-2" }, true)).toEqual({
    kind: "others",
  });
  expect(visibleReference(rowOf(TASKS, [PICK]), true)?.text).toBe("words");
  const typed = rowOf(TASKS, [
    aVote("1", { kind: "reference", fieldId: "caption", text: "A boat." }, []),
  ]);
  expect(visibleReference(typed, true)?.text).toBe("A boat.");
  expect(visibleAgainst(typed, { kind: "reference" }, true)).toEqual({ kind: "reference" });
});

test("the order of a blind row stays through its vote, and changes once there is a new answer", () => {
  const orders = Array.from({ length: 20 }, (_, index) => {
    const mark = { ...PICK, id: `mark-${index}` };
    const redone = [...TASKS, aTask("1d", COLUMNS[0])];
    const again = {
      ...PICK,
      id: `again-${index}`,
      shown: ["1d", "1b", "1c"],
      replaces: mark.id,
    };
    const before = rowOf(TASKS, []).blindOrder;
    expect(rowOf(TASKS, [mark]).blindOrder).toEqual(before);
    const after = rowOf(redone, [mark]).blindOrder;
    expect(rowOf(redone, [mark, again]).blindOrder).toEqual(after);
    return after.join();
  });
  expect(new Set(orders).size).toBeGreaterThan(3);
});
