import { expect, test } from "vitest";
import { comparedColumns, readCompareSettings } from "./settings.ts";
import { columnFacts, rankingVotes, voteCounts, winRates } from "./column-facts.ts";
import { costsText } from "#src/features/compare/compare-words.ts";
import { createRows } from "#src/features/compare/compare-desk.ts";
import { markedText, relationOf, rowDiffers } from "#src/features/compare/grid/row-differences.ts";
import { anImage, aTask, aVote, sourceOf, verdict } from "#src/features/compare/test-rows.ts";
import { countCells } from "#src/features/compare/compare-questions.ts";

const RECIPE = { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" } as const;
const SETTINGS = readCompareSettings({ compare: null, recipe: RECIPE });
const COLUMNS = comparedColumns(SETTINGS);
const AGES = comparedColumns(
  readCompareSettings({ compare: null, recipe: { ...RECIPE, modelId: "runware:154@1" } }),
);

test("a column's facts are those of its answers: cost, times, words, failures", () => {
  const [a, b] = COLUMNS;
  const rows = createRows()(
    sourceOf(COLUMNS, [
      anImage("1", [
        aTask("1a", a, { text: "one two three", costMicroUsd: 1000, serviceMs: 1000 }),
        aTask("1b", b, { text: "one", costMicroUsd: null, serviceMs: 9000 }),
      ]),
      anImage("2", [aTask("2a", a, { text: "one", costMicroUsd: 3000, serviceMs: 2000 })]),
      anImage("3", [aTask("3a", a, { state: { phase: "failed", failure: { kind: "offline" } } })]),
    ]),
  );
  expect(columnFacts(rows.values(), 0)).toEqual({
    costs: [{ purse: "sandbox", costs: { microUsd: 4000, known: 2, unknown: 0 } }],
    microUsdEach: 2000,
    medianMs: 1500,
    p95Ms: 1950,
    meanWords: 2,
    answers: 2,
    failures: 1,
    running: 0,
    missing: 0,
    simulated: true,
  });
  expect(columnFacts(rows.values(), 1)).toMatchObject({
    costs: [{ purse: "sandbox", costs: { microUsd: 0, known: 0, unknown: 1 } }],
    microUsdEach: null,
    missing: 2,
  });
});

test("what the sandbox made up is never added to what was paid", () => {
  const [a] = COLUMNS;
  const rows = createRows()(
    sourceOf(COLUMNS, [
      anImage("1", [aTask("1a", a, { costMicroUsd: 500_000 })]),
      anImage("2", [{ ...aTask("2a", a, { costMicroUsd: 1000 }), purse: "runware" }]),
      anImage("3", [{ ...aTask("3a", a, { costMicroUsd: null }), purse: "runware" }]),
    ]),
  );
  const { costs, microUsdEach } = columnFacts(rows.values(), 0);
  expect(costsText(costs)).toBe("$0.0010 · 1 of unknown cost · $0.50 simulated");
  expect(microUsdEach).toBe(1000);
  expect(countCells(rows.values(), COLUMNS).costs).toEqual(costs);
});

test("votes become picks and ties among the columns that are here", () => {
  const [a, b, c] = COLUMNS;
  const [gone] = comparedColumns({ ...SETTINGS, sharedPrompt: "Else." });
  const image = (id: string, vote: Parameters<typeof aVote>[1], extra = c) =>
    anImage(
      id,
      [
        aTask(`${id}a`, a, { text: "a b" }),
        aTask(`${id}b`, b, { text: "a" }),
        aTask(`${id}c`, extra),
      ],
      [aVote(id, vote, [`${id}b`, `${id}c`, `${id}a`])],
    );
  const source = sourceOf(COLUMNS, [
    image("1", { kind: "pick", taskUuid: "1b" }),
    image("2", { kind: "tie" }),
    image("3", { kind: "all-bad" }),
    image("4", { kind: "void", why: "revealed" }),
    image("5", { kind: "pick", taskUuid: "5c" }, gone),
    image("6", { kind: "pick", taskUuid: "6a" }, gone),
  ]);
  const rows = createRows()(source);
  const votes = rankingVotes(
    rows.values(),
    COLUMNS,
    (imageId, uuid) => source.tasks.get(imageId)?.find(({ taskUuid }) => taskUuid === uuid) ?? null,
  );
  expect(votes.map(({ picked }) => picked)).toEqual([1, null, 0]);
  expect(votes[0]?.shown).toContainEqual({ column: 0, words: 2 });
  expect(votes[2]?.shown.map(({ column }) => column).toSorted()).toEqual([0, 1]);
  expect(winRates(votes, 3).map(({ hits, n }) => `${hits}/${n}`)).toEqual(["1/2", "1/2", "0/1"]);
  expect(voteCounts(rows.values())).toEqual({ picks: 3, ties: 1, allBad: 1, void: 1 });
});

test("differences are taken against the others, one column, or the reference", () => {
  const [a, b, c] = COLUMNS;
  const rows = createRows()(
    sourceOf(COLUMNS, [
      anImage(
        "1",
        [
          aTask("1a", a, { text: "A red boat" }),
          aTask("1b", b, { text: "A red kite" }),
          aTask("1c", c, { text: "A boat" }),
        ],
        [aVote("1", { kind: "reference", fieldId: "caption", text: "A red kite" }, [])],
      ),
    ]),
  );
  const row = rows.get("1");
  if (row === undefined) throw new Error("no row");
  const marks = (against: Parameters<typeof markedText>[2]["against"], index = 0) =>
    markedText(row, COLUMNS, { index, against })
      .filter((part) => part.own)
      .map((part) => part.text);
  expect(marks({ kind: "others" })).toEqual([]);
  expect(marks({ kind: "others" }, 1)).toEqual(["kite"]);
  expect(marks({ kind: "column", columnId: c?.column.id ?? "" })).toEqual(["red"]);
  expect(marks({ kind: "reference" })).toEqual(["boat"]);
  expect(marks({ kind: "nothing" }, 1)).toEqual([]);
  expect(rowDiffers(row)).toBe(true);
});

test("age columns agree, overlap or lie apart by their years, not their labels", () => {
  const [a, b, c] = AGES;
  const rows = createRows()(
    sourceOf(AGES, [
      anImage("1", [
        aTask("1a", a, { state: verdict("13-20") }),
        aTask("1b", b, { state: verdict("20-29") }),
      ]),
      anImage("2", [
        aTask("2a", a, { state: verdict("13-20") }),
        aTask("2b", b, { state: verdict("20-29") }),
        aTask("2c", c, { state: verdict("21-44") }),
      ]),
    ]),
  );
  const relation = (id: string, index: number) => {
    const row = rows.get(id);
    return row && relationOf(row, AGES, { index, against: { kind: "others" } });
  };
  const differs = [...rows.values()].map(rowDiffers);
  expect([relation("1", 0), relation("2", 0), relation("2", 1)]).toEqual([
    "overlap",
    "disjoint",
    "overlap",
  ]);
  expect(differs).toEqual([false, true]);
});

test("rows are made again only if something of their own changed", () => {
  const rowsOf = createRows();
  const source = sourceOf(COLUMNS, [anImage("1", []), anImage("2", [])]);
  const before = rowsOf(source);
  expect(rowsOf({ ...source, tasks: new Map(source.tasks) })).toBe(before);
  const after = rowsOf({
    ...source,
    tasks: new Map([...source.tasks, ["2", [aTask("2a", COLUMNS[0])]]]),
  });
  expect(after.get("1")).toBe(before.get("1"));
  expect(after.get("2")).not.toBe(before.get("2"));
});
