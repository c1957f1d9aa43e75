import { Readable } from "node:stream";
import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import { eraseEverything, eraseTab, type Places } from "./erase-everything.ts";
import { createTypedDrafts } from "./typed-drafts.ts";

function textPlace(entries: Record<string, string>): Storage {
  const map = new Map(Object.entries(entries));
  return {
    get length() {
      return map.size;
    },
    key: (index) => [...map.keys()][index] ?? null,
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
    clear: () => map.clear(),
  };
}

function openOne(factory: IDBFactory, name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(name, 1);
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Error(name)));
  });
}

async function placesWith(names: readonly string[]): Promise<Places> {
  const factory = new IDBFactory();
  for (const name of names) (await openOne(factory, name)).close();
  return {
    indexedDB: factory,
    caches: undefined,
    files: async () => Promise.reject(new DOMException("none here", "SecurityError")),
    texts: [
      textPlace({ "contact-sheet.settings": "{}", "contact-sheet.key": "k", theirs: "stays" }),
    ],
  };
}

test("everything of this app goes, and nothing of other apps at the same address", async () => {
  const places = await placesWith(["contact-sheet", "contact-sheet-old", "another-app"]);
  await eraseEverything(places);
  const left = await places.indexedDB.databases();
  expect(left.map(({ name }) => name)).toEqual(["another-app"]);
  const [text] = places.texts;
  expect(text?.length).toBe(1);
  expect(text?.getItem("theirs")).toBe("stays");
});

test("caches and private files go by the same rule", async () => {
  const caches = new Set(["contact-sheet.models", "contact-sheets", "another-app"]);
  const files = new Set(["contact-sheet-originals", "theirs"]);
  await eraseEverything({
    ...(await placesWith([])),
    caches: { keys: async () => [...caches], delete: async (name) => caches.delete(name) },
    files: async () => ({
      keys: () => Readable.from([...files])[Symbol.asyncIterator](),
      removeEntry: async (name) => {
        files.delete(name);
      },
    }),
  });
  expect([...caches]).toEqual(["contact-sheets", "another-app"]);
  expect([...files]).toEqual(["theirs"]);
});

test("a tab that was erased writes no draft as its page closes", () => {
  const tab = textPlace({
    "contact-sheet.draft.a/note": '{"text":"half a sen","at":0}',
    theirs: "stays",
  });
  const page = new EventTarget();
  const drafts = createTypedDrafts({ device: () => tab, page, now: () => 0 });
  drafts.hold("a/prompt", "typed since", "disk");
  eraseTab(tab, page);
  page.dispatchEvent(new Event("pagehide"));
  expect([tab.length, tab.getItem("theirs")]).toEqual([1, "stays"]);
});

test("erasing twice is as good as once", async () => {
  const places = await placesWith(["contact-sheet"]);
  await eraseEverything(places);
  await expect(eraseEverything(places)).resolves.toBeUndefined();
});
