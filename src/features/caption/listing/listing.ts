import type { Field } from "#src/domain/field.ts";
import type { ImageId, SheetImage } from "#src/domain/image.ts";
import type { SheetContext } from "#src/domain/sheet.ts";
import { tagKey } from "#src/domain/tags.ts";
import { textLength } from "#src/domain/text-length.ts";
import { searchWords } from "#src/lib/search-words.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";
import { tagsIn } from "#src/features/caption/tags/tag-table.ts";
import type { SortOrder } from "#src/features/caption/settings.ts";
import { filterKey, type FilterKind, type ListFilter } from "./list-filter.ts";
import {
  ANY_PROBLEM,
  createListIndex,
  DUPLICATE,
  isCaptioned,
  type FilterValue,
  type ListEntry,
  type ListIndex,
} from "./list-index.ts";

/** Which images are wanted, and in which order. */
export interface ListQuery {
  /** As typed. */
  search: string;
  filters: readonly ListFilter[];
  sort: SortOrder;
  isDescending: boolean;
  /** Whose texts' length images are ordered by. */
  field: Pick<Field, "id" | "limit">;
  /** Listed whatever becomes of it: leaving the list would drop what is typed. */
  keptId: ImageId | null;
  /** The sheet's notes, for the heads of folders. */
  context: SheetContext;
}

/** The images of one folder that are listed; they stand together. */
export interface ListGroup {
  /** "" for images that came without one. */
  folder: string;
  /** The place of its first image among the listed ones. */
  from: number;
  count: number;
  reviewed: number;
  /** What the user wrote about the folder; "" if nothing. */
  note: string;
}

/** How many of the listed images are so. */
export interface ListCounts {
  listed: number;
  captioned: number;
  /** Those that only decorate, and need no text. */
  decorative: number;
  preparing: number;
  reviewed: number;
  problems: number;
}

/** What is the same for all listed answers, so that no row need say it; null if it differs or if there is no answer. */
export interface Common {
  modelId: string | null;
  isSimulated: boolean | null;
}

/** A filter, and how many images it would let through beside the filters of other kinds and the search. */
export interface Facet {
  filter: ListFilter;
  count: number;
}

/** The images that are listed. Parts that did not change are the same objects as before. */
export interface Listing {
  ids: readonly ImageId[];
  /** By folder, if the order keeps folders together and there is one; otherwise none. */
  groups: readonly ListGroup[];
  counts: ListCounts;
  /** Those of the listed images that `counts.problems` counts. */
  problemIds: ReadonlySet<ImageId>;
  /** On the sheet. */
  total: number;
  /** Everything that could be filtered by, and the filters that are on, by key. */
  facets: ReadonlyMap<string, Facet>;
  common: Common;
  /** What is wrong with the texts of each image of the sheet that has anything wrong, the most telling first. */
  problems: ListIndex["problems"];
  /** Images whose texts have not been looked through yet, which no count of problems has. */
  unchecked: number;
  /** The words of the search, folded, to be shown where they were found. */
  words: readonly string[];
  /** Whether something may be hidden. */
  isNarrowed: boolean;
}

/** Lists one sheet. */
export interface Lists {
  list: (
    images: ReadonlyMap<ImageId, SheetImage>,
    standings: Standings,
    query: ListQuery,
  ) => Listing;
  /**
   * Makes what a search and an order by name read, as long as there is time: made by the first of them for thousands of
   * images, it would hold the page up. Returns whether all of it is made.
   */
  prepareSearch: (hasTime: () => boolean) => boolean;
  /**
   * Looks texts through for problems as long as there is time; the next listing knows. Returns whether all of them are:
   * those of a hundred images always are.
   */
  check: (hasTime: () => boolean) => boolean;
}

interface Listed {
  index: ListIndex;
  query: ListQuery;
  listing: Listing;
}

/**
 * Lists sheets: searched, filtered, ordered. As long as nothing changes the listing is the same object, and with it what
 * is drawn from it.
 */
export function createListing(): Lists {
  const { indexOf, check } = createListIndex();
  // The list on screen may be a step behind what is asked for meanwhile: neither throws the other away.
  let latest: readonly Listed[] = [];
  const list: Lists["list"] = (images, standings, query) => {
    const index = indexOf(images, standings);
    const known = latest.find((one) => one.index === index && isSame(one.query, query));
    const [last] = latest;
    if (known !== undefined) return known.listing;
    const made = listingOf(index, query);
    const listing = last === undefined ? made : withSameParts(made, last.listing);
    latest = [{ index, query, listing }, ...latest.slice(0, 1)];
    return listing;
  };
  return {
    list,
    check,
    prepareSearch: (hasTime) => {
      for (const { haystack, nameKey, folderKey } of latest[0]?.index.entries ?? []) {
        if (!hasTime()) return false;
        haystack();
        nameKey();
        folderKey();
      }
      return true;
    },
  };
}

