import * as fc from "fast-check";
import { expect, test } from "vitest";
import {
  answeredTask,
  exampleImage,
  exampleMark,
  exampleSheet,
  exampleTask,
} from "#src/domain/example-rows.ts";
import { captionRecipe } from "#src/domain/field.ts";
import type { Mark, MarkValue } from "#src/domain/mark.ts";
import type { AnswerSource } from "#src/domain/answer.ts";
import type { Task, TaskState } from "#src/domain/task.ts";
import { createDesk } from "#src/features/caption/desk.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { costOfTry, historyOf, sourceWords, tookMs } from "./history-of.ts";
import { restore, restoringOf } from "./restore.ts";

const recipe = captionRecipe(exampleSheet());
const image = exampleImage();

function taskOf(id: string, at: number, state: TaskState, change: Partial<Task> = {}): Task {
  const times = { ...answeredTask(0).times, createdAt: at - 9, sentAt: at - 5, endedAt: at };
  return exampleTask({ taskUuid: id, recipe, state, times, ...change });
}

function answer(id: string, at: number, text: string, change: Partial<Task> = {}): Task {
  const said = { kind: "caption", text } as const;
  const state = { phase: "done", answer: said, source: "service", costMicroUsd: 1_300 } as const;
  return taskOf(id, at, state, change);
}

function from(source: AnswerSource, change: Partial<Task> = {}): Task {
  const said = { kind: "caption", text: "A boat." } as const;
  return taskOf("t", 1, { phase: "done", answer: said, source, costMicroUsd: null }, change);
}

function mark(id: string, at: number, value: MarkValue, change: Partial<Mark> = {}): Mark {
  return exampleMark({ id, seq: at, at, value, shown: [], ...change });
}

function edit(id: string, at: number, text: string, change: Partial<Mark> = {}): Mark {
  return mark(id, at, { kind: "edit", fieldId: "caption", text }, change);
}

function existing(id: string, at: number, text: string, change: Partial<Mark> = {}): Mark {
  const of = { kind: "sidecar", name: "boat.txt" } as const;
  return mark(id, at, { kind: "existing", fieldId: "caption", text, from: of }, change);
}

/** A sheet with one image that has these rows, and what its history says. */
async function rig(rows: { tasks?: Task[]; marks?: Mark[] }) {
  const { open, services } = await openRows({ images: [image], tasks: [], marks: [], ...rows });
  const desk = createDesk(open);
  const standing = () => {
    const text = desk.standings().byId.get(image.id)?.texts[0];
    if (text === undefined) throw new Error("the image has no text");
    return text;
  };
  const own = () => {
    const { tasks, marks } = open.store.getState();
    return { tasks: tasks.get(image.id) ?? [], marks: marks.get(image.id) ?? [] };
  };
  const entries = () => historyOf(own(), { fieldId: "caption", shown: standing().shown });
  const textEntry = (text: string) => {
    const entry = entries().find((one) => one.kind === "text" && one.text === text);
    if (entry?.kind !== "text") throw new Error(`no entry reads “${text}”`);
    return { image, standing: standing(), entry };
  };
  return {
    entries,
    lines: () =>
      entries().map((entry) =>
        entry.kind === "try"
          ? entry.outcome
          : `${entry.origin}: ${entry.text}${entry.isShown ? " ←" : ""}`,
      ),
    restoring: (text: string) => restoringOf(textEntry(text)),
    restore: (text: string) => restore(open, textEntry(text)),
    shownText: () => standing().text,
    standing,
    undo: services.undo,
  };
}

