import * as fc from "fast-check";
import { expect, test } from "vitest";
import { exampleImage, exampleSheet } from "#src/domain/example-rows.ts";
import type { SheetImage } from "#src/domain/image.ts";
import { answeredState, hasEnded } from "#src/domain/task.ts";
import { createServiceDouble, type ServiceOptions } from "#src/runs/testing/service-double.ts";
import { createWorldDouble, type Tab } from "#src/runs/testing/world-double.ts";
import { createSheetChanges } from "#src/state/history/changes.ts";
import { createUndoStack } from "#src/state/history/undo-stack.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createActions } from "./actions.ts";
import type { SheetQuestion } from "./prompt-sent.ts";
import type { RunOrder } from "./run-orders.ts";
import { createSheetStore } from "./sheet-store.ts";

const RECIPE = { modelId: "runware:152@2", prompt: "Say what you see.", sentSize: "auto" } as const;

/** A sheet with a real engine, whose images are prepared, refused and removed as the test says. */
async function rig(trouble: ServiceOptions["trouble"] = () => null) {
  const disk = { ...createMemoryStorage(), keeping: "disk" } as const;
  const sheet = exampleSheet({ run: { mostInFlight: 2, delivery: "sync", capMicroUsd: null } });
  await disk.write({ sheets: [sheet] });
  const world = createWorldDouble(disk);
  const service = createServiceDouble({ clock: world.clock, trouble });
  const tab = world.openTab(service.client);
  const records = await disk.readSheet(sheet.id);
  if (records === null) throw new Error("the sheet was not written");
  const sheetStore = createSheetStore(records, true, (step) => world.clock.after(33, step));
  tab.engine.subscribe((event) => {
    if (event.type === "tasks-added") sheetStore.show({ tasks: event.tasks });
    else if (event.type === "task-changed") sheetStore.show({ tasks: [event.task] });
    else if (event.type === "run-changed") sheetStore.show({ run: event.status });
  });
  tab.engine.open(sheet.id);
  const now = () => world.clock.now();
  const undo = createUndoStack(now);
  undo.show(sheet.id);
  const actions = createActions({
    storage: disk,
    sheetStore,
    changes: createSheetChanges({ storage: disk, sheetStore, channel: null, undo, now }),
    undo,
    now,
    newId: () => crypto.randomUUID(),
    engine: async () => tab.engine,
    preparer: () => Promise.reject(new Error("nothing is prepared here")),
    fileOf: async () => null,
    lastFields: { keep: () => undefined },
    intake: { makeUnseen: async () => [], forget: async () => undefined },
  });
  const state = () => {
    sheetStore.flush();
    return sheetStore.store.getState();
  };
  let frame = 0;
  const imageNow = (id: string): SheetImage => {
    const image = state().images.get(id);
    if (image === undefined) throw new Error("no such image");
    return image;
  };
  const isUnderWay = (id: string): boolean => !(state().tasks.get(id) ?? []).every(hasEnded);
  const needsNothing = (id: string): boolean =>
    (state().tasks.get(id) ?? []).some(({ state: { phase } }) => phase !== "cancelled");
  const questionsFor = ({ id }: SheetImage): SheetQuestion[] =>
    needsNothing(id) ? [] : [{ imageId: id, recipe: RECIPE, repeat: 1 }];
  return {
    ...actions,
    engine: tab.engine,
    world,
    service,
    disk,
    state,
    tab: (): Tab => world.openTab(service.client),
    /** Offers one that is still to be prepared. */
    offer: (): string => {
      frame += 1;
      const id = `image ${frame}`;
      sheetStore.show({ images: [exampleImage({ id, frame, preparation: { phase: "queued" } })] });
      return id;
    },
    prepare: async (id: string, pictureHash = id) => {
      const image = { ...imageNow(id), preparation: { phase: "ready", pictureHash } } as const;
      await disk.write({ images: [image] });
      sheetStore.show({ images: [image] });
    },
    refuse: (id: string) => sheetStore.show({ dropped: [id] }),
    isUnderWay,
    undoLast: () => undo.undo(),
    press: (how: Partial<RunOrder> = {}) =>
      actions.runs.order({
        askedBy: "caption",
        imageIds: state().order.filter((id) => !isUnderWay(id)),
        questionsFor,
        reuse: false,
        ...how,
      }),
    phase: () => state().run.phase,
    toCome: () => state().run.toCome,
    rest: () => world.clock.pass(500),
    untilIdle: () =>
      world.clock.passUntil(() => state().run.phase === "idle" && state().run.toCome === 0),
    phasesOf: (id: string) => (state().tasks.get(id) ?? []).map((task) => task.state.phase),
    billed: () => [...service.billed.values()].map(({ length }) => length),
  };
}