function listingOf(index: ListIndex, query: ListQuery): Listing {
  const words = searchWords(query.search);
  const { passed, facets } = sift(index, query, words);
  const groups: ListGroup[] = [];
  const problemIds = new Set<ImageId>();
  const counts = { listed: passed.length, captioned: 0, decorative: 0, preparing: 0, reviewed: 0 };
  const order = inOrder(passed, index, query);
  const isGrouped =
    (query.sort === "sheet" || query.sort === "folder") &&
    order.some(({ folder }) => folder !== "");
  for (const [place, entry] of order.entries()) {
    const { kind, reviewed, role } = entry.standing;
    if (isCaptioned(entry.standing)) counts.captioned += 1;
    if (kind === "preparing") counts.preparing += 1;
    if (role === "decorative") counts.decorative += 1;
    if (reviewed) counts.reviewed += 1;
    if (hasProblem(entry, index)) problemIds.add(entry.id);
    if (!isGrouped) continue;
    const { folder } = entry;
    let group = groups.at(-1);
    if (group?.folder !== folder) {
      const note = query.context.folders[folder] ?? "";
      group = { folder, from: place, count: 0, reviewed: 0, note };
      groups.push(group);
    }
    group.count += 1;
    if (reviewed) group.reviewed += 1;
  }
  return {
    ids: order.map(({ id }) => id),
    groups,
    counts: { ...counts, problems: problemIds.size },
    problemIds,
    total: index.entries.length,
    facets,
    common: commonOf(order),
    problems: index.problems,
    unchecked: index.unchecked,
    words,
    isNarrowed: words.length > 0 || query.filters.length > 0,
  };
}

/** The images that pass, and how many would pass each filter. */
function sift(
  index: ListIndex,
  { filters, keptId }: ListQuery,
  words: readonly string[],
): { passed: ListEntry[]; facets: Map<string, Facet> } {
  const isFound = finder(index, words);
  const byKind = new Map<FilterKind, ListFilter[]>();
  for (const filter of filters)
    byKind.set(filter.kind, [...(byKind.get(filter.kind) ?? []), filter]);
  const tests = [...byKind].map(([kind, some]) => ({
    kind,
    passes: some.map((filter) => testOf(filter, index)),
  }));
  // What no image says of itself is counted only while it is filtered by.
  const asked = filters
    .filter(({ kind }) => kind === "length" || kind === "tag" || kind === "found")
    .map((filter) => ({ filter, passes: testOf(filter, index), count: 0 }));
  const counts = new Uint32Array(index.values.length);
  const specials = { duplicate: 0, any: 0 };
  const passed: ListEntry[] = [];
  for (const entry of index.entries) {
    const failed = isFound(entry) ? failedIn(entry, tests) : "several";
    if (failed === null || entry.id === keptId) passed.push(entry);
    if (failed === "several") continue;
    // A filter of the kind that it fails would let it through, if it were the one that is on.
    for (const { kind, at } of entry.values)
      if (failed === null || failed === kind) counts[at] = (counts[at] ?? 0) + 1;
    if (failed === null || failed === "problem") {
      const isDouble = index.doubles.has(entry.id);
      if (isDouble) specials.duplicate += 1;
      if (isDouble || hasOwnProblem(entry)) specials.any += 1;
    }
    for (const one of asked)
      if ((failed === null || failed === one.filter.kind) && one.passes(entry)) one.count += 1;
  }
  const facets = new Map<string, Facet>();
  for (const { filter, at } of index.values)
    facets.set(filterKey(filter), { filter, count: counts[at] ?? 0 });
  facets.set(filterKey(DUPLICATE), { filter: DUPLICATE, count: specials.duplicate });
  facets.set(filterKey(ANY_PROBLEM), { filter: ANY_PROBLEM, count: specials.any });
  for (const { filter, count } of asked) facets.set(filterKey(filter), { filter, count });
  return { passed, facets };
}

type Test = (entry: ListEntry) => boolean;

interface KindTests {
  kind: FilterKind;
  passes: readonly Test[];
}

/** The kind whose filters an image fails; null if there is none. */
function failedIn(entry: ListEntry, tests: readonly KindTests[]): FilterKind | "several" | null {
  let failed: FilterKind | null = null;
  for (const { kind, passes } of tests) {
    if (passes.some((test) => test(entry))) continue;
    if (failed !== null) return "several";
    failed = kind;
  }
  return failed;
}

function testOf(filter: ListFilter, index: ListIndex): Test {
  if (filter.kind === "length") {
    const { fieldId, is, than, unit } = filter;
    return ({ standing }) => {
      const text = standing.texts.find((one) => one.fieldId === fieldId)?.text ?? "";
      if (text === "") return false;
      const length = textLength(text, unit);
      return is === "over" ? length > than : length < than;
    };
  }
  if (filter.kind === "found") return ({ id }) => filter.ids.has(id);
  if (filter.kind === "tag") {
    const key = tagKey(filter.tag);
    return ({ standing }) => tagsIn(standing, filter.fieldId).some((tag) => tagKey(tag) === key);
  }
  if (filter.kind === "problem" && filter.is === "any") return (entry) => hasProblem(entry, index);
  if (filter.kind === "problem" && filter.is === "duplicate")
    return (entry) => index.doubles.has(entry.id);
  const key = filterKey(filter);
  const value = index.values.find((one) => filterKey(one.filter) === key);
  return value === undefined ? () => false : ({ values }) => values.includes(value);
}