test("everything that was answered and written is there, the newest first, replaced or not; what was taken back is not", async () => {
  const sheet = await rig({
    tasks: [
      answer("first", 100, "A boat."),
      taskOf("none", 200, { phase: "failed", failure: { kind: "offline" } }),
      answer("second", 300, "A red boat."),
      answer("gone", 350, "Undone.", { deletedAt: 1 }),
      answer("title", 360, "Boat", { fieldId: "title" }),
      answer("elsewhere", 370, "Compared.", { askedBy: "compare", fieldId: null }),
    ],
    marks: [
      existing("came", 50, "boat"),
      edit("mine", 310, "Two boats.", { shown: ["second"] }),
      edit("better", 320, "Two red boats.", { shown: ["second"], replaces: "mine" }),
      edit("undone", 330, "Never mind.", { deletedAt: 1 }),
      mark("title", 340, { kind: "edit", fieldId: "title", text: "Boats" }),
      mark("seen", 345, { kind: "reviewed" }),
    ],
  });
  expect(sheet.lines()).toEqual([
    "you: Two red boats. ←",
    "you: Two boats.",
    "model: A red boat.",
    "failed",
    "model: A boat.",
    "existing: boat",
  ]);
});

test("an answer of another view is in it if it is the one that is shown", async () => {
  const compared = answer("compared", 10, "Compared.", { askedBy: "compare", fieldId: null });
  expect((await rig({ tasks: [compared] })).lines()).toEqual(["model: Compared. ←"]);
});

test("tries without an answer say why, and what they may have cost", async () => {
  const failure = { kind: "timed-out", by: "deadline" } as const;
  const sheet = await rig({
    tasks: [
      taskOf("refused", 1, {
        phase: "refused",
        failure: { kind: "refused", code: "unsafe", message: "no" },
      }),
      taskOf("unsettled", 2, { phase: "unsettled", failure }),
      taskOf("cancelled", 3, { phase: "cancelled" }),
      taskOf("empty", 4, { phase: "empty", source: "service", costMicroUsd: 900 }),
      taskOf("waiting", 5, { phase: "waiting" }),
    ],
  });
  const tries = sheet.entries().flatMap((entry) => (entry.kind === "try" ? [entry] : []));
  expect(tries.map(({ outcome, task }) => [outcome, costOfTry(task)])).toEqual([
    ["under way", 0],
    ["cancelled", 0],
    ["unsettled", null],
    ["refused", 0],
  ]);
  expect(tries.map(({ reason }) => reason?.slice(0, 24) ?? null)).toEqual([
    null,
    null,
    "No answer came in time, ",
    "The service’s safety fil",
  ]);
  expect(sheet.lines()[1]).toBe("model:  ←");
});

test("an answer says where it comes from, how long it took, and that nobody knows its price", () => {
  expect(sourceWords(from("service"))).toEqual([]);
  expect(sourceWords(from("sandbox", { purse: "sandbox" }))).toEqual(["simulated"]);
  expect(sourceWords(from("reused", { purse: "sandbox" }))).toEqual(["reused", "simulated"]);
  expect(sourceWords(from("reused"))).toEqual(["reused"]);
  expect(sourceWords(from("recorded"))).toEqual(["recorded"]);
  expect(costOfTry(from("service"))).toBeNull();
  expect(tookMs(from("service"))).toBe(5);
});

test("the shown model’s answer comes back over the user’s words, which stay in the history; one undo takes that back", async () => {
  const sheet = await rig({
    tasks: [answer("a", 100, "A boat.")],
    marks: [
      edit("one", 110, "Two boats.", { shown: ["a"] }),
      edit("two", 120, "Three boats.", { shown: ["a"], replaces: "one" }),
    ],
  });
  await sheet.restore("A boat.");
  expect(sheet.shownText()).toBe("A boat.");
  // As the model wrote it: neither the row nor the models' figures call it changed.
  expect(sheet.standing()).toMatchObject({ edited: false, shown: { edit: { shown: ["a"] } } });
  expect(sheet.lines()).toEqual([
    "you: A boat. ←",
    "you: Three boats.",
    "you: Two boats.",
    "model: A boat.",
  ]);
  // It is there by now.
  expect(sheet.restoring("A boat.")).toBeNull();
  await sheet.restore("Three boats.");
  expect(sheet.standing()).toMatchObject({ edited: true, text: "Three boats." });
  await sheet.undo.undo();
  await sheet.undo.undo();
  await expect.poll(sheet.lines).toHaveLength(3);
  expect(sheet.shownText()).toBe("Three boats.");
});

