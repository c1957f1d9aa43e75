import type { FieldId } from "#src/domain/field.ts";
import { folderOf, frameText } from "#src/domain/frame.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName, type ImageId, type SheetImage } from "#src/domain/image.ts";
import type { ImageRole } from "#src/domain/image-role.ts";
import type { MicroUsd } from "#src/domain/money.ts";
import { costOf, isSimulatedTask, type Task } from "#src/domain/task.ts";
import { folded } from "#src/lib/search-words.ts";
import type { Standing, Standings } from "#src/features/caption/list/standing.ts";
import type { FilterKind, ListFilter, Problem } from "./list-filter.ts";
import { createTextRegister, ownProblems, type TextProblem } from "./problems.ts";

/** A filter that images may pass, and its place in the counts. */
export interface FilterValue {
  filter: ListFilter;
  kind: FilterKind;
  at: number;
}

/** What is known of an image for finding and ordering it. What only a search or an order needs is made when it does. */
export interface ListEntry {
  id: ImageId;
  /** Of its bytes; null if they are not known. */
  pictureHash: string | null;
  standing: Standing;
  name: string;
  folder: string;
  /** For ordering by comparing letters: 2 comes before 10. */
  nameKey: () => string;
  folderKey: () => string;
  /** The filters it passes by itself; whether others have its text is known only beside the others. */
  values: readonly FilterValue[];
  /** What its texts have wrong by themselves; null until they have been looked through. */
  problems: readonly TextProblem[] | null;
  /** Of the answers that are shown; null if none has a known cost. */
  costMicroUsd: MicroUsd | null;
  /** Epoch milliseconds of the latest text or, if there is none, of its arrival. */
  newestAt: number;
  /** What its shown answers have in common; undefined if it has none. */
  modelId: string | null | undefined;
  isSimulated: boolean | null | undefined;
  /** Folded: name, folder and texts, each on a line of its own. */
  haystack: () => string;
  /** Folded. Most images share theirs. */
  prompts: () => readonly string[];
}

/** All images of a sheet, in its order, ready to be searched, filtered and ordered. */
export interface ListIndex {
  entries: readonly ListEntry[];
  /** Of the whole sheet, whatever is listed. */
  values: readonly FilterValue[];
  /** Those with a text that another image has too, in the same field. */
  doubles: ReadonlySet<ImageId>;
  /** What is wrong with the texts of each image that has anything wrong, the most telling first. */
  problems: ReadonlyMap<ImageId, readonly TextProblem[]>;
  /** How many images have not been looked through yet. */
  unchecked: number;
  /** The folders’ places in the order of the sheet. */
  folderPlaces: ReadonlyMap<string, number>;
}

/** Indexes a sheet. */
export interface Indexing {
  indexOf: (images: ReadonlyMap<ImageId, SheetImage>, standings: Standings) => ListIndex;
  /** Looks texts through as long as there is time; the next index knows. Returns whether all of them are. */
  check: (hasTime: () => boolean) => boolean;
}

// What is looked through at once, so that an edit is judged as it is shown, and a sheet of a hundred images too.
const CHECKED_AT_ONCE = 120;

/**
 * Indexes sheets. Only images that changed are looked at again: at 5,000 images and 50 answers a second all of them would
 * be too much.
 */
