import { expect, test } from "vitest";
import {
  answeredTask,
  exampleImage,
  exampleMark,
  exampleSheet,
  exampleTask,
} from "#src/domain/example-rows.ts";
import { captionRecipe, newCaptionField } from "#src/domain/field.ts";
import { createDesk } from "#src/features/caption/desk.ts";
import { select, type TextOf } from "#src/features/caption/view-state.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import type { ListHandle } from "./row-actions.ts";

const recipe = captionRecipe(exampleSheet());
const caption = newCaptionField(recipe);
const title = { ...caption, id: "title", name: "Title" };

/** Three images with a caption each; of the second nothing is asked, and it is still being prepared. */
async function openDesk() {
  const ids = ["a", "b", "c"];
  const { open, services } = await openRows({
    sheet: { fields: [caption, title] },
    images: ids.map((id, index) =>
      exampleImage({
        id,
        frame: index + 1,
        preparation: id === "b" ? { phase: "preparing" } : { phase: "ready", pictureHash: id },
      }),
    ),
    tasks: ["a", "c"].map((imageId) =>
      answeredTask(1_300, { taskUuid: `task-${imageId}`, imageId, recipe }),
    ),
  });
  const desk = createDesk(open);
  const seen: (string | TextOf)[] = [];
  const list: ListHandle = {
    focus: (id) => void seen.push(id),
    show: () => undefined,
    edit: (text) => void seen.push(text),
    hasFocus: () => false,
    columns: () => 3,
  };
  desk.setList(list);
  const reviewed = () =>
    [...desk.standings().byId].flatMap(([id, standing]) => (standing.reviewed ? [id] : []));
  return { desk, open, seen, reviewed, undo: services.undo };
}

test("the selected are marked as reviewed with one undo; pressed again, the marks are taken back", async () => {
  const { desk, open, reviewed, undo } = await openDesk();
  select(desk.view, ["a", "c"]);
  desk.review();
  await expect.poll(reviewed).toEqual(["a", "c"]);
  const shown = [...open.store.getState().marks.values()].flat().map((mark) => mark.shown);
  expect(shown).toEqual([["task-a"], ["task-c"]]);
  await undo.undo();
  await expect.poll(reviewed).toEqual([]);
  desk.review();
  await expect.poll(reviewed).toEqual(["a", "c"]);
  desk.review();
  await expect.poll(reviewed).toEqual([]);
});

test("of a selection that is partly reviewed the rest is marked, and no mark is taken back", async () => {
  const { desk, reviewed } = await openDesk();
  desk.rows.review(["a"]);
  await expect.poll(reviewed).toEqual(["a"]);
  select(desk.view, ["a", "c"]);
  desk.review();
  await expect.poll(reviewed).toEqual(["a", "c"]);
  expect(desk.standings().counts.reviewed).toBe(2);
});

test("going on to the next text passes over images that can’t be edited, and ends at the last", async () => {
  const { desk, seen } = await openDesk();
  desk.rows.editBeside({ imageId: "a", fieldId: "caption" }, 1);
  expect(seen).toEqual([{ imageId: "c", fieldId: "caption" }]);
  desk.view.setState({ editing: { imageId: "c", fieldId: "caption" } });
  desk.rows.editBeside({ imageId: "c", fieldId: "caption" }, 1);
  expect(desk.view.getState().editing).toBeNull();
  expect(seen.at(-1)).toBe("c");
});

test("Tab goes through the fields of an image, and out at their ends", async () => {
  const { desk } = await openDesk();
  const { fieldBeside } = desk.rows;
  expect(fieldBeside({ imageId: "a", fieldId: "caption" }, 1)?.fieldId).toBe("title");
  expect(fieldBeside({ imageId: "a", fieldId: "title" }, 1)).toBeNull();
  expect(fieldBeside({ imageId: "a", fieldId: "title" }, -1)?.fieldId).toBe("caption");
});