test("an older answer, or words of before, become the user’s words, and nothing of the history is lost", async () => {
  const sheet = await rig({
    tasks: [answer("a", 100, "A boat."), answer("b", 200, "A red boat.")],
    marks: [edit("one", 210, "Two boats.", { shown: ["b"] })],
  });
  const before = sheet.lines().length;
  await sheet.restore("A boat.");
  expect(sheet.shownText()).toBe("A boat.");
  expect(sheet.standing()).toMatchObject({ edited: true, shown: { besideEdit: null } });
  expect(sheet.lines()).toHaveLength(before + 1);
  await sheet.undo.undo();
  await expect.poll(sheet.shownText).toBe("Two boats.");
  // What is shown, and what is empty, can't be restored.
  expect(sheet.restoring("Two boats.")).toBeNull();
});

test("a text that the image came with comes back as one, and stands over the answer that was there", async () => {
  const sheet = await rig({
    tasks: [answer("a", 100, "A boat.")],
    marks: [existing("came", 50, "boat"), edit("one", 110, "Two boats.", { shown: ["a"] })],
  });
  await sheet.restore("boat");
  expect(sheet.shownText()).toBe("boat");
  expect(sheet.standing().shown.existing?.value).toMatchObject({ from: { name: "boat.txt" } });
  expect(sheet.standing().edited).toBe(false);
  await sheet.restore("A boat.");
  expect(sheet.shownText()).toBe("A boat.");
  expect(sheet.standing().edited).toBe(false);
});

test("the answer comes back too if a text that came with the image lies between it and the edit", async () => {
  const sheet = await rig({
    tasks: [answer("a", 100, "A boat.")],
    marks: [
      existing("came", 150, "boat", { shown: ["a"] }),
      edit("one", 210, "Two boats.", { shown: ["a"] }),
    ],
  });
  await sheet.restore("A boat.");
  expect(sheet.shownText()).toBe("A boat.");
});

const step = fc.record({
  kind: fc.constantFrom("answer", "edit", "existing"),
  text: fc.constantFrom("A", "B", "C", "D"),
  seesAll: fc.boolean(),
});

test("whatever happened, each text of the history can be made the shown one, one after another, and nothing leaves it; one undo takes each back", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 8 }),
      fc.tuple(fc.nat(), fc.nat()),
      async (steps, picks) => {
        const tasks: Task[] = [];
        const marks: Mark[] = [];
        for (const [at, { kind, text, seesAll }] of steps.entries()) {
          const shown = seesAll ? tasks.map(({ taskUuid }) => taskUuid) : [];
          const id = `${at}`;
          if (kind === "answer") tasks.push(answer(id, at + 1, text));
          else marks.push((kind === "edit" ? edit : existing)(id, at + 1, text, { shown }));
        }
        const sheet = await rig({ tasks, marks });
        expect(sheet.lines().filter((line) => line.endsWith("←"))).toHaveLength(1);
        const textsOf = () =>
          sheet.entries().flatMap((entry) => (entry.kind === "text" ? [entry.text] : []));
        expect(textsOf()).toHaveLength(steps.length);
        const before: (string | null)[] = [];
        for (const pick of picks) {
          const texts = textsOf();
          const wanted = texts[pick % texts.length] ?? "";
          const isShown = sheet.restoring(wanted) === null;
          if (!isShown) before.push(sheet.shownText());
          await sheet.restore(wanted);
          expect(sheet.shownText()).toBe(wanted);
          expect(textsOf()).toEqual(isShown ? texts : [wanted, ...texts]);
        }
        for (const text of before.toReversed()) {
          await sheet.undo.undo();
          await expect.poll(sheet.shownText).toBe(text);
        }
        expect(textsOf()).toHaveLength(steps.length);
      },
    ),
    { numRuns: 50 },
  );
});
