import { expect, test } from "vitest";
import { createUndoStack, type Change } from "./undo-stack.ts";

test("undo and redo run one after another, in order, however fast they are asked for", async () => {
  const log: string[] = [];
  const stack = createUndoStack(() => 0);
  for (const name of ["a", "b"]) {
    stack.push({
      label: name,
      sheetId: null,
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
    sheetId: null,
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

test("a new change drops what could be redone", async () => {
  const stack = createUndoStack(() => 0);
  const steps = { undo: async () => undefined, redo: async () => undefined };
  const change = { label: "a", sheetId: null, ...steps };
  stack.push(change);
  await stack.undo();
  stack.push({ ...change, label: "b" });
  expect(stack.store.getState().future).toEqual([]);
});

function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

function logged(label: string, log: string[], wait?: Promise<void>): Change {
  return {
    label,
    sheetId: null,
    undo: async () => {
      await wait;
      log.push(`undo ${label}`);
    },
    redo: async () => void log.push(`redo ${label}`),
  };
}

test("a change made while an undo is awaited stays undoable, and the undone one is not undone twice", async () => {
  const log: string[] = [];
  const { open, opened } = gate();
  const stack = createUndoStack(() => 0);
  stack.push(logged("run", log, opened));
  const undoing = stack.undo();
  await Promise.resolve();
  stack.push(logged("edit", log));
  open();
  await undoing;
  await stack.undo();
  await stack.undo();
  expect(log).toEqual(["undo run", "undo edit"]);
});

test("a failed undo goes back to its place, below what was changed in the meantime", async () => {
  const log: string[] = [];
  let clock = 0;
  const stack = createUndoStack(() => (clock += 1));
  const { open, opened } = gate();
  stack.push({
    ...logged("a", log),
    undo: () => opened.then(() => Promise.reject(new Error("full"))),
  });
  const undoing = stack.undo();
  await Promise.resolve();
  stack.push(logged("b", log));
  open();
  await expect(undoing).rejects.toThrow("full");
  expect(stack.store.getState().past.map(({ change }) => change.label)).toEqual(["a", "b"]);
});

test("the change that is named is taken back, whatever came after it", async () => {
  const log: string[] = [];
  const stack = createUndoStack(() => 0);
  const named = logged("removing 3 images", log);
  stack.push(named);
  stack.push({ ...logged("judging a face", log), quiet: true });
  await stack.undo(named);
  await stack.undo(named);
  await stack.redo(named);
  expect(log).toEqual(["undo removing 3 images", "redo removing 3 images"]);
});

test("clearing does not wait for an undo that never ends, and that one does not come back", async () => {
  const log: string[] = [];
  const { open, opened } = gate();
  const stack = createUndoStack(() => 0);
  stack.push(logged("kept", log));
  stack.push({
    ...logged("hangs", log),
    undo: () => opened.then(() => Promise.reject(new Error("gone"))),
  });
  const undoing = stack.undo();
  await Promise.resolve();
  const cleared = stack.clear();
  expect(stack.store.getState().past).toEqual([]);
  open();
  await expect(undoing).rejects.toThrow("gone");
  await cleared;
  expect(stack.store.getState()).toMatchObject({ past: [], future: [] });
});

test("a change can be taken back for 23 hours, an hour less than its rows are kept", async () => {
  const log: string[] = [];
  let clock = 0;
  const stack = createUndoStack(() => clock);
  stack.push(logged("old", log));
  clock = 3_600_000;
  stack.push(logged("young", log));
  clock = 23 * 3_600_000 + 1;
  await stack.undo();
  await stack.undo();
  expect(log).toEqual(["undo young"]);
});

test("a key takes back what was done to the sheet on screen or to the list, and nothing of another sheet", async () => {
  const log: string[] = [];
  let clock = 0;
  const stack = createUndoStack(() => (clock += 1));
  const change = (label: string, sheetId: string | null) => ({ ...logged(label, log), sheetId });
  stack.push(change("edit on A", "a"));
  stack.push(change("deleting C", null));
  stack.push(change("edit on B", "b"));
  stack.show("a");
  await stack.undo();
  await stack.undo();
  await stack.undo();
  expect(log).toEqual(["undo deleting C", "undo edit on A"]);
  stack.show("b");
  await stack.redo();
  expect(log.slice(2)).toEqual(["redo deleting C"]);
  await stack.redo();
  expect(log).toHaveLength(3);
});

test("work on one sheet leaves another one’s undo and redo", async () => {
  const log: string[] = [];
  let clock = 0;
  const stack = createUndoStack(() => (clock += 1));
  const change = (label: string, sheetId: string) => ({ ...logged(label, log), sheetId });
  stack.push(change("first on A", "a"));
  stack.push(change("last on A", "a"));
  stack.show("a");
  await stack.undo();
  for (let count = 0; count < 150; count += 1) stack.push(change("edit on B", "b"));
  expect(stack.store.getState().past).toHaveLength(101);
  await stack.redo();
  await stack.undo();
  await stack.undo();
  expect(log).toEqual(
    ["last on A", "last on A", "last on A", "first on A"].map((label, at) =>
      at === 1 ? `redo ${label}` : `undo ${label}`,
    ),
  );
});