test("up and down move by the rows of the layout, next and previous by images", async () => {
  const { desk, seen } = await openDesk();
  desk.view.setState({ activeId: "a" });
  desk.moveRows(1, false);
  desk.move(1, false);
  expect(seen).toEqual(["c", "b"]);
});

test("the next unreviewed and the next with a problem come round again from the active image", async () => {
  const { desk, reviewed, seen } = await openDesk();
  desk.rows.review(["b"]);
  await expect.poll(reviewed).toEqual(["b"]);
  desk.view.setState({ activeId: "a" });
  desk.nextUnreviewed();
  desk.view.setState({ activeId: "c" });
  desk.nextUnreviewed();
  // Both answers have the same words.
  desk.view.setState({ activeId: "a" });
  desk.nextProblem();
  expect(seen).toEqual(["c", "a", "c"]);
});

test("an edit is kept with the answer that was on screen", async () => {
  const { desk, open } = await openDesk();
  desk.rows.saveEdit({ imageId: "a", fieldId: "caption" }, "Mine.", "task-a");
  const text = () => desk.standings().byId.get("a")?.texts[0]?.text;
  await expect.poll(text).toBe("Mine.");
  const [mark] = open.store.getState().marks.get("a") ?? [];
  expect(mark).toMatchObject({ value: { text: "Mine." }, shown: ["task-a"] });
});

test("a fix is an edit: the model’s own words stay below it, and can be got back", async () => {
  const { desk, open, undo } = await openDesk();
  const of = { imageId: "a", fieldId: "title" };
  const text = () => desk.standings().byId.get("a")?.texts[0];
  desk.rows.saveEdit({ imageId: "a", fieldId: "caption" }, "A photo of a lamp", "task-a");
  await expect.poll(() => text()?.text).toBe("A photo of a lamp");
  desk.rows.fix({ imageId: "a", fieldId: "caption" }, "opening");
  await expect.poll(() => text()?.text).toBe("A lamp");
  await undo.undo();
  await expect.poll(() => text()?.text).toBe("A photo of a lamp");
  desk.rows.saveEdit(of, "**A *brass* lamp**", null);
  const titleText = () => desk.standings().byId.get("a")?.texts[1]?.text;
  await expect.poll(titleText).toBe("**A *brass* lamp**");
  desk.rows.fixAll("a");
  // All fields of the image with one undo.
  await expect.poll(titleText).toBe("A brass lamp");
  const answer = text()?.shown.answered?.state;
  expect(answer?.phase === "done" && answer.answer.kind === "caption").toBe(true);
  const raw = open.store.getState().tasks.get("a")?.[0]?.state;
  expect(raw).toEqual(answer);
  desk.rows.dropEdit({ imageId: "a", fieldId: "caption" });
  await expect.poll(() => text()?.edited).toBe(false);
});

test("going back to the model’s words takes nothing out of the history, and one undo takes it back", async () => {
  const { desk, open, undo } = await openDesk();
  const of = { imageId: "a", fieldId: "caption" };
  const text = () => desk.standings().byId.get("a")?.texts[0];
  desk.rows.saveEdit(of, "Mine.", "task-a");
  await expect.poll(() => text()?.text).toBe("Mine.");
  desk.rows.dropEdit(of);
  await expect.poll(() => text()).toMatchObject({ text: "A boat.", edited: false });
  const marks = open.store.getState().marks.get("a") ?? [];
  expect(marks.map(({ value, deletedAt }) => [value, deletedAt])).toMatchObject([
    [{ kind: "edit", text: "Mine." }, null],
    [{ kind: "edit", text: "A boat." }, null],
  ]);
  await undo.undo();
  await expect.poll(() => text()?.text).toBe("Mine.");
});

