import { expect, test } from "vitest";
import { exampleMark } from "./example-rows.ts";
import type { AnswerSource } from "./answer.ts";
import { cellOf } from "./cell.ts";
import type { Mark, MarkValue } from "./mark.ts";
import { recipeKey, type Recipe } from "./recipe.ts";
import { rowVote, typedReference, voteChain } from "./row-vote.ts";
import type { Task, TaskState } from "./task.ts";

const RECIPE: Recipe = { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" };
const OTHER: Recipe = { ...RECIPE, modelId: "runware:152@1" };

function task(taskUuid: string, changes: Partial<Task> = {}): Task {
  return {
    taskUuid,
    sheetId: "sheet",
    imageId: "image",
    runId: "run",
    askedBy: "compare",
    fieldId: null,
    language: null,
    promptSent: null,
    mount: null,
    recipe: RECIPE,
    repeat: 1,
    purse: "sandbox",
    state: said(taskUuid),
    times: {
      createdAt: 1,
      preparingAt: 2,
      firstSentAt: 3,
      sentAt: 3,
      endedAt: 4,
      serviceMs: null,
    },
    sent: null,
    holdMicroUsd: 0,
    deletedAt: null,
    ...changes,
  };
}

function said(text: string, source: AnswerSource = "sandbox"): TaskState {
  return { phase: "done", answer: { kind: "caption", text }, source, costMicroUsd: 1 };
}

const FAILED: TaskState = { phase: "failed", failure: { kind: "offline" } };

function mark(id: string, value: MarkValue, changes: Partial<Mark> = {}): Mark {
  return exampleMark({ id, value, shown: ["a", "b"], at: 1, ...changes });
}

const QUESTION = { key: recipeKey(RECIPE), repeat: 1, isRepeated: false };

test("a cell shows the newest answer whoever asked, and a newer failure beside it", () => {
  const tasks = [
    task("old", { askedBy: "caption" }),
    task("else", { recipe: OTHER }),
    task("new"),
    task("second", { repeat: 2 }),
    task("broken", { state: FAILED }),
  ];
  const cell = cellOf(tasks, QUESTION);
  expect(cell.answered?.taskUuid).toBe("new");
  expect(cell.latest?.taskUuid).toBe("broken");
});

test("a cancelled try leaves no trace, nor does an older failure beside an answer", () => {
  const tasks = [
    task("broken", { state: FAILED }),
    task("fine"),
    task("stopped", { state: { phase: "cancelled" } }),
  ];
  expect(cellOf(tasks, QUESTION)).toMatchObject({ answered: { taskUuid: "fine" }, latest: null });
});

test("reused answers fill a cell, but no repeat; those that were asked before a sheet was copied do", () => {
  const reused = said("again", "reused");
  const copied = task("copied", { state: reused });
  const free = task("free", { state: reused, times: { ...copied.times, firstSentAt: null } });
  expect(cellOf([free], QUESTION).answered).toBe(free);
  expect(cellOf([free], { ...QUESTION, isRepeated: true })).toEqual({
    answered: null,
    latest: null,
  });
  expect(cellOf([copied], { ...QUESTION, isRepeated: true }).answered).toBe(copied);
});

const SHOWN_FIRST = task("a");
const SHOWN_SECOND = task("b", { recipe: OTHER });
const SHOWN = [SHOWN_FIRST, SHOWN_SECOND];

test("the newest vote counts, and an undone one does not", () => {
  const first = mark("1", { kind: "tie" });
  const second = mark("2", { kind: "pick", taskUuid: "b" }, { replaces: "1" });
  expect(rowVote([first, second], SHOWN, SHOWN)).toMatchObject({
    kind: "cast",
    choice: { kind: "pick", taskUuid: "b" },
  });
  expect(rowVote([first, { ...second, deletedAt: 9 }], SHOWN, SHOWN)).toMatchObject({
    kind: "cast",
    choice: { kind: "tie" },
  });
  expect(rowVote([], SHOWN, SHOWN)).toEqual({ kind: "open" });
});

test("redoing a cell that was shown voids the vote; redoing another does not", () => {
  const vote = mark("1", { kind: "all-bad" });
  const redone = task("c");
  expect(rowVote([vote], [...SHOWN, redone], [redone, SHOWN_SECOND])).toMatchObject({
    kind: "void",
    why: "redone",
  });
  // Asking again removes the old answers.
  const both = [redone, task("d", { recipe: OTHER })];
  expect(rowVote([vote], both, both)).toMatchObject({ kind: "void", why: "redone" });
  const elsewhere = [...SHOWN, task("c", { repeat: 2 }), task("d", { state: FAILED })];
  expect(rowVote([vote], elsewhere, SHOWN)).toMatchObject({ kind: "cast" });
});

test("a row that was revealed stays void until there is a new answer", () => {
  const seen = mark("1", { kind: "void", why: "revealed" });
  expect(rowVote([seen], SHOWN, SHOWN)).toMatchObject({ kind: "void", why: "revealed" });
  const redone = task("c", { recipe: OTHER });
  expect(rowVote([seen], [...SHOWN, redone], [SHOWN_FIRST, redone])).toEqual({ kind: "open" });
});

test("another prompt leaves the row open, and the vote comes back with the old one", () => {
  const asked = [RECIPE, OTHER].map((recipe, index) =>
    task(`new-${index}`, { recipe: { ...recipe, prompt: "In a word." } }),
  );
  const tasks = [...SHOWN, ...asked];
  const vote = mark("1", { kind: "tie" });
  expect(rowVote([vote], tasks, [])).toEqual({ kind: "open" });
  expect(rowVote([vote], tasks, asked)).toEqual({ kind: "open" });
  expect(rowVote([mark("1", { kind: "void", why: "revealed" })], tasks, asked)).toEqual({
    kind: "open",
  });
  const second = mark("2", { kind: "all-bad" }, { shown: ["new-1", "new-0"] });
  expect(rowVote([vote, second], tasks, asked)).toMatchObject({ choice: { kind: "all-bad" } });
  expect(rowVote([vote, second], tasks, SHOWN)).toMatchObject({
    choice: { kind: "tie" },
    isWhole: true,
  });
});

test("a vote survives a column that comes or goes, and says that it does not cover all answers", () => {
  const third = task("c", { recipe: { ...RECIPE, sentSize: 512 } });
  const vote = mark("1", { kind: "tie" }, { shown: ["a", "b"] });
  const tasks = [...SHOWN, third];
  expect(rowVote([vote], tasks, tasks)).toMatchObject({ kind: "cast", isWhole: false });
  expect(rowVote([vote], tasks, [SHOWN_FIRST])).toMatchObject({ kind: "cast", isWhole: true });
});

test("a reveal before there were answers voids nothing", () => {
  const early = mark("1", { kind: "void", why: "revealed" }, { shown: [] });
  expect(rowVote([early], SHOWN, SHOWN)).toEqual({ kind: "open" });
  expect(rowVote([early], [], [])).toEqual({ kind: "open" });
});

test("a vote is taken back with all it replaced, and a void before it stays", () => {
  const marks = [
    mark("0", { kind: "void", why: "revealed" }),
    mark("1", { kind: "tie" }, { replaces: "0" }),
    mark("2", { kind: "all-bad" }, { replaces: "1" }),
    mark("3", { kind: "all-bad" }, { replaces: "2", note: "blurred" }),
  ];
  expect(
    marks
      .slice(-1)
      .flatMap((last) => voteChain(last, marks))
      .map(({ id }) => id),
  ).toEqual(["3", "2", "1"]);
});

test("a reference is the last one typed, and an emptied one is none", () => {
  const typed = mark(
    "1",
    { kind: "reference", fieldId: "caption", text: "A boat." },
    { shown: [] },
  );
  expect(typedReference([mark("0", { kind: "tie" }), typed])?.text).toBe("A boat.");
  expect(
    typedReference([
      typed,
      mark("2", { kind: "reference", fieldId: "caption", text: "" }, { replaces: "1" }),
    ]),
  ).toBeNull();
});
