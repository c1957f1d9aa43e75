import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { exampleSheet } from "#src/domain/example-rows.ts";
import { loadOnce } from "#src/lib/load-once.ts";
import { openDiskStorage } from "./disk-storage.ts";
import { keepsNothing, lateMemoryStorage, lateStorage } from "./late-storage.ts";
import { createMemoryStorage } from "./memory-storage.ts";

const now = (): number => 0;

test("a device keeps nothing until its database is opened, and if that can’t be told, it counts as kept", async () => {
  expect(await keepsNothing()).toBe(true);
  const storage = await openDiskStorage({ now });
  expect(await keepsNothing()).toBe(false);
  storage.close();
  const { indexedDB } = globalThis;
  Reflect.deleteProperty(globalThis, "indexedDB");
  expect(await keepsNothing()).toBe(false);
  globalThis.indexedDB = indexedDB;
});

test("a storage is opened by its first call, in the order of calls, and asked for again if that fails", async () => {
  let tries = 0;
  const open = loadOnce(async () => {
    tries += 1;
    if (tries === 1) throw new Error("lost");
    return openDiskStorage({ now });
  });
  const late = lateStorage("disk", open);
  late.close();
  expect(tries).toBe(0);
  await expect(late.listSheets()).rejects.toThrow("lost");
  const [, read] = await Promise.all([
    late.write({ sheets: [exampleSheet({ id: "s" })] }),
    late.readSheet("s"),
  ]);
  expect(read?.sheet.id).toBe("s");
  expect(tries).toBe(2);
  late.close();
});

test("memory-only sheets load nothing before one is made", async () => {
  const open = loadOnce(async () => createMemoryStorage());
  const late = lateMemoryStorage(open);
  expect(await late.listSheets()).toEqual({ sheets: [], skipped: [] });
  expect(await late.readSheet("s")).toBeNull();
  expect(await late.purge({ deletedBefore: 1 })).toEqual({ sheets: 0, images: 0, awaited: 0 });
  expect(open.made()).toBeNull();
  await late.write({ sheets: [exampleSheet({ id: "s", keeping: "memory" })] });
  expect((await late.listSheets()).sheets.map(({ sheet }) => sheet.id)).toEqual(["s"]);
});
