import { expect, test } from "vitest";
import { exampleMark, exampleTask } from "./example-rows.ts";
import type { Mark } from "./mark.ts";
import type { Recipe } from "./recipe.ts";
import { captionText, isEdited, roleMark, shownAnswer, standingMarks } from "./shown-answer.ts";
import type { Task, TaskState } from "./task.ts";

const recipe: Recipe = { modelId: "seven", prompt: "Describe.", sentSize: "auto" };
const question = {
  recipe,
  answers: "text" as const,
  answersOf: () => "text" as const,
  fieldId: "caption",
};

test("choosing another model leaves the current caption alone", () => {
  const tasks = [task("a", done("Harbour"))];
  const other = { ...question, recipe: { ...recipe, modelId: "three" } };
  expect(captionText(shownAnswer(tasks, [], other))).toBe("Harbour");
});

test("Compare's newer answers do not replace Caption's own", () => {
  const tasks = [task("a", done("Mine")), task("b", done("Theirs"), { askedBy: "compare" })];
  expect(captionText(shownAnswer(tasks, [], question))).toBe("Mine");
});

test("an answer Compare got to the current recipe fills an empty caption; another recipe's does not", () => {
  const same = [task("a", done("Same"), { askedBy: "compare" })];
  expect(captionText(shownAnswer(same, [], question))).toBe("Same");
  const other = [
    task("a", done("Other"), { askedBy: "compare", recipe: { ...recipe, prompt: "Else." } }),
  ];
  expect(captionText(shownAnswer(other, [], question))).toBeNull();
});

test("a failed try is shown beside the answer it did not replace", () => {
  const failed: TaskState = { phase: "failed", failure: { kind: "timed-out", by: "service" } };
  const shown = shownAnswer([task("a", done("Old")), task("b", failed)], [], question);
  expect(captionText(shown)).toBe("Old");
  expect(shown.latest?.taskUuid).toBe("b");
});

test("a cancelled try hides neither the answer nor the unsettled try before it", () => {
  const unsettled: TaskState = {
    phase: "unsettled",
    failure: { kind: "timed-out", by: "service" },
  };
  const cancelled = task("c", { phase: "cancelled" });
  expect(shownAnswer([task("a", unsettled), cancelled], [], question).latest?.taskUuid).toBe("a");
  expect(shownAnswer([task("a", done("Old")), cancelled], [], question).latest).toBeNull();
});

test("a newer answer is shown beside an edit and does not overwrite it", () => {
  const edit = mark("m1", {
    value: { kind: "edit", fieldId: "caption", text: "My words" },
    shown: ["a"],
  });
  const first = shownAnswer([task("a", done("Old"))], [edit], question);
  expect(first.besideEdit).toBeNull();
  const second = shownAnswer([task("a", done("Old")), task("b", done("New"))], [edit], question);
  expect(captionText(second)).toBe("My words");
  expect(second.besideEdit?.taskUuid).toBe("b");
});

test("a text that came with the image stands until a model answers or the user writes", () => {
  const value = {
    kind: "existing",
    fieldId: "caption",
    text: "From a file",
    from: { kind: "sidecar", name: "a.txt" },
  } as const;
  const existing = mark("m1", { value });
  expect(captionText(shownAnswer([], [existing], question))).toBe("From a file");
  const answered = shownAnswer([task("a", done("New"))], [existing], question);
  expect([captionText(answered), answered.existing]).toEqual(["New", null]);
  // Taken from a file after the answer, and in its place.
  const later = shownAnswer(
    [task("a", done("Old"))],
    [mark("m1", { value, shown: ["a"] })],
    question,
  );
  expect([captionText(later), later.edit]).toEqual(["From a file", null]);
  const edit = { kind: "edit", fieldId: "caption", text: "My words" } as const;
  const written = shownAnswer([], [existing, mark("m2", { value: edit })], question);
  expect([captionText(written), written.existing]).toEqual(["My words", null]);
  const again = shownAnswer([], [mark("m2", { value: edit }), existing], question);
  expect(captionText(again)).toBe("From a file");
});

test("a replaced or undone mark does not count", () => {
  const first = mark("m1");
  const second = mark("m2", { replaces: "m1" });
  expect(standingMarks([first, second]).map(({ id }) => id)).toEqual(["m2"]);
  const undone = { ...second, deletedAt: 9 };
  expect(standingMarks([first, undone]).map(({ id }) => id)).toEqual(["m1"]);
});

