import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  answeredTask,
  exampleImage,
  examplePicture,
  exampleSheet,
  exampleTask,
} from "#src/domain/example-rows.ts";
import { dayName } from "#src/domain/sheet-name.ts";
import { FailureError } from "#src/domain/failure.ts";
import type { Storage } from "#src/storage/storage.ts";
import type { OpenSheet } from "./sheet/open-sheet.ts";
import { openOf, setUp } from "./workspace-rig.ts";

const A = exampleSheet({ id: "a", name: "A" });
const B = exampleSheet({ id: "b", name: "B" });

test("a new sheet begins with what was asked last, and a memory-only sheet leaves nothing for the next one", async () => {
  const { workspace } = await setUp();
  await workspace.start(null);
  const promptOf = () => openOf(workspace).store.getState().sheet.fields[0].recipe.prompt;
  const ask = async (prompt: string) => {
    const { saveSettings, runs, store } = openOf(workspace);
    const [field] = store.getState().sheet.fields;
    await saveSettings({ fields: [{ ...field, recipe: { ...field.recipe, prompt } }] });
    await runs.start({ askedBy: "caption", questions: [], reuse: true });
  };
  await ask("Name the lamp.");
  await workspace.newSheet();
  expect(promptOf()).toBe("Name the lamp.");
  await workspace.newSheet({ keeping: "memory" });
  await ask("In secret.");
  await workspace.newSheet();
  expect(promptOf()).toBe("Name the lamp.");
});

test("what was done to a sheet is undone on that sheet alone, and from elsewhere by its own button", async () => {
  const { workspace, storages, services, told } = await setUp();
  await storages.disk.write({ sheets: [A, B], images: [exampleImage({ sheetId: "a" })] });
  await workspace.start("a");
  await openOf(workspace).images.remove(["image"]);
  await workspace.openSheet("b");
  await services.undo.undo();
  const [removing] = services.undo.store.getState().past;
  expect((await storages.disk.readSheet("a"))?.images).not.toMatchObject([{ deletedAt: null }]);
  await services.undo.undo(removing?.change);
  expect(services.undo.store.getState().past).toEqual([]);
  expect(told.at(-1)?.images).toMatchObject([{ id: "image", deletedAt: null }]);
  await workspace.openSheet("a");
  await expect.poll(() => openOf(workspace).store.getState().order).toEqual(["image"]);
});

test("a sheet that is renamed, deleted or restored keeps the settings it has by then", async () => {
  const { workspace, storages, services } = await setUp();
  await storages.disk.write({ sheets: [A, B] });
  await workspace.start("a");
  await workspace.openSheet("b");
  // As another tab does: neither the list nor this tab's sheets know of it.
  await storages.disk.write({ sheets: [{ ...B, id: "c" }] });
  await workspace.refresh();
  await storages.disk.write({ sheets: [{ ...B, id: "c", copySide: 2048 }] });
  await workspace.openSheet("a");
  await openOf(workspace).saveSettings({ copySide: 2048 });
  await workspace.openSheet("b");
  for (const id of ["a", "c"]) {
    await workspace.rename(id, "Renamed");
    await workspace.remove(id);
    await services.undo.undo();
    expect((await storages.disk.readSheet(id))?.sheet).toMatchObject({
      name: "Renamed",
      copySide: 2048,
      deletedAt: null,
    });
  }
});

test("a sheet is renamed and deleted as a change: told to other tabs, and taken back as data, shown here or not", async () => {
  const { workspace, storages, services, told } = await setUp();
  await storages.disk.write({ sheets: [A, B] });
  await workspace.start("a");
  const { undo } = services;
  for (const id of ["b", "a"]) {
    const kept = async () => (await storages.disk.readSheet(id))?.sheet;
    const before = (await kept())?.name;
    await workspace.rename(id, "Renamed");
    expect(told.at(-1)?.sheet).toMatchObject({ id, name: "Renamed" });
    await undo.undo();
    expect(told.at(-1)?.sheet).toMatchObject({ id, name: before });
    await workspace.remove(id);
    const deletedAt = (await kept())?.deletedAt ?? 0;
    await undo.undo();
    expect(told.at(-1)?.sheet).toMatchObject({ id, deletedAt: null });
    await undo.redo();
    // Otherwise a purge might take it while its undo is still offered.
    expect((await kept())?.deletedAt).toBeGreaterThan(deletedAt);
    await undo.undo();
    expect(await kept()).toMatchObject({ name: before, deletedAt: null });
  }
});

