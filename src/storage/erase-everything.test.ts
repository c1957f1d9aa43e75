import { IDBFactory } from "fake-indexeddb";
import { expect, test } from "vitest";
import { wipeEverything, type Places } from "./erase-everything.ts";

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
    texts: [
      textPlace({ "contact-sheet.settings": "{}", "contact-sheet.key": "k", theirs: "stays" }),
    ],
  };
}

test("everything of this app goes, and nothing of other apps at the same address", async () => {
  const places = await placesWith(["contact-sheet", "contact-sheet-old", "another-app"]);
  await wipeEverything(places);
  const left = await places.indexedDB.databases();
  expect(left.map(({ name }) => name)).toEqual(["another-app"]);
  const [text] = places.texts;
  expect(text?.length).toBe(1);
  expect(text?.getItem("theirs")).toBe("stays");
});

test("wiping twice is as good as once", async () => {
  const places = await placesWith(["contact-sheet"]);
  await wipeEverything(places);
  await expect(wipeEverything(places)).resolves.toBeUndefined();
});
