import { expect, test } from "vitest";
import { comparedColumns, readCompareSettings } from "#src/features/compare/columns/settings.ts";
import { createCompareDesk } from "#src/features/compare/compare-desk.ts";
import { anImage, aTask } from "#src/features/compare/test-rows.ts";
import { openRows } from "#src/state/sheet/open-rows.ts";
import { toastStore } from "#src/ui/toasts.ts";

const RECIPE = { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" } as const;
const SETTINGS = readCompareSettings({ compare: null, recipe: RECIPE });
const COLUMNS = comparedColumns(SETTINGS);

/** One row that all of three columns answered, or fewer of them. */
async function rig({ blind = false, answered = 3 } = {}) {
  const tasks = COLUMNS.slice(0, answered).map((column, index) => aTask(`1${index}`, column));
  const { image } = anImage("1", tasks);
  const { open, services } = await openRows({
    sheet: { compare: { ...SETTINGS, blind } },
    images: [image],
    tasks,
  });
  const desk = createCompareDesk(open, services);
  const { undo } = services;
  const marks = () =>
    (open.store.getState().marks.get("1") ?? []).filter(({ deletedAt }) => deletedAt === null);
  const voted = () => desk.comparison().rows.get("1")?.vote;
  const untilMarks = (count: number) => expect.poll(() => marks()).toHaveLength(count);
  toastStore.setState({ toasts: [] });
  const said = () => toastStore.getState().toasts.map(({ text }) => text);
  return { ...desk.votes, undo, marks, voted, said, untilMarks };
}

test("a pick is of the answer in its column, beside all that were shown, with its seconds", async () => {
  const { vote: cast, marks, untilMarks } = await rig();
  cast("1", { kind: "pick", index: 1 }, 2.345);
  await untilMarks(1);
  expect(marks()).toMatchObject([
    {
      value: { kind: "pick", taskUuid: "11" },
      shown: ["10", "11", "12"],
      secondsTaken: 2.3,
      replaces: null,
    },
  ]);
});

test("another vote replaces the first, and both go as one when they are taken back", async () => {
  const { vote: cast, withdraw, marks, untilMarks, undo } = await rig();
  cast("1", { kind: "tie" });
  await untilMarks(1);
  const [tie] = marks();
  cast("1", { kind: "all-bad" });
  await untilMarks(2);
  expect(marks().at(-1)).toMatchObject({ value: { kind: "all-bad" }, replaces: tie?.id });
  withdraw("1");
  await untilMarks(0);
  await undo.undo();
  await untilMarks(2);
});

test("where there is nothing to choose between, no vote is cast, and the reason is said", async () => {
  const one = await rig({ answered: 1 });
  one.vote("1", { kind: "pick", index: 0 });
  expect(one.said()).toEqual(["A vote needs two answers."]);
  const two = await rig({ answered: 2 });
  two.vote("1", { kind: "pick", index: 2 });
  two.vote("elsewhere", { kind: "tie" });
  expect(two.said()).toEqual(["There is no answer to pick there."]);
  expect([...one.marks(), ...two.marks()]).toEqual([]);
});

test("names seen before a vote void it for good, and no undo brings the row back", async () => {
  const { vote: cast, reveal, voted, said, untilMarks, undo } = await rig({ blind: true });
  reveal("1");
  await untilMarks(1);
  expect(voted()).toMatchObject({ kind: "void", why: "revealed" });
  expect(undo.store.getState().past).toEqual([]);
  cast("1", { kind: "tie" });
  expect(said()).toEqual([
    "Its names were seen before a vote: a blind vote is no longer possible here.",
  ]);
});

test("a blind vote that is taken back, by undo or by hand, leaves a void", async () => {
  for (const takeBack of ["undo", "withdraw"] as const) {
    const rigged = await rig({ blind: true });
    rigged.vote("1", { kind: "pick", index: 0 });
    await rigged.untilMarks(1);
    if (takeBack === "undo") await rigged.undo.undo();
    else rigged.withdraw("1");
    await expect.poll(() => rigged.voted()).toMatchObject({ kind: "void", why: "revealed" });
  }
});

test("a note keeps the vote that it is on, with its seconds", async () => {
  const { vote: cast, note, marks, voted, untilMarks } = await rig();
  note("1", "on nothing");
  cast("1", { kind: "tie" }, 4);
  await untilMarks(1);
  note("1", "  too long, both  ");
  await untilMarks(2);
  expect(voted()).toMatchObject({
    kind: "cast",
    mark: { value: { kind: "tie" }, note: "too long, both", secondsTaken: 4 },
  });
  expect(marks().some(({ note: words }) => words === "on nothing")).toBe(false);
});