test("one press covers what is still being prepared: its tasks join the run as each becomes ready", async () => {
  const sheet = await rig();
  const [a, b, c] = [sheet.offer(), sheet.offer(), sheet.offer()];
  const pressed = sheet.press();
  await sheet.rest();
  expect([sheet.phase(), sheet.toCome()]).toEqual(["running", 3]);
  await sheet.prepare(b);
  await sheet.rest();
  expect([sheet.phase(), sheet.toCome()]).toEqual(["running", 2]);
  sheet.refuse(a);
  await sheet.prepare(c);
  await sheet.untilIdle();
  await pressed;
  const tasks = [...sheet.state().tasks.values()].flat();
  expect(tasks.map(({ imageId, state }) => [imageId, state.phase])).toEqual([
    [b, "done"],
    [c, "done"],
  ]);
  expect(new Set(tasks.map(({ runId }) => runId)).size).toBe(1);
});

test("while a run is paused, what becomes ready is written and waits; Resume sends it", async () => {
  const sheet = await rig();
  const [a, b] = [sheet.offer(), sheet.offer()];
  const pressed = sheet.press();
  await sheet.rest();
  // Nothing was written yet: the pause holds all the same.
  await sheet.runs.pause();
  await sheet.rest();
  expect(sheet.phase()).toBe("paused");
  await sheet.prepare(a);
  await sheet.prepare(b);
  await sheet.world.clock.pass(60_000);
  await pressed;
  expect([sheet.phasesOf(a), sheet.phasesOf(b)]).toEqual([["waiting"], ["waiting"]]);
  expect(sheet.service.billed.size).toBe(0);
  await sheet.runs.resume();
  await sheet.untilIdle();
  expect([sheet.phasesOf(a), sheet.phasesOf(b)]).toEqual([["done"], ["done"]]);
});

test("cancelling drops what is still to come, also if another tab of the sheet says so", async () => {
  for (const elsewhere of [false, true]) {
    const sheet = await rig();
    const [a, b] = [sheet.offer(), sheet.offer()];
    const pressed = sheet.press();
    await sheet.prepare(a);
    await sheet.rest();
    if (elsewhere) {
      const { engine } = sheet.tab();
      engine.open("sheet");
      await sheet.rest();
      expect(engine.status("sheet")).toMatchObject({ phase: "running", toCome: 1 });
      engine.cancel("sheet");
    } else await sheet.runs.cancel();
    await pressed;
    await sheet.prepare(b);
    await sheet.untilIdle();
    expect(sheet.phasesOf(b)).toEqual([]);
  }
});

test("images that are added while it runs join only if that was chosen", async () => {
  for (const includesLater of [false, true]) {
    const sheet = await rig();
    const first = sheet.offer();
    const pressed = sheet.press({ includesLater });
    await sheet.rest();
    const later = sheet.offer();
    await sheet.prepare(later);
    await sheet.prepare(first);
    await sheet.untilIdle();
    await pressed;
    expect(sheet.phasesOf(first)).toEqual(["done"]);
    expect(sheet.phasesOf(later)).toEqual(includesLater ? ["done"] : []);
    const after = sheet.offer();
    await sheet.prepare(after);
    await sheet.rest();
    expect(sheet.phasesOf(after)).toEqual([]);
  }
});

test("the same bytes under two names are paid for once, even in one press", async () => {
  const sheet = await rig();
  const ids = [sheet.offer(), sheet.offer(), sheet.offer()];
  for (const id of ids) await sheet.prepare(id, "same");
  await Promise.all([sheet.press({ reuse: true }), sheet.untilIdle()]);
  await sheet.untilIdle();
  expect(ids.map(sheet.phasesOf)).toEqual([["done"], ["done"], ["done"]]);
  expect(sheet.service.billed.size).toBe(1);
});

test("asked again without old answers, the same bytes are still paid for once, and share the new answer", async () => {
  const sheet = await rig();
  const ids = [sheet.offer(), sheet.offer(), sheet.offer()];
  for (const id of ids) await sheet.prepare(id, "same");
  await Promise.all([sheet.press({ reuse: true }), sheet.untilIdle()]);
  await sheet.untilIdle();
  const again = (image: SheetImage) => [{ imageId: image.id, recipe: RECIPE, repeat: 1 }];
  await Promise.all([
    sheet.press({ questionsFor: again, overwrites: "asking again" }),
    sheet.untilIdle(),
  ]);
  await sheet.untilIdle();
  expect(ids.map(sheet.phasesOf)).toEqual(ids.map(() => ["done", "done"]));
  expect(sheet.service.billed.size).toBe(2);
  const sourcesOf = (id: string) =>
    (sheet.state().tasks.get(id) ?? []).map((task) => answeredState(task)?.source);
  expect(ids.map((id) => sourcesOf(id).at(-1))).toEqual(["service", "reused", "reused"]);
  await sheet.undoLast();
  expect(ids.map((id) => sheet.phasesOf(id).length)).toEqual([1, 1, 1]);
});

