import { afterEach, expect, test } from "vitest";
import { answeredTask, exampleImage, exampleSheet } from "#src/domain/example-rows.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { createDesk } from "#src/features/caption/desk.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { toastStore } from "#src/ui/toasts.ts";
import { previewFixes } from "./fix-all.ts";

const recipe = captionRecipe(exampleSheet());
const state = {
  phase: "done",
  answer: { kind: "caption", text: "A photo of a lamp." },
  source: "service",
  costMicroUsd: 1_300,
} as const;

afterEach(() => toastStore.setState({ toasts: [] }));

async function openDesk() {
  const { open } = await openRows({
    images: [exampleImage({ id: "a" })],
    tasks: [answeredTask(1_300, { imageId: "a", recipe, state })],
  });
  return createDesk(open);
}

const scope = { ids: ["a"], checks: "all", fieldId: null } as const;
const how = () => ({ title: "Fix", signal: new AbortController().signal });

test("what would be mended is shown at once to whoever waits for it", async () => {
  const desk = await openDesk();
  await previewFixes(desk, scope, how());
  expect(desk.view.getState().dialog).toMatchObject({
    kind: "changes",
    changes: [{ before: "A photo of a lamp.", after: "A lamp." }],
  });
  expect(toastStore.getState().toasts).toEqual([]);
});

test.each([
  ["edits a text", { editing: { imageId: "a", fieldId: "caption" } }],
  ["opens a dialog", { dialog: { kind: "bulk" } }],
  ["goes on to an image", { activeId: "a" }],
  ["searches", { search: "lamp" }],
] as const)(
  "nothing covers what the user does meanwhile: one who %s is told",
  async (_, elsewhere) => {
    const desk = await openDesk();
    const ready = previewFixes(desk, scope, how());
    desk.view.setState(elsewhere);
    await ready;
    expect(desk.view.getState().dialog).toEqual("dialog" in elsewhere ? elsewhere.dialog : null);
    const [toast] = toastStore.getState().toasts;
    expect(toast?.text).toBe("The preview is ready.");
    toast?.action?.run();
    expect(desk.view.getState().dialog?.kind).toBe("changes");
  },
);
