import type { FieldId } from "#src/domain/field.ts";
import { imageName, type ImageId, type SheetImage } from "#src/domain/image.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import { folderOf } from "#src/domain/prompt-variables.ts";
import { costOf, isSimulatedTask, type Task } from "#src/domain/task.ts";
import { folded } from "#src/lib/search-words.ts";
import type { Standing, Standings } from "#src/features/caption/list/standing.ts";
import { filterKey, type FilterKind, type ListFilter } from "./list-filter.ts";

/** A filter that images may pass, and its place in the counts. */
export interface FilterValue {
  filter: ListFilter;
  kind: FilterKind;
  at: number;
}

/** What is known of an image for finding and ordering it. */
export interface ListEntry {
  id: ImageId;
  standing: Standing;
  folder: string;
  /** For ordering by comparing letters: 2 comes before 10. */
  nameKey: string;
  folderKey: string;
  /** The filters it passes by itself; whether others have its text is known only beside the others. */
  values: readonly FilterValue[];
  /** Its texts by field, each as one key; without empty ones. */
  textKeys: readonly string[];
  /** Of the answers that are shown; null if none has a known cost. */
  costMicroUsd: MicroUsd | null;
  /** Epoch milliseconds of the latest text or, if there is none, of its arrival. */
  newestAt: number;
  /** The models that wrote what is shown, and whether none of it was said by a model. */
  modelIds: readonly string[];
  simulated: readonly boolean[];
  /** Folded: name, folder and texts, each on a line of its own. Made with the first search. */
  haystack: () => string;
  /** Folded. Most images share theirs. */
  prompts: readonly string[];
}

/** All images of a sheet, in its order, ready to be searched, filtered and ordered. */
export interface ListIndex {
  entries: readonly ListEntry[];
  /** Of the whole sheet, whatever is listed. */
  values: readonly FilterValue[];
  /** On how many images each text is. */
  copies: ReadonlyMap<string, number>;
  /** The folders' places in the order of the sheet. */
  folderPlaces: ReadonlyMap<string, number>;
}

/**
 * Indexes sheets. Only images that changed are looked at again: at 5,000 images and 50 answers a second all of them would
 * be too much.
 */
export function createListIndex(): (
  images: ReadonlyMap<ImageId, SheetImage>,
  standings: Standings,
) => ListIndex {
  const values = new Map<string, FilterValue>();
  const prompts = new Map<string, string>();
  const copies = new Map<string, number>();
  let known = new Map<ImageId, ListEntry>();
  let last: { byId: Standings["byId"]; index: ListIndex } | null = null;
  const valueOf = (filter: ListFilter): FilterValue => {
    const key = filterKey(filter);
    const found = values.get(key) ?? { filter, kind: filter.kind, at: values.size };
    values.set(key, found);
    return found;
  };
  const foldedPrompt = (prompt: string): string => {
    const found = prompts.get(prompt) ?? folded(prompt);
    prompts.set(prompt, found);
    return found;
  };
  // So that their counts are there whether or not an image passes them.
  for (const filter of ALWAYS_COUNTED) valueOf(filter);
  return (images, standings) => {
    if (last?.byId === standings.byId) return last.index;
    const next = new Map<ImageId, ListEntry>();
    for (const [id, standing] of standings.byId) {
      const old = known.get(id);
      known.delete(id);
      if (old?.standing === standing) next.set(id, old);
      else {
        if (old !== undefined) count(copies, old, -1);
        const image = images.get(id);
        if (image === undefined) continue;
        const entry = entryOf(image, standing, { valueOf, foldedPrompt });
        count(copies, entry, 1);
        next.set(id, entry);
      }
    }
    for (const gone of known.values()) count(copies, gone, -1);
    known = next;
    const entries = [...next.values()];
    const folderPlaces = new Map<string, number>();
    for (const { folder } of entries)
      if (!folderPlaces.has(folder)) folderPlaces.set(folder, folderPlaces.size);
    const index = { entries, values: [...values.values()], copies, folderPlaces };
    last = { byId: standings.byId, index };
    return index;
  };
}

/** Whether another image has one of its texts too. */
export function hasDouble({ textKeys }: ListEntry, { copies }: Pick<ListIndex, "copies">): boolean {
  return textKeys.some((key) => (copies.get(key) ?? 0) > 1);
}

