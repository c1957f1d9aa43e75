import { expect, test } from "vitest";
import { answeredTask, exampleImage, exampleMark, exampleSheet } from "#src/domain/example-rows.ts";
import { captionRecipe } from "#src/domain/field.ts";
import type { Mark } from "#src/domain/mark.ts";
import type { Task } from "#src/domain/task.ts";
import { createDesk } from "#src/features/caption/desk.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { modelFigures } from "./model-figures.ts";

const recipe = captionRecipe(exampleSheet());

function answer(imageId: string, text: string, change: Partial<Task> = {}): Task {
  const said = { kind: "caption", text } as const;
  const base = answeredTask(1_000, { imageId, taskUuid: `${imageId}-1`, recipe, ...change });
  const state = { phase: "done", answer: said, source: "service", costMicroUsd: 1_000 } as const;
  return { ...base, state: change.state ?? state };
}

function edit(imageId: string, text: string, change: Partial<Mark> = {}): Mark {
  const value = { kind: "edit", fieldId: "caption", text } as const;
  return exampleMark({ id: `edit ${imageId}`, imageId, value, shown: [`${imageId}-1`], ...change });
}

function reviewed(imageId: string, shown: string[] = [`${imageId}-1`]): Mark {
  return exampleMark({ id: `review ${imageId}`, imageId, value: { kind: "reviewed" }, shown });
}

async function figuresOf(rows: { tasks: Task[]; marks: Mark[] }) {
  const ids = new Set([...rows.tasks, ...rows.marks].map(({ imageId }) => imageId));
  const images = [...ids].map((id, at) => exampleImage({ id, frame: at + 1 }));
  const { open } = await openRows({ images, ...rows });
  const work = modelFigures(open.store.getState().tasks, createDesk(open).standings());
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

test("only texts that somebody has looked at count: edited ones by their words, reviewed ones as left alone", async () => {
  const [figures] = await figuresOf({
    tasks: [
      answer("edited", "A red lamp on a table."),
      answer("reviewed", "A boat."),
      answer("both", "A photo of a cup."),
      answer("unseen", "A chair."),
      answer("kept", "A vase."),
      answer("later", "A door."),
    ],
    marks: [
      edit("edited", "A brass lamp on a table."),
      reviewed("reviewed"),
      edit("both", "A cup."),
      reviewed("both"),
      // Saved as it was.
      edit("kept", "A vase. "),
      // Reviewed before the answer that is shown.
      reviewed("later", ["other"]),
    ],
  });
  expect(figures).toMatchObject({ answers: 6, purse: "runware" });
  expect(figures?.unchanged).toMatchObject({ hits: 2, n: 4, share: 0.5 });
  expect(figures?.unchanged.low).toBeGreaterThan(0.1);
  // 0, 0, 1/6 and 3/5.
  expect(figures?.medianChange).toBeCloseTo(1 / 12, 10);
});

test("words that no model was asked for, and texts that came with the image, are nobody’s change", async () => {
  const from = { kind: "sidecar", name: "a.txt" } as const;
  const existing = { kind: "existing", fieldId: "caption", text: "boat", from } as const;
  const [figures, ...others] = await figuresOf({
    tasks: [answer("asked", "A boat."), answer("covered", "A boat.")],
    marks: [
      edit("byHand", "By hand.", { shown: [] }),
      exampleMark({ id: "e", imageId: "covered", value: existing, shown: ["covered-1"] }),
      reviewed("covered"),
    ],
  });
  expect(others).toEqual([]);
  expect(figures).toMatchObject({
    answers: 2,
    medianChange: null,
    unchanged: { n: 0, share: null },
  });
});

test("models, prompts and purses are apart; a change counts for the answer that was changed, not for one that came later", async () => {
  const other = { ...recipe, prompt: "Keywords only." };
  const unknown = {
    phase: "done",
    answer: { kind: "caption", text: "cup" },
    source: "service",
    costMicroUsd: null,
  } as const;
  const figures = await figuresOf({
    tasks: [
      answer("a", "A boat."),
      answer("a", "boat, red", { taskUuid: "a-2", recipe: other }),
      answer("b", "cup", { recipe: other, state: unknown }),
      answer("c", "A chair.", { purse: "sandbox" }),
      answer("c", "Compared.", { taskUuid: "c-2", askedBy: "compare", fieldId: null }),
      answer("d", "Undone.", { deletedAt: 1 }),
    ],
    marks: [edit("a", "Two boats.")],
  });
  expect(
    figures.map(({ prompt, purse, answers, costs, unchanged }) => [
      prompt,
      purse,
      answers,
      costs.microUsd,
      costs.unknown,
      unchanged.n,
    ]),
  ).toEqual([
    ["Keywords only.", "runware", 2, 1_000, 1, 0],
    ["", "runware", 1, 1_000, 0, 1],
    ["", "sandbox", 1, 1_000, 0, 0],
  ]);
});

test("an edit of a text that an image came with is no correction of the answer below it", async () => {
  const from = { kind: "sidecar", name: "a.txt" } as const;
  const value = { kind: "existing", fieldId: "caption", text: "lamp", from } as const;
  const came = exampleMark({ id: "came", imageId: "a", value, shown: ["a-1"], seq: 1 });
  const [figures] = await figuresOf({
    tasks: [answer("a", "A red lamp.")],
    marks: [came, edit("a", "A brass lamp.", { seq: 2 })],
  });
  expect(figures?.medianChange).toBeNull();
});
