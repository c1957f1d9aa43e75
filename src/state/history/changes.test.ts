import { expect, test, vi } from "vitest";
import { exampleImage, exampleMark, exampleSheet } from "#src/domain/example-rows.ts";
import { FailureError } from "#src/domain/failure.ts";
import { captionRecipe, withCaptionRecipe } from "#src/domain/field.ts";
import { createUndoStack } from "#src/state/history/undo-stack.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import {
  createSheetChanges,
  type RowsWritten,
  type SheetChannel,
} from "#src/state/history/changes.ts";
import { createSheetStore } from "#src/state/sheet/sheet-store.ts";

const SHEET = exampleSheet({ id: "s", keeping: "memory" });
const IMAGE = exampleImage({ sheetId: "s" });

async function rig(change: (memory: Storage) => Partial<Storage> = () => ({})) {
  const memory = createMemoryStorage();
  await memory.write({ sheets: [SHEET], images: [IMAGE] });
  const records = await memory.readSheet("s");
  if (records === null) throw new Error("the sheet was not written");
  const sheetStore = createSheetStore(records, true);
  const told: RowsWritten[] = [];
  const channel: SheetChannel = {
    post: (rows) => void told.push(rows),
    close: () => undefined,
    onRows: () => undefined,
  };
  let clock = 100;
  const now = () => (clock += 1);
  const undo = createUndoStack(now);
  undo.show("s");
  const changes = createSheetChanges({
    storage: { ...memory, ...change(memory) },
    sheetStore,
    channel,
    undo,
    now,
  });
  const withPrompt = (prompt: string) => ({
    fields: withCaptionRecipe(SHEET.fields, { ...captionRecipe(SHEET), prompt }),
  });
  return {
    changes,
    undo,
    told,
    sheetStore,
    state: () => {
      sheetStore.flush();
      return sheetStore.store.getState();
    },
    prompt: () => captionRecipe(sheetStore.store.getState().sheet).prompt,
    kept: async () => {
      const all = await memory.readSheet("s");
      if (all === null) throw new Error("the sheet is gone");
      return all;
    },
    withPrompt,
    type: (prompt: string) => {
      sheetStore.show({ sheet: { ...SHEET, ...withPrompt(prompt) } });
      sheetStore.flush();
      return changes.keepWhenTypingRests();
    },
  };
}

test("one change is stored, shown, told to other tabs and taken back as a whole", async () => {
  const { changes, undo, told, state, kept } = await rig();
  const marks = [{ ...exampleMark({ id: "m", sheetId: "s" }), seq: null }];
  const diff = { adds: { marks }, removes: { images: [IMAGE] } };
  const applied = await changes.apply(diff, { label: "both" });
  expect(applied.adds?.marks?.[0]?.seq).toBeGreaterThan(0);
  expect(state().order).toEqual([]);
  await undo.undo();
  expect(state().order).toEqual([IMAGE.id]);
  expect([...state().marks.values()].flat()).toEqual([]);
  expect(told.at(-1)).toMatchObject({ images: [{ deletedAt: null }], marks: [{ id: "m" }] });
  await undo.redo();
  expect(state().order).toEqual([]);
  expect((await kept()).marks).toMatchObject([{ id: "m", deletedAt: null }]);
});

test("what can't be undone is undone by something else, which redoing takes away again", async () => {
  const { changes, undo, state } = await rig();
  const mark = (id: string) => ({ ...exampleMark({ id, sheetId: "s" }), seq: null });
  const shown = () => [...state().marks.values()].flat().map(({ id }) => id);
  await changes.apply(
    { adds: { marks: [mark("vote")] } },
    { label: "the vote", undoneBy: () => ({ adds: { marks: [mark("void")] } }) },
  );
  await undo.undo();
  expect(shown()).toEqual(["vote", "void"]);
  await undo.redo();
  expect(shown()).toEqual(["vote"]);
});

test("an image whose picture came meanwhile is taken off, and comes back, with that picture", async () => {
  const { changes, undo, state } = await rig();
  const unseen = exampleImage({ id: "u", sheetId: "s", frame: 2 });
  await changes.apply({ adds: { images: [unseen] } }, { label: "merging" });
  const filled = { ...unseen, preparation: { phase: "ready" as const, pictureHash: "hash" } };
  await changes.apply({ adds: { images: [filled] } });
  await undo.undo();
  await undo.redo();
  expect(state().images.get("u")?.preparation).toEqual(filled.preparation);
});