/** Only whoever knows all images can tell who passes these. */
export const DUPLICATE: ListFilter = { kind: "problem", is: "duplicate" };
export const ANY_PROBLEM: ListFilter = { kind: "problem", is: "any" };

const ALWAYS_COUNTED: readonly ListFilter[] = [ANY_PROBLEM, DUPLICATE];

interface Interning {
  valueOf: (filter: ListFilter) => FilterValue;
  foldedPrompt: (prompt: string) => string;
}

function entryOf(
  image: SheetImage,
  standing: Standing,
  { valueOf, foldedPrompt }: Interning,
): ListEntry {
  const name = imageName(image);
  const folder = folderOf(image);
  const { texts } = standing;
  const answered = texts.flatMap(({ shown }) => (shown.answered === null ? [] : [shown.answered]));
  const tasks = texts.flatMap(({ shown: { answered: one, latest } }) =>
    [one, latest].filter((task) => task !== null),
  );
  const costs = answered.map(costOf).filter((cost) => cost !== null);
  let haystack: string | null = null;
  return {
    id: image.id,
    standing,
    folder,
    nameKey: orderKey(name),
    folderKey: orderKey(folder),
    values: filtersOf(standing, { folder, answered, tasks }).map(valueOf),
    textKeys: texts.flatMap(({ fieldId, text }) =>
      text === null || text.trim() === "" ? [] : [textKey(fieldId, text)],
    ),
    costMicroUsd: costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0),
    newestAt: newestOf(image, standing),
    modelIds: answered.map(({ recipe }) => recipe.modelId),
    simulated: answered.map(isSimulatedTask),
    haystack: () =>
      (haystack ??= folded([name, folder, ...texts.map(({ text }) => text ?? "")].join("\n"))),
    prompts: [
      ...new Set(
        tasks
          .flatMap(({ recipe, promptSent }) => [recipe.prompt, promptSent])
          .filter((prompt) => prompt !== null),
      ),
    ].map(foldedPrompt),
  };
}

function filtersOf(
  { kind, trouble, edited, reviewed, texts }: Standing,
  of: { folder: string; answered: readonly Task[]; tasks: readonly Task[] },
): ListFilter[] {
  const problems: Problems = new Set();
  for (const text of texts) {
    if (text.trouble !== null) problems.add(text.trouble);
    if (text.kind === "empty") problems.add("empty");
    if (text.over > 0) problems.add("over");
  }
  if (trouble !== null) problems.add(trouble);
  const filters: ListFilter[] = [
    { kind: "state", is: kind === "done" ? "captioned" : "missing" },
    { kind: "edited", is: edited ? "edited" : "unedited" },
    { kind: "review", is: reviewed ? "reviewed" : "unreviewed" },
    { kind: "folder", folder: of.folder },
  ];
  if (kind === "running" || kind === "preparing") filters.push({ kind: "state", is: kind });
  for (const is of problems) filters.push({ kind: "problem", is });
  for (const modelId of new Set(of.answered.map(({ recipe }) => recipe.modelId)))
    filters.push({ kind: "model", modelId });
  for (const prompt of new Set(of.tasks.map(({ recipe }) => recipe.prompt ?? "")))
    filters.push({ kind: "prompt", prompt });
  for (const { fieldId, text } of texts)
    filters.push({
      kind: "field",
      fieldId,
      is: text === null || text === "" ? "unwritten" : "written",
    });
  return filters;
}

type Problems = Set<Extract<ListFilter, { kind: "problem" }>["is"]>;

function newestOf({ addedAt }: SheetImage, { texts }: Standing): number {
  const times = texts.flatMap(({ shown: { answered, edit } }) => [
    answered?.times.endedAt ?? 0,
    edit?.at ?? 0,
  ]);
  return Math.max(...times) || addedAt;
}

function textKey(fieldId: FieldId, text: string): string {
  return `${fieldId}\n${text.trim()}`;
}

function count(copies: Map<string, number>, { textKeys }: ListEntry, by: 1 | -1): void {
  for (const key of textKeys) {
    const next = (copies.get(key) ?? 0) + by;
    if (next === 0) copies.delete(key);
    else copies.set(key, next);
  }
}

/** A name in which longer numbers come after shorter ones, letter by letter, and case does not count. */
function orderKey(name: string): string {
  return folded(name).replaceAll(/0*(\d+)/gu, (_, digits: string) => {
    const length = Math.min(digits.length, 99);
    return `0${`${length}`.padStart(2, "0")}${digits}`;
  });
}
