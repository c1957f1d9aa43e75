import { expect, test, vi } from "vitest";
import { exampleSheet } from "#src/domain/example-rows.ts";
import { createOpenSheet } from "#src/state/open-sheet.ts";
import type { SheetServices } from "#src/state/sheet-services.ts";
import { createUndoStack } from "#src/state/undo-stack.ts";
import { createMemoryStorage } from "#src/storage/memory-storage.ts";
import { createAgeDesk } from "#src/features/age-check/age-desk.ts";
import { askingOf } from "#src/features/age-check/age-runs.ts";
import { shortNameOf } from "#src/features/age-check/set-up/label-sets.ts";
import { FIVE_MODEL, faceWith, said } from "#src/features/age-check/test-faces.ts";

test("models that a file names and nobody here has heard of are not missing, and never asked", () => {
  const { missing, total } = askingOf(
    [faceWith({})],
    ["stranger:1@1", "runware:152@2", FIVE_MODEL],
  );
  expect([...missing.keys()]).toEqual([FIVE_MODEL]);
  expect(total).toBe(1);
  expect(shortNameOf("stranger:1@1")).toBe("stranger:1@1 (unknown model)");
});

async function deskOnOneFace() {
  const memory = createMemoryStorage();
  const face = faceWith({ tasks: [said(FIVE_MODEL, { low: 13, high: 20 })] });
  const sheet = exampleSheet({ id: face.image.sheetId, keeping: "memory" });
  const tasks = [...face.tasks.values()].map((task) => ({ ...task, imageId: face.image.id }));
  await memory.write({ sheets: [sheet], images: [face.image], tasks });
  let clock = 1_000_000;
  const now = () => (clock += 1);
  const never = async (): Promise<never> => {
    throw new Error("not needed here");
  };
  const services: SheetServices = {
    storages: { disk: memory, memory },
    engine: never,
    preparer: never,
    openChannel: () => ({ post: () => undefined, close: () => undefined, onRows: () => undefined }),
    purges: { tell: () => undefined, onPurge: () => undefined, close: () => undefined },
    undo: createUndoStack(now),
    now,
    newId: () => crypto.randomUUID(),
  };
  const records = await memory.readSheet(sheet.id);
  if (records === null) throw new Error("the sheet was not written");
  const open = createOpenSheet(services, records, null);
  const desk = createAgeDesk(open, { reviewer: () => "Ann", now });
  desk.change({ modelIds: [FIVE_MODEL] });
  const { id } = face.image;
  const judge = async (years: number) => {
    const count = services.undo.store.getState().past.length;
    desk.say({ kind: "age", years }, id);
    await vi.waitFor(() =>
      expect(services.undo.store.getState().past.length).toBeGreaterThan(count),
    );
    await vi.waitFor(() => expect(desk.view.getState().pending.size).toBe(0));
  };
  const standing = () =>
    (open.store.getState().marks.get(id) ?? []).flatMap(({ value }) =>
      value.kind === "judgement" ? [value] : [],
    );
  return { desk, undo: services.undo, judge, standing };
}

test("a judgement that is undone has shown the verdict, so the next one of that face is not blind", async () => {
  const { undo, judge, standing } = await deskOnOneFace();
  await judge(30);
  expect(standing()).toMatchObject([{ blind: true }]);
  await undo.undo();
  await vi.waitFor(() => expect(standing()).toEqual([]));
  await judge(16);
  expect(standing()).toMatchObject([{ blind: false, judgement: { years: 16 } }]);
});

test("an age is typed digit by digit, never past 130", async () => {
  const { desk } = await deskOnOneFace();
  for (const digit of ["0", "9", "9", "9"]) desk.typeDigit(digit);
  expect(desk.view.getState().typed).toBe("99");
  desk.takeBack();
  expect(desk.view.getState().typed).toBe("9");
});
