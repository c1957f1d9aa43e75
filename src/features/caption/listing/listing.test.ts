import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exampleImage, exampleMark, exampleTask } from "#src/domain/example-rows.ts";
import { newCaptionField, type Fields } from "#src/domain/field.ts";
import { folderOf } from "#src/domain/frame.ts";
import { imageName } from "#src/domain/image.ts";
import type { ImageRole } from "#src/domain/image-role.ts";
import { roleMark } from "#src/domain/shown-answer.ts";
import type { TaskState } from "#src/domain/task.ts";
import { createStandings, type StandingSource } from "#src/features/caption/list/standing.ts";
import { SORT_ORDERS } from "#src/features/caption/settings.ts";
import { chipWords, filterKey, FILTER_KINDS, toggled, type ListFilter } from "./list-filter.ts";
import { createListing, type ListQuery } from "./listing.ts";

const recipe = { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" } as const;
const caption = { ...newCaptionField(recipe), limit: { most: 9, unit: "characters" } as const };
const title = { ...newCaptionField(recipe), id: "title", name: "Title", isAsked: false };
const FIELDS: Fields = [caption, title];
const failure = { kind: "timed-out", by: "service" } as const;

const PLAIN: ListQuery = {
  search: "",
  filters: [],
  sort: "sheet",
  isDescending: false,
  field: caption,
  keptId: null,
  context: { sheet: "", folders: { lamps: "Aurora: brass." } },
};

interface Drawn {
  name?: string;
  folder?: string;
  /** What the model said; null for a failed try, and undefined for none. */
  answer?: string | null | undefined;
  title?: string | undefined;
  prompt?: string;
  model?: string;
  costMicroUsd?: number | null;
  endedAt?: number;
  isReviewed?: boolean;
  role?: ImageRole | undefined;
}

/** A sheet of these images, in this order; their ids are their places. */
function sheetOf(drawn: readonly Drawn[]): StandingSource {
  const rows = drawn.map((image, place) => {
    const { name = `${place}.jpg`, folder = "", prompt = "Describe.", isReviewed = false } = image;
    const id = `${place}`;
    const state: TaskState | null =
      image.answer === undefined
        ? null
        : image.answer === null
          ? { phase: "failed", failure }
          : {
              phase: "done",
              answer: { kind: "caption", text: image.answer },
              source: "sandbox",
              costMicroUsd: image.costMicroUsd ?? null,
            };
    const task = exampleTask({
      taskUuid: `task-${id}`,
      imageId: id,
      recipe: { ...recipe, modelId: image.model ?? recipe.modelId, prompt },
      promptSent: prompt,
      ...(state === null ? {} : { state }),
    });
    return {
      image: exampleImage({
        id,
        frame: place + 1,
        source: { kind: "file", fileName: name, folder },
        preparation: { phase: "ready", pictureHash: id },
        addedAt: place,
      }),
      tasks:
        state === null ? [] : [{ ...task, times: { ...task.times, endedAt: image.endedAt ?? 1 } }],
      marks: [
        ...(image.title === undefined
          ? []
          : [
              exampleMark({
                id: `title-${id}`,
                imageId: id,
                value: { kind: "edit", fieldId: "title", text: image.title },
              }),
            ]),
        ...(image.role === undefined
          ? []
          : [
              exampleMark({
                id: `role-${id}`,
                imageId: id,
                value: { kind: "role", role: image.role },
              }),
            ]),
        ...(isReviewed
          ? [
              exampleMark({
                id: `seen-${id}`,
                imageId: id,
                value: { kind: "reviewed" },
                shown: [`task-${id}`],
              }),
            ]
          : []),
      ],
    };
  });
  return {
    order: rows.map(({ image }) => image.id),
    images: new Map(rows.map(({ image }) => [image.id, image])),
    tasks: new Map(rows.map(({ image, tasks }) => [image.id, tasks])),
    marks: new Map(rows.map(({ image, marks }) => [image.id, marks])),
    fields: FIELDS,
    asksExisting: false,
  };
}

function listed(source: StandingSource, query: Partial<ListQuery>) {
  return createListing().list(source.images, createStandings()(source), { ...PLAIN, ...query });
}

const LAMPS = sheetOf([
  { name: "lamp-10.jpg", folder: "lamps", answer: "Brass lamp", costMicroUsd: 30, endedAt: 3 },
  { name: "lamp-2.jpg", folder: "lamps", answer: "Café table", title: "Lamp", isReviewed: true },
  { name: "hall.jpg", folder: "rooms", answer: null, prompt: "Name the lamp." },
  { name: "Lamp-1.jpg", folder: "lamps", answer: "Dim", costMicroUsd: 20, endedAt: 9 },
  { name: "kitchen.jpg", folder: "rooms" },
]);

describe("searching", () => {
  test("finds words in texts of every field, names, folders and prompts, whatever their case and accents", () => {
    expect(listed(LAMPS, { search: "lamp" }).ids).toEqual(["0", "1", "3", "2"]);
    expect(listed(LAMPS, { search: "CAFE" }).ids).toEqual(["1"]);
    expect(listed(LAMPS, { search: "rooms" }).ids).toEqual(["2", "4"]);
    expect(listed(LAMPS, { search: "lamp rooms" }).ids).toEqual(["2"]);
    expect(listed(LAMPS, { search: '"brass lamp"' }).ids).toEqual(["0"]);
    expect(listed(LAMPS, { search: '"lamp brass"' }).ids).toEqual([]);
  });

  test("a phrase does not run on from one text into the next", () => {
    expect(listed(LAMPS, { search: '"lamps brass"' }).ids).toEqual([]);
  });
});

describe("ordering", () => {
  test("the sheet’s order gathers folders where each first appears, with their heads", () => {
    const { ids, groups } = listed(LAMPS, {});
    expect(ids).toEqual(["0", "1", "3", "2", "4"]);
    expect(groups).toEqual([
      { folder: "lamps", from: 0, count: 3, reviewed: 1, note: "Aurora: brass." },
      { folder: "rooms", from: 3, count: 2, reviewed: 0, note: "" },
    ]);
  });

  test("names go by their numbers, and what is not known comes last both ways", () => {
    const ids = (query: Partial<ListQuery>) => listed(LAMPS, query).ids;
    expect(ids({ sort: "name" })).toEqual(["2", "4", "3", "1", "0"]);
    expect(ids({ sort: "name", isDescending: true })).toEqual(["0", "1", "3", "4", "2"]);
    expect(ids({ sort: "folder" })).toEqual(["3", "1", "0", "2", "4"]);
    expect(ids({ sort: "length" })).toEqual(["3", "0", "1", "2", "4"]);
    expect(ids({ sort: "cost" })).toEqual(["3", "0", "1", "2", "4"]);
    expect(ids({ sort: "cost", isDescending: true })).toEqual(["0", "3", "1", "2", "4"]);
    expect(ids({ sort: "newest" })[0]).toBe("3");
  });

  test("images that all came without a folder need no head", () => {
    expect(listed(sheetOf([{}, {}]), {}).groups).toEqual([]);
  });
});

describe("filtering", () => {
  test("filters of one kind widen, and those of different kinds narrow", () => {
    const rooms: ListFilter = { kind: "folder", folder: "rooms" };
    const lamps: ListFilter = { kind: "folder", folder: "lamps" };
    const missing: ListFilter = { kind: "state", is: "missing" };
    expect(listed(LAMPS, { filters: [rooms] }).ids).toEqual(["2", "4"]);
    expect(listed(LAMPS, { filters: [rooms, lamps] }).ids).toHaveLength(5);
    expect(listed(LAMPS, { filters: [lamps, missing] }).ids).toEqual([]);
  });

  test("texts over the limit and texts that several images have are problems", () => {
    const source = sheetOf([
      { answer: "Same" },
      { answer: "Same " },
      { answer: "Longer than nine" },
      { answer: "Else" },
    ]);
    expect(listed(source, { filters: [{ kind: "problem", is: "duplicate" }] }).ids).toEqual([
      "0",
      "1",
    ]);
    expect(listed(source, { filters: [{ kind: "problem", is: "over" }] }).ids).toEqual(["2"]);
    expect(listed(source, { filters: [{ kind: "problem", is: "any" }] }).counts).toMatchObject({
      listed: 3,
      problems: 3,
    });
  });

  test("a text that is no longer another’s is no problem any more", () => {
    const standingsOf = createStandings();
    const listingOf = createListing().list;
    const before = sheetOf([{ answer: "Same" }, { answer: "Same" }]);
    const query = { ...PLAIN, filters: [{ kind: "problem", is: "duplicate" }] } satisfies ListQuery;
    expect(listingOf(before.images, standingsOf(before), query).ids).toEqual(["0", "1"]);
    const after = sheetOf([{ answer: "Same" }, { answer: "Else" }]);
    expect(listingOf(after.images, standingsOf(after), query).ids).toEqual([]);
  });

  test("a tag is found whatever its case, as a whole, and counted beside the other filters", () => {
    const source = sheetOf([
      { answer: "brass, oak", folder: "lamps" },
      { answer: "old brass" },
      { answer: "Oak,Brass" },
    ]);
    const brass: ListFilter = { kind: "tag", fieldId: "caption", tag: "BRASS" };
    expect(listed(source, { filters: [brass] }).ids).toEqual(["0", "2"]);
    const inLamps = listed(source, { filters: [brass, { kind: "folder", folder: "lamps" }] });
    expect(inLamps.ids).toEqual(["0"]);
    expect(inLamps.facets.get(filterKey(brass))?.count).toBe(1);
    expect(chipWords([brass], FIELDS)).toBe("Tagged “BRASS”");
  });

  test("the image that is being edited stays", () => {
    const filters: ListFilter[] = [{ kind: "folder", folder: "rooms" }];
    expect(listed(LAMPS, { filters, keptId: "1" }).ids).toEqual(["1", "2", "4"]);
  });
});

const drawnSheet = fc
  .array(
    fc.record({
      name: fc.constantFrom("lamp-2.jpg", "lamp-10.jpg", "Hall.jpg", "café.png"),
      folder: fc.constantFrom("", "lamps", "rooms", "rooms/north"),
      answer: fc.constantFrom(
        undefined,
        null,
        "",
        " ",
        "Brass lamp",
        "A hall in the evening",
        "A photo of a hall.",
        "Sure, here is a caption: **A hall** 🎂",
      ),
      title: fc.constantFrom(undefined, "", "Lamp", "Hall"),
      prompt: fc.constantFrom("Describe.", "Name the lamp."),
      model: fc.constantFrom("runware:152@2", "runware:150@2"),
      costMicroUsd: fc.constantFrom(null, 10, 20),
      endedAt: fc.nat(9),
      isReviewed: fc.boolean(),
      role: fc.constantFrom<ImageRole | undefined>(undefined, "decorative", "complex"),
    }),
    { maxLength: 14 },
  )
  .map(sheetOf);
const drawnFilter: fc.Arbitrary<ListFilter> = fc.constantFrom<ListFilter>(
  { kind: "state", is: "captioned" },
  { kind: "state", is: "missing" },
  { kind: "problem", is: "any" },
  { kind: "problem", is: "over" },
  { kind: "problem", is: "duplicate" },
  { kind: "problem", is: "empty" },
  { kind: "problem", is: "opening" },
  { kind: "problem", is: "preamble" },
  { kind: "problem", is: "failed" },
  { kind: "role", is: "decorative" },
  { kind: "edited", is: "edited" },
  { kind: "edited", is: "existing" },
  { kind: "review", is: "unreviewed" },
  { kind: "found", words: "Alike", ids: new Set(["1", "3", "removed since"]) },
  { kind: "found", words: "Begin the same", ids: new Set(["2", "3"]) },
  { kind: "folder", folder: "lamps" },
  { kind: "folder", folder: "" },
  { kind: "model", modelId: "runware:150@2" },
  { kind: "prompt", prompt: "Name the lamp." },
  { kind: "field", fieldId: "title", is: "written" },
  { kind: "length", fieldId: "caption", is: "over", than: 10, unit: "characters" },
  { kind: "length", fieldId: "title", is: "under", than: 5, unit: "characters" },
);
const drawnQuery: fc.Arbitrary<Partial<ListQuery>> = fc.record({
  search: fc.constantFrom("", "lamp", "hall evening", "cafe", '"brass lamp"', "nothing"),
  filters: fc.uniqueArray(drawnFilter, { maxLength: 4, selector: filterKey }),
  sort: fc.constantFrom(...SORT_ORDERS),
  isDescending: fc.boolean(),
});

describe("on any sheet", () => {
  test("shown and hidden are all, heads add up to what is shown, and every count is what its chip would list", () => {
    fc.assert(
      fc.property(drawnSheet, drawnQuery, (source, query) => {
        const { ids, groups, counts, facets, total, ...rest } = listed(source, query);
        expect(new Set(ids).size).toBe(ids.length);
        expect(counts.listed).toBe(ids.length);
        // What rows show, what the counts say and where the keys lead are the same images.
        const { problems, problemIds, unchecked } = rest;
        expect(unchecked).toBe(0);
        expect(counts.problems).toBe(problemIds.size);
        for (const id of ids) {
          const isTold = (problems.get(id) ?? []).length > 0;
          const isInVain = hasFailed(source, id) && !isDecorative(source, id);
          expect([id, problemIds.has(id)]).toEqual([id, isTold || isInVain]);
        }
        expect(counts.decorative).toBe(ids.filter((id) => isDecorative(source, id)).length);
        for (const id of ids.filter((one) => isDecorative(source, one)))
          expect(problems.has(id)).toBe(false);
        const hidden = source.order.filter((id) => !ids.includes(id));
        expect(ids.length + hidden.length).toBe(total);
        if (groups.length > 0) {
          expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(ids.length);
          expect(groups.reduce((sum, { reviewed }) => sum + reviewed, 0)).toBe(counts.reviewed);
          for (const { folder, from, count } of groups)
            for (const id of ids.slice(from, from + count)) {
              const image = source.images.get(id);
              expect(image === undefined ? null : folderOf(image)).toBe(folder);
            }
        }
        const { filters = [] } = query;
        for (const { filter, count } of facets.values()) {
          const others = filters.filter(({ kind }) => kind !== filter.kind);
          expect([filterKey(filter), count]).toEqual([
            filterKey(filter),
            listed(source, { ...query, filters: [...others, filter] }).ids.length,
          ]);
        }
      }),
    );
  });

  test("each order holds the same images, and descending turns it round", () => {
    fc.assert(
      fc.property(drawnSheet, drawnQuery, (source, query) => {
        const { ids } = listed(source, query);
        const unsorted = listed(source, { ...query, sort: "sheet", isDescending: false });
        expect(ids.toSorted()).toEqual(unsorted.ids.toSorted());
        const names = (isDescending: boolean) =>
          listed(source, { ...query, sort: "name", isDescending }).ids.map((id) => {
            const image = source.images.get(id);
            return image === undefined ? "" : imageName(image);
          });
        expect(names(true)).toEqual(names(false).toReversed());
      }),
    );
  });

  test("as long as nothing changes the parts are the same objects, however it is asked", () => {
    fc.assert(
      fc.property(drawnSheet, drawnQuery, (source, query) => {
        const listingOf = createListing().list;
        const standingsOf = createStandings();
        const asked = { ...PLAIN, ...query };
        const first = listingOf(source.images, standingsOf(source), asked);
        expect(listingOf(source.images, standingsOf(source), { ...asked })).toBe(first);
        // The same rows, read anew.
        const again = listingOf(source.images, createStandings()(source), asked);
        expect(again.ids).toBe(first.ids);
        expect(again.groups).toBe(first.groups);
        expect(again.counts).toBe(first.counts);
      }),
    );
  });
});

function hasFailed(source: StandingSource, id: string): boolean {
  return (source.tasks.get(id) ?? []).some(({ state }) => state.phase === "failed");
}

function isDecorative(source: StandingSource, id: string): boolean {
  return roleMark(source.marks.get(id) ?? [])?.value.role === "decorative";
}

test("what a search reads is made in slices, and finds the same", () => {
  const lists = createListing();
  const standings = createStandings()(LAMPS);
  lists.list(LAMPS.images, standings, PLAIN);
  let looks = 0;
  expect(lists.prepareSearch(() => (looks += 1) <= 3)).toBe(false);
  expect(lists.list(LAMPS.images, standings, { ...PLAIN, search: "lamp" }).ids).toHaveLength(4);
  expect(lists.prepareSearch(() => true)).toBe(true);
});

test("an old text that was asked again in vain is no caption of this run, as in the run bar", () => {
  const source = sheetOf([{ answer: "Old" }, { answer: "Fine" }]);
  const again = exampleTask({
    taskUuid: "again",
    imageId: "0",
    recipe,
    state: { phase: "failed", failure },
  });
  const tasks = new Map(source.tasks).set("0", [...(source.tasks.get("0") ?? []), again]);
  const standings = createStandings()({ ...source, tasks });
  const { counts } = createListing().list(source.images, standings, PLAIN);
  expect(counts).toMatchObject({ captioned: 1, problems: 1 });
  expect(counts.captioned).toBe(standings.counts.done - standings.counts.askedInVain);
});

test("chips say what they let through: folders in a row, the limit by its number, other fields by name", () => {
  const folders: ListFilter[] = [
    { kind: "folder", folder: "lamps" },
    { kind: "folder", folder: "rooms" },
  ];
  expect(chipWords(folders, FIELDS)).toBe("In lamps, rooms");
  const problems: ListFilter[] = [
    { kind: "problem", is: "failed" },
    { kind: "problem", is: "over" },
  ];
  expect(chipWords(problems, FIELDS)).toBe("Failed or over 9");
  // With several limits the number would be wrong for some.
  const words: Fields = [caption, { ...title, limit: { most: 5, unit: "words" } }];
  expect(chipWords(problems, words)).toBe("Failed or over the limit");
  const short: ListFilter = {
    kind: "length",
    fieldId: "title",
    is: "under",
    than: 1000,
    unit: "words",
  };
  expect(chipWords([short], FIELDS)).toBe("Under 1,000 words, title");
  expect(chipWords([{ kind: "field", fieldId: "title", is: "unwritten" }], FIELDS)).toBe(
    "No title",
  );
});

test("a filter that is chosen twice is off again, and every kind has its place in the menu", () => {
  const filter: ListFilter = { kind: "folder", folder: "lamps" };
  expect(toggled(toggled([], filter), { ...filter })).toEqual([]);
  expect(new Set(FILTER_KINDS).size).toBe(12);
});
