import { expect, onTestFinished, test } from "vitest";
import { createUndoStack, type Change } from "#src/state/history/undo-stack.ts";
import { toastStore } from "#src/ui/toasts.ts";
import { tellChanges } from "./undo-toasts.tsx";

function rig() {
  let clock = 0;
  const undo = createUndoStack(() => (clock += 1));
  const done: string[] = [];
  toastStore.setState({ toasts: [] });
  onTestFinished(tellChanges(undo));
  const change = (label: string, more: Partial<Change> = {}): Change => ({
    label,
    sheetId: null,
    undo: async () => void done.push(`undo ${label}`),
    redo: async () => void done.push(`redo ${label}`),
    ...more,
  });
  const toast = () => toastStore.getState().toasts.at(-1);
  const press = async () => {
    const { length } = done;
    toast()?.action?.run();
    await expect.poll(() => done.length).toBeGreaterThan(length);
  };
  return { undo, done, change, toast, press };
}

test("a toast’s button takes back what the toast names, whatever quiet change came after it", async () => {
  const { undo, done, change, toast, press } = rig();
  undo.push(change("removing an image"));
  undo.push(change("judging a face", { quiet: true }));
  expect(toast()).toMatchObject({
    text: "Done: removing an image.",
    action: { label: "Undo" },
  });
  await press();
  expect(done).toEqual(["undo removing an image"]);
  expect(toast()).toMatchObject({ text: "Undone: removing an image.", action: { label: "Redo" } });
  await press();
  expect(toast()).toMatchObject({ text: "Done again: removing an image." });
  expect(toastStore.getState().toasts).toHaveLength(1);
});

test("the change that it was loaded for is told, too", () => {
  const undo = createUndoStack(() => 0);
  const steps = { undo: async () => undefined, redo: async () => undefined };
  undo.push({ label: "removing an image", sheetId: "a", ...steps });
  onTestFinished(tellChanges(undo));
  expect(toastStore.getState().toasts.at(-1)?.text).toBe("Done: removing an image.");
});

test("what was changed while something was taken back can’t be overtaken by a redo", async () => {
  const { undo, change, toast } = rig();
  undo.push(change("asking again", { undo: async () => undo.push(change("editing")) }));
  await undo.undo();
  expect(toast()).toMatchObject({ text: "Undone: asking again.", action: null });
});

test("what can’t be taken back is not told as taken back", async () => {
  const { undo, change, toast } = rig();
  undo.push(change("deleting a sheet", { undo: async () => Promise.reject(new Error("full")) }));
  await expect(undo.undo()).rejects.toThrow("full");
  expect(toast()?.text).toBe("Done: deleting a sheet.");
});