function hasProblem(entry: ListEntry, index: ListIndex): boolean {
  return hasOwnProblem(entry) || index.doubles.has(entry.id);
}

function hasOwnProblem({ values }: ListEntry): boolean {
  return values.some(({ kind }: FilterValue) => kind === "problem");
}

/** Whether an image has every word, in whichever of its texts. */
function finder({ entries }: ListIndex, words: readonly string[]): Test {
  if (words.length === 0) return () => true;
  // Hundreds of images share their prompts, which are read once.
  const prompts = new Set<string>();
  for (const entry of entries) for (const prompt of entry.prompts()) prompts.add(prompt);
  const tests = words.map((word) => {
    const inPrompts = new Set([...prompts].filter((prompt) => prompt.includes(word)));
    return (entry: ListEntry): boolean =>
      entry.haystack().includes(word) || entry.prompts().some((prompt) => inPrompts.has(prompt));
  });
  return (entry) => tests.every((test) => test(entry));
}

/** Sorts, the undecided ones in the sheet's order. What is not known comes last either way. */
function inOrder(
  entries: readonly ListEntry[],
  { folderPlaces }: ListIndex,
  { sort, isDescending, field }: ListQuery,
): ListEntry[] {
  const way = isDescending ? -1 : 1;
  const by = (keyOf: (entry: ListEntry) => string | number | null): ListEntry[] =>
    entries
      .map((entry) => ({ entry, key: keyOf(entry) }))
      .toSorted((a, b) => {
        if (a.key === b.key) return 0;
        if (a.key === null) return 1;
        if (b.key === null) return -1;
        return way * compared(a.key, b.key);
      })
      .map(({ entry }) => entry);
  switch (sort) {
    case "sheet": {
      const inTurn = isDescending ? entries.toReversed() : entries;
      const folders = new Map<string, ListEntry[]>();
      for (const entry of inTurn) {
        const group = folders.get(entry.folder);
        if (group === undefined) folders.set(entry.folder, [entry]);
        else group.push(entry);
      }
      const placeOf = (folder: string): number => folderPlaces.get(folder) ?? 0;
      return [...folders]
        .toSorted(([a], [b]) => way * (placeOf(a) - placeOf(b)))
        .flatMap(([, group]) => group);
    }
    case "name":
      return by(({ nameKey }) => nameKey());
    case "folder":
      // A control character comes before whatever a folder's name goes on with.
      return by(({ folderKey, folder, nameKey }) => `${folderKey()}\0${folder}\0${nameKey()}`);
    case "length":
      return by(({ standing: { texts } }) => {
        const text = texts.find(({ fieldId }) => fieldId === field.id)?.text ?? null;
        return text === null ? null : textLength(text, field.limit?.unit ?? "characters");
      });
    case "cost":
      return by(({ costMicroUsd }) => costMicroUsd);
    case "newest":
      return by(({ newestAt }) => -newestAt);
  }
}

function compared(a: string | number, b: string | number): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return `${a}` < `${b}` ? -1 : 1;
}

function commonOf(entries: readonly ListEntry[]): Common {
  let modelId: string | null | undefined;
  let isSimulated: boolean | null | undefined;
  for (const entry of entries) {
    modelId = shared(modelId, entry.modelId);
    isSimulated = shared(isSimulated, entry.isSimulated);
  }
  return { modelId: modelId ?? null, isSimulated: isSimulated ?? null };
}

function shared<Value>(
  a: Value | null | undefined,
  b: Value | null | undefined,
): Value | null | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a === b ? a : null;
}

function isSame(a: ListQuery, b: ListQuery): boolean {
  return (
    a.search === b.search &&
    a.filters === b.filters &&
    a.sort === b.sort &&
    a.isDescending === b.isDescending &&
    a.field.id === b.field.id &&
    a.field.limit?.unit === b.field.limit?.unit &&
    a.keptId === b.keptId &&
    a.context === b.context
  );
}

/** The listing, with the parts of the one before that say the same. */
function withSameParts(next: Listing, before: Listing): Listing {
  const same = <Part>(part: Part, old: Part, isEqual: boolean): Part => (isEqual ? old : part);
  const { ids, groups, counts, words, common } = next;
  return {
    ...next,
    ids: same(ids, before.ids, areEqual(ids, before.ids)),
    groups: same(groups, before.groups, areAlike(groups, before.groups)),
    counts: same(counts, before.counts, isAlike(counts, before.counts)),
    words: same(words, before.words, areEqual(words, before.words)),
    common: same(common, before.common, isAlike(common, before.common)),
  };
}

function areEqual<Item>(a: readonly Item[], b: readonly Item[]): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}

function areAlike(a: readonly object[], b: readonly object[]): boolean {
  return a.length === b.length && a.every((item, index) => isAlike(item, b[index] ?? {}));
}

function isAlike(a: object, b: object): boolean {
  const others = new Map<string, unknown>(Object.entries(b));
  return Object.entries(a).every(([key, value]) => others.get(key) === value);
}