test("a new sheet is called after its day, then after the first folder, until somebody names it", async () => {
  const { workspace, services } = await setUp();
  await workspace.start(null);
  await workspace.newSheet();
  const names = () => workspace.store.getState().sheets.map(({ sheet }) => sheet.name);
  const day = dayName(services.now());
  expect(names().toSorted()).toEqual([day, `${day} (2)`]);
  const { id } = openOf(workspace).store.getState().sheet;
  await workspace.nameAfter(id, "Harbour");
  await workspace.nameAfter(id, "Lamps");
  expect(openOf(workspace).store.getState().sheet.name).toBe("Harbour");
  expect(names()).toContain("Harbour");
  expect(services.undo.store.getState().past).toEqual([]);
});

test("what run settings did to the engine is taken back and made again with them", async () => {
  const { workspace, storages, services, orders } = await setUp();
  await storages.disk.write({ sheets: [A] });
  await workspace.start("a");
  const { saveSettings, store } = openOf(workspace);
  const { run } = store.getState().sheet;
  await saveSettings({ run: { ...run, mostInFlight: 9 } }, { label: "more at once" });
  // Set since, so that it stays.
  await saveSettings({ run: { ...run, mostInFlight: 9, capMicroUsd: 5 } });
  await services.undo.undo();
  await services.undo.redo();
  const configured = orders.filter((order) => order.startsWith("configure"));
  expect(configured).toEqual([9, 9, run.mostInFlight, 9].map((most) => `configure a ${most}`));
  expect(store.getState().sheet.run).toEqual({ ...run, mostInFlight: 9, capMicroUsd: 5 });
});

test("a new name that can’t be kept is not shown, and its undo stays", async () => {
  const { workspace, storages, services } = await setUp();
  await storages.disk.write({ sheets: [A] });
  await workspace.start("a");
  await workspace.rename("a", "Renamed");
  const { disk } = storages;
  const write = () => Promise.reject(new FailureError({ kind: "storage-full" }));
  Object.assign(disk, { write });
  const { undo } = services;
  const name = () => openOf(workspace).store.getState().sheet.name;
  await expect(undo.undo()).rejects.toThrow(FailureError);
  expect(name()).toBe("Renamed");
  expect(undo.store.getState().past).toHaveLength(1);
});

test("a deleted sheet can be brought back even if no other could be shown", async () => {
  const { workspace, storages, services } = await setUp();
  await storages.disk.write({ sheets: [A, B] });
  await workspace.start("a");
  const { disk } = storages;
  const whole = { ...disk };
  Object.assign(disk, {
    readSheet: () => Promise.reject(new FailureError({ kind: "storage-broken" })),
  });
  await expect(workspace.remove("a")).rejects.toThrow(FailureError);
  Object.assign(disk, whole);
  await services.undo.undo();
  expect((await disk.readSheet("a"))?.sheet.deletedAt).toBeNull();
});

test("a deleted sheet is restored and shown by its id, even if the tab that deleted it is gone", async () => {
  const { workspace, storages, services } = await setUp();
  await storages.disk.write({ sheets: [A, { ...B, deletedAt: 5 }] });
  await workspace.start("a");
  await workspace.restore("b");
  expect(openOf(workspace).store.getState().sheet).toMatchObject({ id: "b", deletedAt: null });
  await services.undo.undo();
  expect((await storages.disk.readSheet("b"))?.sheet.deletedAt).not.toBeNull();
  expect(openOf(workspace).store.getState().sheet.id).toBe("a");
  await workspace.restore("unknown");
  expect(openOf(workspace).store.getState().sheet.id).toBe("a");
});

test("freeing space removes at once what was deleted, and ends its undo", async () => {
  const { workspace, storages, services } = await setUp();
  await storages.disk.putPicture(examplePicture("hash"));
  await storages.disk.putPicture(examplePicture("about to get its image"));
  await storages.disk.write({ sheets: [A, B], images: [exampleImage({ sheetId: "a" })] });
  await workspace.start("a");
  await workspace.remove("a");
  expect(await workspace.freeSpace()).toEqual({ sheets: 1, images: 1, awaited: 0 });
  expect(await storages.disk.readThumbnail("hash")).toBeNull();
  expect(await storages.disk.readThumbnail("about to get its image")).not.toBeNull();
  expect(workspace.find("a")).toBeNull();
  await services.undo.undo();
  expect(await storages.disk.readSheet("a")).toBeNull();
  expect(openOf(workspace).store.getState().sheet.id).toBe("b");
});

