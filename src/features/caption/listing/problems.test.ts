import { expect, test } from "vitest";
import { exampleImage, exampleTask } from "#src/domain/example-rows.ts";
import { newCaptionField, type Fields } from "#src/domain/field.ts";
import { countMendable, fixesOf, type FixScope } from "#src/features/caption/checks/fix-all.ts";
import { createStandings, type StandingSource } from "#src/features/caption/list/standing.ts";
import { filterKey, type ListFilter } from "./list-filter.ts";
import { createListing, type ListQuery } from "./listing.ts";
import { countFound } from "./problems.ts";

const recipe = { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" } as const;
const caption = { ...newCaptionField(recipe), limit: { most: 40, unit: "characters" } as const };
const title = { ...newCaptionField(recipe), id: "title", name: "Title", isAsked: false };
const FIELDS: Fields = [caption, title];
const query: ListQuery = {
  search: "",
  filters: [],
  sort: "sheet",
  isDescending: false,
  field: caption,
  keptId: null,
  context: { sheet: "", folders: {} },
};

/** A sheet of images that have these answers, or none; their ids are their places. */
function sheetOf(answers: readonly { answer?: string; bytes?: string }[]): StandingSource {
  const ids = answers.map((_, at) => `${at}`);
  const task = (id: string, text: string) =>
    exampleTask({
      taskUuid: `task-${id}`,
      imageId: id,
      recipe,
      state: {
        phase: "done",
        answer: { kind: "caption", text },
        source: "sandbox",
        costMicroUsd: null,
      },
    });
  return {
    order: ids,
    images: new Map(
      answers.map(({ bytes }, at) => {
        const preparation = { phase: "ready", pictureHash: bytes ?? `${at}` } as const;
        return [`${at}`, exampleImage({ id: `${at}`, frame: at + 1, preparation })];
      }),
    ),
    tasks: new Map(
      answers.map(({ answer }, at) => [
        `${at}`,
        answer === undefined ? [] : [task(`${at}`, answer)],
      ]),
    ),
    marks: new Map(),
    fields: FIELDS,
    asksExisting: false,
  };
}

function listed(source: StandingSource) {
  return createListing().list(source.images, createStandings()(source), query);
}

test("the same file in several folders has the same text rightly; another picture that has it too does not", () => {
  const lamp = { answer: "Lamp.", bytes: "lamp" };
  const { problems, counts } = listed(sheetOf([lamp, lamp, { answer: "Boat." }, lamp]));
  expect([problems.size, counts.problems]).toEqual([0, 0]);
  const others = listed(sheetOf([lamp, lamp, { answer: "Lamp." }])).problems;
  const reasons = ["0", "1", "2"].map((id) => others.get(id)?.map(({ reason }) => reason));
  expect(reasons).toEqual([["Same text as 03"], ["Same text as 03"], ["Same text as 01"]]);
});

test("the checks’ count of texts that others have is the listing’s", () => {
  const lamp = { answer: "Lamp.", bytes: "lamp" };
  const boat = { answer: "Boat.", bytes: "boat" };
  const sheets = [
    [lamp, lamp],
    [lamp, lamp, { answer: "Lamp." }, boat, boat],
    [lamp, { answer: "Lamp." }],
  ];
  const counts = sheets.map((answers) => {
    const source = sheetOf(answers);
    const standings = createStandings()(source);
    const counting = countFound(source.images, { standings, fieldId: "caption" });
    let step = counting.next();
    while (step.done !== true) step = counting.next();
    return step.value.get("duplicate") ?? 0;
  });
  expect(counts).toEqual([0, 3, 2]);
  expect(counts).toEqual(
    sheets.map((answers) => {
      const { facets } = listed(sheetOf(answers));
      return facets.get(filterKey({ kind: "problem", is: "duplicate" }))?.count;
    }),
  );
});

test("a problem says which image has the same text, and the most telling one comes first", () => {
  const { problems } = listed(
    sheetOf([{ answer: "Lamp." }, { answer: "A photo of a lamp" }, { answer: "Lamp." }]),
  );
  const reasons = (id: string) => problems.get(id)?.map(({ reason }) => reason);
  expect(reasons("0")).toEqual(["Same text as 03"]);
  expect(reasons("1")).toEqual(["Opens with “A photo of”", "No full stop at its end"]);
  expect(reasons("2")).toEqual(["Same text as 01"]);
});

test("texts of a large sheet are looked through in slices; every count holds at any moment, and all in the end", () => {
  const source = sheetOf(
    Array.from({ length: 1002 }, (_, at) => ({
      answer: at % 3 === 0 ? `A photo of lamp ${at}.` : at % 3 === 1 ? `Lamp ${at}.` : "Twice.",
    })),
  );
  const lists = createListing();
  const standings = createStandings()(source);
  const opening: ListFilter = { kind: "problem", is: "opening" };
  const list = (filters: readonly ListFilter[]) =>
    lists.list(source.images, standings, { ...query, filters });
  const seen: number[] = [];
  let looks = 0;
  for (;;) {
    const { unchecked, counts, facets, problemIds } = list([]);
    seen.push(unchecked);
    expect(counts.problems).toBe(problemIds.size);
    expect(facets.get("problem:any")?.count).toBe(problemIds.size);
    expect(facets.get("problem:opening")?.count ?? 0).toBe(list([opening]).ids.length);
    if (lists.check(() => (looks += 1) % 60 !== 0)) break;
  }
  expect(seen[0]).toBeGreaterThan(0);
  expect(seen.length).toBeGreaterThan(2);
  const { unchecked, counts } = list([]);
  expect({ unchecked, problems: counts.problems }).toEqual({ unchecked: 0, problems: 668 });
});

test("what is offered to be mended is what mending changes, text by text, and nothing that only somebody who looks can mend", () => {
  const source = sheetOf([
    { answer: "A photo of a lamp on a desk." },
    { answer: "Foto von einem Hund." },
    { answer: "Twice." },
    { answer: "Twice." },
    { answer: "Sure, here is a caption: **A photo of a hall**" },
  ]);
  const standings = createStandings()(source);
  const { problems } = createListing().list(source.images, standings, query);
  const changesOf = (scope: FixScope) => {
    const fixing = fixesOf({ problems, standings }, scope);
    let step = fixing.next();
    while (step.done !== true) step = fixing.next();
    return step.value;
  };
  const all = { ids: source.order, checks: "all", fieldId: null } as const;
  expect(changesOf(all).map(({ imageId, after }) => [imageId, after])).toEqual([
    ["0", "A lamp on a desk."],
    ["4", "A hall"],
  ]);
  expect(countMendable(problems, all)).toBe(2);
  const openings = { ...all, checks: ["opening"] } as const;
  expect(changesOf(openings)).toHaveLength(1);
  expect(countMendable(problems, openings)).toBe(1);
  expect(countMendable(problems, { ...all, fieldId: "title" })).toBe(0);
});

test("of the checks that are mended together, none mends what another has mended", () => {
  const source = sheetOf([
    { answer: "A cake on a table. 🎂" },
    { answer: "A cake stands there. It is a long way to it" },
  ]);
  const standings = createStandings()(source);
  const { problems } = createListing().list(source.images, standings, query);
  const checks = ["emoji", "over", "full-stop"] as const;
  const fixing = fixesOf({ problems, standings }, { ids: source.order, checks, fieldId: null });
  let step = fixing.next();
  while (step.done !== true) step = fixing.next();
  expect(step.value.map(({ after }) => after)).toEqual([
    "A cake on a table.",
    "A cake stands there.",
  ]);
});

test("only what changed is looked through again, and a row without a change keeps its list of problems", () => {
  const lists = createListing();
  const standingsOf = createStandings();
  const before = sheetOf([{ answer: "A photo of a hall." }, { answer: "A photo of a lamp." }]);
  const old = lists.list(before.images, standingsOf(before), query).problems;
  const after = sheetOf([{ answer: "A hall." }, {}]);
  const tasks = new Map(before.tasks).set("0", after.tasks.get("0") ?? []);
  const { problems } = lists.list(before.images, standingsOf({ ...before, tasks }), query);
  expect(problems.get("0")).toBeUndefined();
  expect(problems.get("1")).toBe(old.get("1"));
});

test("a check that is switched off for a field finds nothing there, of one text as of several", () => {
  const checks = ["opening", "duplicate", "over"];
  const source = sheetOf([{ answer: "A photo of it." }, { answer: "A photo of it." }]);
  const { counts } = listed({ ...source, fields: [{ ...caption, checks }, title] });
  expect(listed(source).counts.problems).toBe(2);
  expect(counts.problems).toBe(0);
});

test("a part that has the same text is named by its own number", () => {
  const source = sheetOf([{ answer: "Lamp." }, { answer: "Lamp." }]);
  const part = exampleImage({
    id: "1",
    frame: 12,
    source: {
      kind: "part",
      of: "whole",
      box: [0, 0, 1, 0.5],
      by: "split",
      fileName: "page.png",
      folder: "",
      number: 2,
    },
    preparation: { phase: "ready", pictureHash: "1" },
  });
  const { problems } = listed({ ...source, images: new Map([...source.images, ["1", part]]) });
  expect(problems.get("0")?.map(({ reason }) => reason)).toEqual(["Same text as 12·2"]);
});
