import { expect, test } from "vitest";
import { createUndoStack } from "./undo-stack.ts";

test("undo and redo run one after another, in order, however fast they are asked for", async () => {
  const log: string[] = [];
  const stack = createUndoStack(() => 0);
  for (const name of ["a", "b"]) {
    stack.push({
      label: name,
      undo: async () => {
        await Promise.resolve();
        log.push(`undo ${name}`);
      },
      redo: async () => {
        log.push(`redo ${name}`);
      },
    });
  }
  await Promise.all([stack.undo(), stack.undo(), stack.redo()]);
  expect(log).toEqual(["undo b", "undo a", "redo a"]);
});

test("a change that can't be undone stays undoable, and the next undo still runs", async () => {
  const stack = createUndoStack(() => 0);
  let broken = true;
  stack.push({
    label: "a",
    undo: async () => {
      if (broken) throw new Error("disk full");
    },
    redo: async () => undefined,
  });
  await expect(stack.undo()).rejects.toThrow("disk full");
  broken = false;
  await stack.undo();
  expect(stack.store.getState().past).toEqual([]);
  expect(stack.store.getState().latest?.how).toBe("undone");
});

test("a new change forgets what could be redone", async () => {
  const stack = createUndoStack(() => 0);
  const change = { label: "a", undo: async () => undefined, redo: async () => undefined };
  stack.push(change);
  await stack.undo();
  stack.push({ ...change, label: "b" });
  expect(stack.store.getState().future).toEqual([]);
});