test("deleting a sheet ends its run, and its pictures are still found", async () => {
  const { workspace, storages, orders } = await setUp();
  await storages.memory.write({ sheets: [{ ...A, keeping: "memory" }] });
  await workspace.start("a");
  await workspace.remove("a");
  await expect.poll(() => orders).toEqual(["cancel a"]);
  expect(workspace.keepingOf("a")).toBe("memory");
  expect(openOf(workspace).store.getState().sheet.id).not.toBe("a");
});

test("an engine that could not be loaded at first is loaded by the run, which is watched from its start", async () => {
  const { workspace, storages, orders } = await setUp({ engineFailures: 1 });
  await storages.disk.write({ sheets: [A], images: [exampleImage({ sheetId: "a" })] });
  await workspace.start("a");
  await Promise.resolve();
  expect(orders).toEqual([]);
  const { runs, store } = openOf(workspace);
  await runs.start({ askedBy: "caption", questions: [], reuse: true });
  expect(orders).toEqual(["open a", "start a"]);
  await expect.poll(() => [...store.getState().tasks.values()].flat()).toHaveLength(1);
});

test("a run that can't be watched does not begin", async () => {
  const { workspace, storages, orders } = await setUp({ engineFailures: 2 });
  await storages.disk.write({ sheets: [A], images: [exampleImage({ sheetId: "a" })] });
  await workspace.start("a");
  const { runs } = openOf(workspace);
  const plan = { askedBy: "caption" as const, questions: [], reuse: true };
  await expect(runs.start(plan)).rejects.toThrow("Failed to fetch");
  expect(orders).toEqual([]);
  await runs.start(plan);
  expect(orders).toEqual(["open a", "start a"]);
});

test("a purge in another tab ends the undo of what it removed, and other tabs are told when this tab purges", async () => {
  const { workspace, storages, services, hearPurge, purges } = await setUp();
  await storages.disk.write({ sheets: [A], images: [exampleImage({ sheetId: "a" })] });
  await workspace.start("a");
  await openOf(workspace).images.remove(["image"]);
  await storages.disk.purge({ deletedBefore: services.now() });
  hearPurge(services.now());
  await services.undo.undo();
  expect((await storages.disk.readSheet("a"))?.images).toEqual([]);
  await workspace.freeSpace();
  expect(purges).toHaveLength(2);
});

test("on a new device a first sheet is shown before storage is there, and kept then", async () => {
  const { workspace, services, storages } = await setUp();
  const { disk } = storages;
  let openStorage = (): void => undefined;
  const opening = new Promise<void>((resolve) => {
    openStorage = resolve;
  });
  const write: Storage["write"] = async (...rows) => {
    await opening;
    return disk.write(...rows);
  };
  Object.assign(services.storages, { disk: { ...storages.disk, write } });
  const starting = workspace.start(null, true);
  const { sheet } = openOf(workspace).store.getState();
  expect(await storages.disk.readSheet(sheet.id)).toBeNull();
  openStorage();
  await starting;
  expect((await storages.disk.readSheet(sheet.id))?.sheet).toEqual(sheet);
  expect(workspace.store.getState().sheets.map((summary) => summary.sheet.id)).toEqual([sheet.id]);
});

test("if a first sheet can’t be kept, the page says so instead of showing it", async () => {
  const { workspace, services, storages } = await setUp();
  const write: Storage["write"] = () =>
    Promise.reject(new FailureError({ kind: "storage-broken" }));
  Object.assign(services.storages, { disk: { ...storages.disk, write } });
  await workspace.start(null, true);
  expect(workspace.store.getState()).toMatchObject({
    open: null,
    failure: { kind: "storage-broken" },
  });
});