export function createListIndex(): Indexing {
  const interned = createInterned();
  const foldPrompt = onceEach(folded);
  const register = createTextRegister();
  let known = new Map<ImageId, ListEntry>();
  let last: { byId: Standings["byId"]; index: ListIndex } | null = null;
  const checked = (entry: ListEntry): ListEntry => {
    const problems = ownProblems(entry.standing, entry.name);
    const values = new Set(entry.values);
    for (const { check } of problems) values.add(interned.problem(check));
    return { ...entry, problems, values: [...values] };
  };
  const indexOf: Indexing["indexOf"] = (images, standings) => {
    if (last?.byId === standings.byId) return last.index;
    const next = new Map<ImageId, ListEntry>();
    const folderPlaces = new Map<string, number>();
    let leftToCheck = CHECKED_AT_ONCE;
    let unchecked = 0;
    for (const [id, standing] of standings.byId) {
      let entry = known.get(id);
      known.delete(id);
      if (entry?.standing !== standing) {
        if (entry !== undefined) register.hold(entry, false);
        const image = images.get(id);
        if (image === undefined) continue;
        entry = entryOf(image, standing, { interned, foldPrompt });
        register.hold(entry, true);
      }
      if (entry.problems === null && leftToCheck > 0) {
        leftToCheck -= 1;
        entry = checked(entry);
      }
      if (entry.problems === null) unchecked += 1;
      next.set(id, entry);
      if (!folderPlaces.has(entry.folder)) folderPlaces.set(entry.folder, folderPlaces.size);
    }
    for (const gone of known.values()) register.hold(gone, false);
    known = next;
    const entries = [...next.values()];
    const joined = register.join(entries, (id) => {
      const image = images.get(id);
      return image === undefined ? "" : frameText(image);
    });
    const index = { entries, values: interned.all(), ...joined, unchecked, folderPlaces };
    last = { byId: standings.byId, index };
    return index;
  };
  return {
    indexOf,
    check: (hasTime) => {
      for (const [id, entry] of known) {
        if (entry.problems !== null) continue;
        if (!hasTime()) return false;
        known.set(id, checked(entry));
        last = null;
      }
      return true;
    },
  };
}

/** Only whoever knows all images can tell who passes these. */
export const DUPLICATE: ListFilter = { kind: "problem", is: "duplicate" };
export const ANY_PROBLEM: ListFilter = { kind: "problem", is: "any" };

type Interned = ReturnType<typeof createInterned>;

/** One object for each filter, which thousands of images share. */
function createInterned() {
  const values: FilterValue[] = [];
  const valueOf = (filter: ListFilter): FilterValue => {
    const value = { filter, kind: filter.kind, at: values.length };
    values.push(value);
    return value;
  };
  const state = (is: Extract<ListFilter, { kind: "state" }>["is"]) =>
    valueOf({ kind: "state", is });
  const field = (is: "written" | "unwritten") =>
    onceEach((fieldId: FieldId) => valueOf({ kind: "field", fieldId, is }));
  return {
    all: () => [...values],
    captioned: state("captioned"),
    missing: state("missing"),
    running: state("running"),
    preparing: state("preparing"),
    edited: valueOf({ kind: "edited", is: "edited" }),
    unedited: valueOf({ kind: "edited", is: "unedited" }),
    existing: valueOf({ kind: "edited", is: "existing" }),
    reviewed: valueOf({ kind: "review", is: "reviewed" }),
    unreviewed: valueOf({ kind: "review", is: "unreviewed" }),
    role: onceEach((is: ImageRole) => valueOf({ kind: "role", is })),
    problem: onceEach((is: Problem) => valueOf({ kind: "problem", is })),
    folder: onceEach((folder: string) => valueOf({ kind: "folder", folder })),
    model: onceEach((modelId: string) => valueOf({ kind: "model", modelId })),
    prompt: onceEach((prompt: string) => valueOf({ kind: "prompt", prompt })),
    written: field("written"),
    unwritten: field("unwritten"),
  };
}

/** A function that is called once for each argument. */
function onceEach<Key, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new Map<Key, Made>();
  return (key) => {
    const found = known.get(key) ?? make(key);
    known.set(key, found);
    return found;
  };
}

function once<Made>(make: () => Made): () => Made {
  let made: { value: Made } | null = null;
  return () => (made ??= { value: make() }).value;
}