test("an answer of nothing takes nothing out of the history either", async () => {
  const edit = { kind: "edit", fieldId: "caption", text: "Mine." } as const;
  const nothing = { phase: "empty", source: "service", costMicroUsd: null } as const;
  const { open } = await openRows({
    images: [exampleImage({ id: "a" })],
    tasks: [exampleTask({ taskUuid: "task-a", imageId: "a", recipe, state: nothing })],
    marks: [exampleMark({ imageId: "a", value: edit, shown: [] })],
  });
  const desk = createDesk(open);
  const text = () => desk.standings().byId.get("a")?.texts[0];
  expect(text()?.text).toBe("Mine.");
  desk.rows.dropEdit({ imageId: "a", fieldId: "caption" });
  await expect.poll(text).toMatchObject({ text: null, kind: "empty", edited: false });
  const marks = open.store.getState().marks.get("a") ?? [];
  expect(marks.map(({ value, deletedAt }) => [value, deletedAt])).toMatchObject([
    [{ text: "Mine." }, null],
    [{ text: "" }, null],
  ]);
});

test("fixing all of a decorative image changes none of its texts", async () => {
  const { desk } = await openDesk();
  const text = () => desk.standings().byId.get("a")?.texts[0]?.text;
  desk.rows.saveEdit({ imageId: "a", fieldId: "caption" }, "A photo of a lamp", "task-a");
  await expect.poll(text).toBe("A photo of a lamp");
  select(desk.view, ["a"]);
  desk.toggleDecorative();
  await expect.poll(() => desk.standings().byId.get("a")?.role).toBe("decorative");
  desk.rows.fixAll("a");
  // What is written after it is there.
  desk.rows.saveEdit({ imageId: "c", fieldId: "caption" }, "Mine.", "task-c");
  await expect.poll(() => desk.standings().byId.get("c")?.texts[0]?.text).toBe("Mine.");
  expect(text()).toBe("A photo of a lamp");
});

test("roles are set with one undo; D again makes decorative images inform", async () => {
  const { desk, undo } = await openDesk();
  const roles = () => [...desk.standings().byId.values()].map(({ role }) => role);
  select(desk.view, ["a", "c"]);
  desk.toggleDecorative();
  await expect.poll(roles).toEqual(["decorative", "informative", "decorative"]);
  desk.toggleDecorative();
  await expect.poll(roles).toEqual(["informative", "informative", "informative"]);
  await undo.undo();
  await expect.poll(roles).toEqual(["decorative", "informative", "decorative"]);
  desk.rows.setRole(["a", "b", "c"], "complex");
  await expect.poll(roles).toEqual(["complex", "complex", "complex"]);
  await undo.undo();
  await expect.poll(roles).toEqual(["decorative", "informative", "decorative"]);
  // A key that asks spends nothing on what nobody reads.
  desk.rows.ask({ imageId: "a", fieldId: "caption" });
  expect(desk.standings().byId.get("a")?.kind).toBe("decorative");
});

test("a decorative image takes back what Caption asked and has not sent, and nothing else", async () => {
  const asked = (taskUuid: string, change: Parameters<typeof exampleTask>[0]) =>
    exampleTask({ taskUuid, imageId: "a", recipe, ...change });
  const { times } = answeredTask(1_300);
  const { open, orders } = await openRows({
    images: [exampleImage({ id: "a" }), exampleImage({ id: "b", frame: 2 })],
    tasks: [
      asked("waits", { state: { phase: "waiting" } }),
      asked("sent", { state: { phase: "waiting" }, times: { ...times, endedAt: null } }),
      asked("compared", { state: { phase: "waiting" }, askedBy: "compare" }),
      asked("other", { state: { phase: "waiting" }, imageId: "b" }),
      answeredTask(1_300, { taskUuid: "answered", imageId: "a", recipe }),
    ],
  });
  const desk = createDesk(open);
  desk.rows.setRole(["a"], "functional");
  desk.rows.setRole(["a"], "decorative");
  await expect
    .poll(() => orders.filter((order) => order.startsWith("cancel")))
    .toEqual(["cancel waiting sheet waits"]);
});