test("what is being typed is shown at once, not taken back by another tab, and kept when the page goes", async () => {
  const { workspace, storages, hearRows } = await setUp();
  await storages.disk.write({ sheets: [A] });
  await workspace.start("a");
  const { typeSettings, store } = openOf(workspace);
  const prompt = () => store.getState().sheet.fields[0].recipe.prompt;
  const [first, ...others] = A.fields;
  const typed = typeSettings({
    fields: [{ ...first, recipe: { ...first.recipe, prompt: "typed" } }, ...others],
  });
  expect(prompt()).toBe("typed");
  hearRows({ sheet: { ...A, copySide: 2048 } });
  await expect.poll(() => store.getState().sheet.copySide).toBe(2048);
  expect(prompt()).toBe("typed");
  workspace.keepTyped();
  await typed;
  const { fields, copySide } = store.getState().sheet;
  expect((await storages.disk.readSheet("a"))?.sheet).toMatchObject({ fields, copySide });
});

describe("a sheet that is not shown", () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => {
    vi.useRealTimers();
  });
  const PATIENCE_MS = 60_000;
  const TEN_MINUTES_MS = 600_000;
  const isAway = (sheet: OpenSheet) =>
    sheet.store.getState().order.length === 0 && !sheet.store.getState().complete;

  async function leaveA(rows: Parameters<Storage["write"]>[0]) {
    const made = await setUp();
    const { workspace, storages } = made;
    await storages.disk.write({ sheets: [A, B], ...rows });
    await workspace.start("a");
    const left = openOf(workspace);
    await vi.waitFor(() => expect(left.store.getState().complete).toBe(true), {
      timeout: PATIENCE_MS,
    });
    return { ...made, left };
  }

  test("lets go of its rows after ten minutes, and has them all again when it is shown", async () => {
    const images = Array.from({ length: 70 }, (_, index) =>
      exampleImage({ id: `i${index}`, sheetId: "a", frame: index + 1 }),
    );
    const tasks = [answeredTask(1000, { sheetId: "a", imageId: "i1" })];
    const { workspace, left } = await leaveA({ images, tasks });
    const before = left.store.getState();
    await workspace.openSheet("b");
    // The timer is set by a part that is loaded then.
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0), { timeout: PATIENCE_MS });
    await vi.advanceTimersByTimeAsync(TEN_MINUTES_MS);
    await vi.waitFor(() => expect(isAway(left)).toBe(true), { timeout: PATIENCE_MS });
    expect(left.store.getState().tasks.size).toBe(0);
    await workspace.openSheet("a");
    expect(openOf(workspace)).toBe(left);
    await vi.waitFor(() => expect(left.store.getState().complete).toBe(true), {
      timeout: PATIENCE_MS,
    });
    expect(left.store.getState().order).toEqual(before.order);
    expect(left.store.getState().tasks).toEqual(before.tasks);
    expect(left.store.getState().spent).toEqual(before.spent);
  });

  test("has its changes taken back all the same", async () => {
    const { workspace, left, services, storages } = await leaveA({
      images: [exampleImage({ sheetId: "a" })],
    });
    await left.images.remove(["image"]);
    await workspace.openSheet("b");
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0), { timeout: PATIENCE_MS });
    await vi.advanceTimersByTimeAsync(TEN_MINUTES_MS);
    await vi.waitFor(() => expect(isAway(left)).toBe(true), { timeout: PATIENCE_MS });
    await services.undo.undo(services.undo.store.getState().latest?.change);
    expect((await storages.disk.readSheet("a"))?.images).toMatchObject([{ deletedAt: null }]);
    await workspace.openSheet("a");
    await vi.waitFor(() => expect(left.store.getState().order).toEqual(["image"]), {
      timeout: PATIENCE_MS,
    });
  });

  test("keeps its rows while a task of it is out, and if no disk has them", async () => {
    const { workspace, left, storages } = await leaveA({
      images: [exampleImage({ sheetId: "a" })],
      tasks: [exampleTask({ sheetId: "a" })],
    });
    const C = { ...B, id: "c", keeping: "memory" as const };
    await storages.memory.write({ sheets: [C], images: [exampleImage({ sheetId: "c" })] });
    await workspace.refresh();
    await workspace.openSheet("c");
    const inMemory = openOf(workspace);
    await workspace.openSheet("b");
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(1), { timeout: PATIENCE_MS });
    await vi.advanceTimersByTimeAsync(2 * TEN_MINUTES_MS);
    for (const { store } of [left, inMemory]) {
      expect(store.getState().order).toEqual(["image"]);
      expect(store.getState().complete).toBe(true);
    }
  });
});