test("an image is informative until the user says what else it is for", () => {
  expect(roleMark([])).toBeNull();
  const decorative = mark("m1", { value: { kind: "role", role: "decorative" } });
  const complex = mark("m2", { value: { kind: "role", role: "complex" }, replaces: "m1" });
  expect(roleMark([decorative, complex])?.value.role).toBe("complex");
  expect(roleMark([decorative, { ...complex, deletedAt: 9 }])?.value.role).toBe("decorative");
});

test("an edit of a text that the image came with says nothing about the answer below it", () => {
  const tasks = [task("a", done("A lamp."))];
  const words = (text: string) => ({ kind: "edit", fieldId: "caption", text }) as const;
  const from = { kind: "sidecar", name: "a.txt" } as const;
  const came = mark("came", { value: { ...words("lamp"), kind: "existing", from }, shown: ["a"] });
  const edit = mark("mine", { value: words("A brass lamp."), shown: ["a"] });
  const isOfExisting = (...marks: Mark[]) => shownAnswer(tasks, marks, question).isOfExisting;
  expect(isOfExisting(edit)).toBe(false);
  expect(isOfExisting(came, edit)).toBe(true);
  expect(isOfExisting({ ...came, deletedAt: 1 }, edit)).toBe(false);
  // It came before the model was asked, and the model’s words took its place.
  expect(isOfExisting({ ...came, shown: [] }, edit)).toBe(false);
  // Written before there was an answer, kept beside it, and written anew over the model’s words.
  const early = mark("early", { value: words("A lamp, lit."), shown: [] });
  const kept = { ...early, id: "kept", shown: ["a"], replaces: "early" };
  expect(isOfExisting({ ...came, shown: [] }, early, kept)).toBe(true);
  const back = mark("back", { value: words("A lamp."), shown: ["a"], replaces: "kept" });
  expect(isOfExisting(came, early, kept, back)).toBe(false);
  expect(isOfExisting(came, kept, edit)).toBe(true);
  // What it changed is the model’s again.
  expect(isOfExisting(came, kept, back, { ...edit, replaces: "back" })).toBe(false);
  expect(isOfExisting({ ...came, shown: [] }, early, back, { ...edit, replaces: "back" })).toBe(
    false,
  );
});

test("a newer answer takes the place of words that were the model’s again", () => {
  const value = { kind: "edit", fieldId: "caption", text: "Old" } as const;
  const back = mark("back", { value, shown: ["a"] });
  const old = task("a", done("Old"));
  const asked = shownAnswer([old, task("b", done("New"))], [back], question);
  expect([captionText(asked), asked.edit, asked.besideEdit]).toEqual(["New", null, null]);
  expect(captionText(shownAnswer([old], [back], question))).toBe("Old");
  // It may have been asked in Compare.
  const compared = { ...old, askedBy: "compare" } as const;
  const anew = shownAnswer([compared, task("b", done("New"))], [back], question);
  expect([captionText(anew), anew.besideEdit]).toEqual(["New", null]);
});

test("an answer of nothing that was taken in the place of words shows as such, and is no text", () => {
  const value = { kind: "edit", fieldId: "caption", text: "" } as const;
  const taken = mark("taken", { value, shown: ["a"], replaces: "mine" });
  const mine = mark("mine", { value: { ...value, text: "Mine." } });
  const [empty, full] = [
    task("a", { phase: "empty", source: "service", costMicroUsd: null }),
    task("a", done("A lamp.")),
  ];
  const shown = shownAnswer([empty], [mine, taken], question);
  expect([captionText(shown), shown.edit, isEdited(shown)]).toEqual([null, null, false]);
  // What the user cleared is cleared.
  const cleared = shownAnswer([full], [mine, taken], question);
  expect([captionText(cleared), isEdited(cleared)]).toEqual(["", true]);
});

function done(text: string): TaskState {
  return {
    phase: "done",
    answer: { kind: "caption", text },
    source: "service",
    costMicroUsd: 1300,
  };
}

function task(taskUuid: string, state: TaskState, change: Partial<Task> = {}): Task {
  return exampleTask({ taskUuid, state, recipe, ...change });
}

function mark(id: string, change: Partial<Mark> = {}): Mark {
  return exampleMark({ id, shown: [], ...change });
}
