import "fake-indexeddb/auto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { openDiskStorage } from "#src/storage/disk-storage.ts";
import type { Storage } from "#src/storage/storage.ts";
import { createUndoStack } from "./history/undo-stack.ts";
import { createPromptLibrary, type PromptWords } from "./prompt-library.ts";

const shop: PromptWords = {
  name: "Shop",
  text: "Name it in {language}, at most {max}.",
  kind: "sentence",
  limit: { most: 125, unit: "characters" },
  note: "For the shop.",
};

function libraryOn(storage: Storage) {
  let clock = 0;
  const now = () => (clock += 1);
  const undo = createUndoStack(now);
  const library = createPromptLibrary({ storage, undo, now, newId: () => crypto.randomUUID() });
  const names = () => (library.store.getState().prompts ?? []).map(({ name }) => name);
  const idOf = (name: string) =>
    library.store.getState().prompts?.find((prompt) => prompt.name === name)?.id ?? "";
  return { ...library, undo, names, idOf };
}

test.each(["disk", "memory"] as const)(
  "prompts kept on %s are there when it is opened again",
  async (keeping) => {
    const name = crypto.randomUUID();
    const memory = createMemoryStorage();
    const open = () => (keeping === "disk" ? openDiskStorage({ name, now: () => 1 }) : memory);
    const storage = await open();
    await libraryOn(storage).save(shop);
    if (keeping === "disk") storage.close();
    const again = await open();
    expect(await again.readPrompts()).toMatchObject([{ ...shop, isUnsaved: false }]);
  },
);

test("a prompt is changed in its place, duplicated beside it, moved and removed with one undo", async () => {
  const library = libraryOn(createMemoryStorage());
  for (const name of ["A", "B", "C"]) await library.save({ ...shop, name, text: name });
  await library.save({ ...shop, name: "A2", text: "a" }, library.idOf("A"));
  await library.duplicate(library.idOf("B"));
  await library.duplicate(library.idOf("B"));
  expect(library.names()).toEqual(["A2", "B", "B (3)", "B (2)", "C"]);
  await library.move(library.idOf("C"), -1);
  await library.move(library.idOf("A2"), -1);
  expect(library.names()).toEqual(["A2", "B", "B (3)", "C", "B (2)"]);
  await library.remove(library.idOf("B"));
  expect(library.names()).toEqual(["A2", "B (3)", "C", "B (2)"]);
  await library.undo.undo();
  expect(library.names()).toEqual(["A2", "B", "B (3)", "C", "B (2)"]);
});

test("a text that another prompt took the place of is kept once, and only the newest ten are", async () => {
  const library = libraryOn(createMemoryStorage());
  await library.save(shop);
  await library.keepUnsaved(shop);
  await library.keepUnsaved({ ...shop, text: "  " });
  for (let at = 0; at < 12; at++) await library.keepUnsaved({ ...shop, text: `Typed ${at}` });
  await library.keepUnsaved({ ...shop, text: "Typed 11" });
  const unsaved = library.store.getState().prompts?.filter(({ isUnsaved }) => isUnsaved) ?? [];
  expect(unsaved.map(({ text }) => text).toSorted()).toEqual(
    Array.from({ length: 10 }, (_, at) => `Typed ${at + 2}`).toSorted(),
  );
  await library.save({ ...shop, name: "Kept", text: "Typed 5" });
  expect(library.store.getState().prompts?.filter(({ text }) => text === "Typed 5")).toHaveLength(
    1,
  );
});

test("a library goes through a file, and what is known or no prompt is not added", async () => {
  const source = libraryOn(createMemoryStorage());
  await source.save(shop);
  await source.save({ ...shop, name: "Tags", kind: "tags", limit: null, text: "Tags." });
  await source.keepUnsaved({ ...shop, text: "Typed." });
  const target = libraryOn(createMemoryStorage());
  await target.save(shop);
  expect(await target.bringIn(source.fileText())).toEqual({ added: 1, known: 1, leftOut: 0 });
  expect(target.names()).toEqual(["Shop", "Tags"]);
  const odd = {
    format: "contact-sheet-prompts",
    version: 1,
    prompts: [{ name: " ", text: "x" }, 7, { name: "Odd", text: "y", kind: "poem", limit: 3 }],
  };
  expect(await target.bringIn(JSON.stringify(odd))).toEqual({ added: 1, known: 0, leftOut: 2 });
  expect(target.store.getState().prompts?.at(-1)).toMatchObject({ kind: "free", limit: null });
});

test("whatever a file holds, it brings in prompts or is refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
      expect(await libraryOn(createMemoryStorage()).bringIn(text)).toBeNull();
    }),
  );
});