function entryOf(
  image: SheetImage,
  standing: Standing,
  { interned, foldPrompt }: { interned: Interned; foldPrompt: (prompt: string) => string },
): ListEntry {
  const name = imageName(image);
  const folder = folderOf(image);
  const answered: Task[] = [];
  const tasks: Task[] = [];
  let costMicroUsd: MicroUsd | null = null;
  let newestAt = 0;
  for (const { shown } of standing.texts) {
    if (shown.answered !== null) {
      answered.push(shown.answered);
      tasks.push(shown.answered);
      const cost = costOf(shown.answered);
      if (cost !== null) costMicroUsd = (costMicroUsd ?? 0) + cost;
    }
    if (shown.latest !== null) tasks.push(shown.latest);
    newestAt = Math.max(newestAt, shown.answered?.times.endedAt ?? 0, shown.edit?.at ?? 0);
  }
  return {
    id: image.id,
    pictureHash: pictureHashOf(image),
    standing,
    name,
    folder,
    nameKey: once(() => orderKey(name)),
    folderKey: once(() => orderKey(folder)),
    values: valuesOf(standing, { folder, answered, tasks }, interned),
    problems: null,
    costMicroUsd,
    newestAt: newestAt || image.addedAt,
    modelId: sharedBy(answered, ({ recipe }) => recipe.modelId),
    isSimulated: sharedBy(answered, isSimulatedTask),
    haystack: once(() => {
      const texts = standing.texts.map(({ text }) => text ?? "");
      return folded([name, folder, ...texts].join("\n"));
    }),
    prompts: once(() => {
      const sent = tasks.flatMap(({ recipe, promptSent }) => [recipe.prompt, promptSent]);
      return [...new Set(sent.filter((prompt) => prompt !== null))].map(foldPrompt);
    }),
  };
}

/** As the run bar counts: what was asked again in vain is in trouble, though its old text is shown. */
export function isCaptioned({ kind, trouble }: Pick<Standing, "kind" | "trouble">): boolean {
  return kind === "done" && trouble === null;
}

/** Whether a text is still to come: of an image that only decorates, or is split, none is. */
export function isMissing({ kind }: Pick<Standing, "kind">): boolean {
  return kind !== "done" && kind !== "decorative" && kind !== "split";
}

/** What this is of each task if it is the same of all, null if it differs, undefined if there is none. */
function sharedBy<Value>(
  tasks: readonly Task[],
  valueOf: (task: Task) => Value,
): Value | null | undefined {
  const [first, ...others] = tasks;
  if (first === undefined) return undefined;
  const value = valueOf(first);
  return others.every((task) => valueOf(task) === value) ? value : null;
}

function valuesOf(
  { kind, trouble, edited, reviewed, role, texts }: Standing,
  of: { folder: string; answered: readonly Task[]; tasks: readonly Task[] },
  interned: Interned,
): FilterValue[] {
  const values = [
    edited ? interned.edited : interned.unedited,
    reviewed ? interned.reviewed : interned.unreviewed,
    interned.role(role),
    interned.folder(of.folder),
  ];
  const add = (value: FilterValue): void => {
    if (!values.includes(value)) values.push(value);
  };
  if (texts.some(({ shown }) => shown.existing !== null)) add(interned.existing);
  if (isMissing({ kind })) add(interned.missing);
  else if (isCaptioned({ kind, trouble })) add(interned.captioned);
  if (kind === "running" || kind === "preparing") add(interned[kind]);
  for (const { fieldId, text, trouble: end, kind: state } of texts) {
    if (end !== null) add(interned.problem(end));
    if (state === "empty") add(interned.problem("empty"));
    add(interned[text === null || text === "" ? "unwritten" : "written"](fieldId));
  }
  for (const { recipe } of of.answered) add(interned.model(recipe.modelId));
  for (const { recipe } of of.tasks) add(interned.prompt(recipe.prompt ?? ""));
  return values;
}

/** A name in which longer numbers come after shorter ones, letter by letter, and case does not count. */
function orderKey(name: string): string {
  return folded(name).replaceAll(/0*(\d+)/gu, (_, digits: string) => {
    const length = Math.min(digits.length, 99);
    return `0${`${length}`.padStart(2, "0")}${digits}`;
  });
}
