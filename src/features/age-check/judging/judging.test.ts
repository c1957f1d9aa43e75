import { expect, test } from "vitest";
import { askingOf } from "#src/features/age-check/age-desk.ts";
import { shortNameOf } from "#src/features/age-check/set-up/settings.ts";
import { deskOnOneFace, faceWith, FIVE_MODEL } from "#src/features/age-check/test-faces.ts";

test("models that a file names and nobody here knows are not missing, and never asked", () => {
  const { missing, total } = askingOf(
    [faceWith({})],
    ["stranger:1@1", "runware:152@2", FIVE_MODEL],
  );
  expect([...missing.keys()]).toEqual([FIVE_MODEL]);
  expect(total).toBe(1);
  expect(shortNameOf("stranger:1@1")).toBe("stranger:1@1 (unknown model)");
});

async function rig() {
  const { desk, undo, imageId, standing } = await deskOnOneFace();
  const judge = async (years: number) => {
    const count = undo.store.getState().past.length;
    desk.say({ kind: "age", years }, imageId);
    await expect.poll(() => undo.store.getState().past.length).toBeGreaterThan(count);
    await expect.poll(() => desk.view.getState().pending.size).toBe(0);
  };
  return { desk, undo, judge, standing: () => standing().map(({ value }) => value) };
}

test("a judgement that is undone has shown the verdict, so the next one of that face is not blind", async () => {
  const { undo, judge, standing } = await rig();
  await judge(30);
  expect(standing()).toMatchObject([{ blind: true }]);
  await undo.undo();
  await expect.poll(standing).toEqual([]);
  await judge(16);
  expect(standing()).toMatchObject([{ blind: false, judgement: { years: 16 } }]);
});

test("an age is typed digit by digit, never past 130", async () => {
  const { desk } = await rig();
  for (const digit of ["0", "9", "9", "9"]) desk.typeDigit(digit);
  expect(desk.view.getState().typed).toBe("99");
  desk.takeBack();
  expect(desk.view.getState().typed).toBe("9");
});

test("on the stage a judgement is timed and signed, and shows what it was said beside", async () => {
  const { desk, imageId, standing } = await deskOnOneFace();
  desk.showStage(imageId);
  desk.sayGroup({ low: 13, high: 20 });
  await expect.poll(standing).toHaveLength(1);
  const [mark] = standing();
  expect(mark).toMatchObject({ by: "Ann", secondsTaken: 0, replaces: null });
  expect(mark?.shown).toHaveLength(1);
});

test("a face that the page was left on, or that is judged again, has no seconds", async () => {
  const { desk, imageId, standing } = await deskOnOneFace();
  desk.showStage(imageId);
  desk.breakClock();
  desk.sayGroup({ low: 13, high: 20 });
  await expect.poll(standing).toHaveLength(1);
  await expect.poll(() => desk.view.getState().pending.size).toBe(0);
  desk.showStage(imageId);
  desk.sayGroup({ low: 21, high: 44 });
  await expect.poll(standing).toHaveLength(2);
  expect(standing().map(({ secondsTaken }) => secondsTaken)).toEqual([null, null]);
});

test("before a reveal there is no verdict to agree with; after it, agreeing is not blind", async () => {
  const { desk, imageId, standing } = await deskOnOneFace();
  desk.showStage(imageId);
  desk.agree();
  desk.disagree();
  expect(desk.view.getState()).toMatchObject({ asksTruth: false, lastId: null });
  desk.reveal();
  desk.agree();
  await expect.poll(standing).toHaveLength(1);
  expect(standing()[0]?.value).toMatchObject({
    blind: false,
    judgement: { kind: "range", range: { low: 13, high: 20 } },
  });
});

test("taking back takes the word said last, even while it is being written", async () => {
  const { desk, imageId, standing, undo } = await deskOnOneFace();
  desk.showStage(imageId);
  desk.say({ kind: "unsure" });
  desk.takeBack();
  await expect.poll(() => undo.store.getState().past).toHaveLength(2);
  expect(standing()).toEqual([]);
  expect(desk.view.getState().currentId).toBe(imageId);
});