test("the same bytes with other prompts are other questions: {file} and {folder} are paid for one by one", async () => {
  for (const reuse of [true, false]) {
    const sheet = await rig();
    const ids = [sheet.offer(), sheet.offer()];
    for (const id of ids) await sheet.prepare(id, "same");
    const recipe = { ...RECIPE, prompt: "What is {frame}?" };
    const byFrame = ({ id, frame }: SheetImage) => [
      { imageId: id, recipe, repeat: 1, promptSent: `What is ${frame}?` },
    ];
    await Promise.all([sheet.press({ reuse, questionsFor: byFrame }), sheet.untilIdle()]);
    await sheet.untilIdle();
    expect(ids.map(sheet.phasesOf)).toEqual([["done"], ["done"]]);
    expect(sheet.service.billed.size).toBe(2);
  }
});

test("if the first of the same bytes fails, the next is asked itself", async () => {
  const sheet = await rig((_, nth) =>
    nth === 0 ? { kind: "refused", code: "unsafe", message: "", saidBy: "service" } : null,
  );
  const ids = [sheet.offer(), sheet.offer()];
  for (const id of ids) await sheet.prepare(id, "same");
  await Promise.all([sheet.press(), sheet.untilIdle()]);
  await sheet.untilIdle();
  expect(ids.map(sheet.phasesOf)).toEqual([["refused"], ["done"]]);
});

test("if tasks can’t be written, the press says so and the rest can be asked again", async () => {
  const sheet = await rig();
  const id = sheet.offer();
  const pressed = sheet.press();
  await sheet.rest();
  sheet.world.setFull(true);
  await sheet.prepare(id);
  await Promise.all([
    expect(pressed).rejects.toMatchObject({ failure: { kind: "storage-full" } }),
    sheet.rest(),
  ]);
  expect([sheet.phase(), sheet.toCome()]).toEqual(["idle", 0]);
  sheet.world.setFull(false);
  await sheet.press();
  await sheet.untilIdle();
  expect(sheet.phasesOf(id)).toEqual(["done"]);
});

test("undoing a run that overwrites drops what is still to come of it", async () => {
  const sheet = await rig();
  const [a, b] = [sheet.offer(), sheet.offer()];
  await sheet.prepare(a);
  const pressed = sheet.press({ overwrites: "asking again" });
  await sheet.rest();
  await sheet.runs.pause();
  expect(sheet.toCome()).toBe(1);
  await sheet.undoLast();
  await sheet.rest();
  await pressed;
  await sheet.prepare(b);
  await sheet.untilIdle();
  expect(sheet.phasesOf(b)).toEqual([]);
});

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("prepare"), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("refuse"), at: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove"), at: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("press"), later: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("offer") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("pause", "resume", "cancel") }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pass"), ms: fc.nat(3_000) }) },
);

test("whatever is prepared, refused, removed, paused, cancelled or pressed again: nothing is asked twice, and nothing forgotten", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const sheet = await rig();
      const pending = new Set([sheet.offer(), sheet.offer(), sheet.offer()]);
      const wanted = new Set<string>();
      const unwanted = new Set<string>();
      // Presses under way: with what is added later, and without.
      const open = { later: 0, alone: 0 };
      for (const one of steps) {
        if (one.kind === "press") {
          for (const id of sheet.state().order) {
            // What is under way is not asked again, even if it is just being cancelled.
            if (!sheet.isUnderWay(id)) wanted.add(id);
            unwanted.delete(id);
          }
          const kind = one.later ? "later" : "alone";
          open[kind] += 1;
          // oxlint-disable-next-line typescript/no-floating-promises -- it is counted, and nothing here makes it fail
          sheet.press({ includesLater: one.later }).then(() => {
            open[kind] -= 1;
          });
        } else if (one.kind === "offer") {
          // A press that has just come to its end says so by now.
          await new Promise((resolve) => setImmediate(resolve));
          const id = sheet.offer();
          pending.add(id);
          (open.later > 0 ? wanted : unwanted).add(id);
        } else if (one.kind === "pass") await sheet.world.clock.pass(one.ms);
        else if (one.kind === "prepare" || one.kind === "refuse") {
          const id = [...pending][one.at % Math.max(1, pending.size)];
          if (id === undefined) continue;
          pending.delete(id);
          if (one.kind === "prepare") await sheet.prepare(id);
          else sheet.refuse(id);
        } else if (one.kind === "remove") {
          const ready = sheet.state().order.filter((id) => !pending.has(id));
          const id = ready[one.at % Math.max(1, ready.length)];
          if (id !== undefined) await sheet.images.remove([id]);
        } else if (one.kind === "cancel") {
          await sheet.runs.cancel();
          for (const id of wanted) if (sheet.phasesOf(id).length === 0) unwanted.add(id);
          wanted.clear();
        } else await sheet.runs[one.kind]();
      }
      for (const id of pending) await sheet.prepare(id);
      await sheet.runs.resume();
      await sheet.untilIdle();
      await sheet.rest();
      expect(open).toEqual({ later: 0, alone: 0 });
      const left = sheet.state().images;
      for (const id of wanted) if (left.has(id)) expect(sheet.phasesOf(id)).toContain("done");
      for (const id of unwanted) expect(sheet.phasesOf(id)).not.toContain("done");
      for (const id of left.keys())
        expect(sheet.phasesOf(id).filter((phase) => phase === "done").length).toBeLessThan(2);
      expect(sheet.billed().every((times) => times === 1)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