test("undo takes back only what its change set: what was set since, here or in another tab, stays", async () => {
  const { changes, undo, sheetStore } = await rig();
  const column = (id: string, widthPx: number | null = null) => ({ id, widthPx });
  const first = {
    sharedPrompt: "old",
    against: { kind: "column", columnId: "b" },
    columns: ["a", "b", "c"].map((id) => column(id)),
  };
  const compare = () => sheetStore.store.getState().sheet.compare;
  const set = (after: unknown, label?: string) =>
    changes.apply(
      { settings: { before: { compare: compare() }, after: { compare: after } } },
      label === undefined ? undefined : { label },
    );
  await set(first);
  const without = { ...first, against: { kind: "others" }, columns: [column("a"), column("c")] };
  await set(without, "removing the column b");
  await set({ ...without, sharedPrompt: "new" });
  await set({
    ...without,
    sharedPrompt: "new",
    columns: [column("c", 300), column("a"), column("d")],
  });
  await undo.undo();
  expect(compare()).toEqual({
    sharedPrompt: "new",
    against: { kind: "column", columnId: "b" },
    columns: [column("c", 300), column("a"), column("b"), column("d")],
  });
  await undo.redo();
  expect(compare()).toEqual({
    sharedPrompt: "new",
    against: { kind: "others" },
    columns: [column("c", 300), column("a"), column("d")],
  });
});

test("a change of order is taken back around what came since", async () => {
  const { changes, undo, sheetStore } = await rig();
  const compare = () => sheetStore.store.getState().sheet.compare;
  const set = (ids: string, label = "it") =>
    changes.apply(
      {
        settings: {
          before: { compare: compare() },
          after: { compare: { columns: ids.split("").map((id) => ({ id })) } },
        },
      },
      { label },
    );
  await set("abc");
  await set("cab", "moving c");
  const moved = undo.store.getState().latest?.change;
  await set("cxab");
  await undo.undo(moved);
  expect(compare()).toEqual({ columns: ["a", "x", "b", "c"].map((id) => ({ id })) });
});

test("what can't be kept is not shown, told or undoable", async () => {
  const write = () => Promise.reject(new FailureError({ kind: "storage-full" }));
  const { changes, undo, told, state } = await rig(() => ({ write }));
  const removing = changes.apply({ removes: { images: [IMAGE] } }, { label: "removing" });
  await expect(removing).rejects.toThrow(FailureError);
  expect(state().order).toEqual([IMAGE.id]);
  expect(told).toEqual([]);
  expect(undo.store.getState().past).toEqual([]);
});

test("a setting that is kept late does not take back what was set meanwhile", async () => {
  const waiting: (() => void)[] = [];
  const { changes, prompt, kept, told, withPrompt } = await rig((memory) => ({
    write: async (rows) => {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
      return memory.write(rows);
    },
  }));
  const set = (text: string) =>
    changes.apply({ settings: { before: {}, after: withPrompt(text) } });
  const [first, second] = [set("H"), set("He")];
  waiting[0]?.();
  await first;
  expect(prompt()).toBe("He");
  waiting[1]?.();
  await second;
  expect(captionRecipe((await kept()).sheet).prompt).toBe("He");
  expect(told.at(-1)?.sheet?.fields[0].recipe.prompt).toBe("He");
});

test("what is typed is written once, when typing rests", async () => {
  vi.useFakeTimers();
  try {
    let writes = 0;
    const { changes, told, type } = await rig((memory) => ({
      write: (rows) => {
        writes += 1;
        return memory.write(rows);
      },
    }));
    let last: Promise<void> = Promise.resolve();
    for (const text of ["H", "He", "Hey"]) last = type(text);
    vi.advanceTimersByTime(499);
    expect(writes).toBe(0);
    vi.advanceTimersByTime(1);
    await last;
    expect(writes).toBe(1);
    expect(told.at(-1)?.sheet?.fields[0].recipe.prompt).toBe("Hey");
    await changes.keepTyped();
    expect(writes).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

test("what was typed is kept at once if it is asked for, and its writer hears of a failure", async () => {
  const { changes, kept, type } = await rig();
  const typed = type("now");
  await changes.keepTyped();
  await typed;
  expect(captionRecipe((await kept()).sheet).prompt).toBe("now");
  const full = await rig(() => ({
    write: () => Promise.reject(new FailureError({ kind: "storage-full" })),
  }));
  const lost = full.type("lost");
  await Promise.all([
    expect(full.changes.keepTyped()).rejects.toThrow(FailureError),
    expect(lost).rejects.toThrow(FailureError),
  ]);
});
