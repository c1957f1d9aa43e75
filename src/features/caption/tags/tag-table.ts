import type { FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import { eachTagOnce, joinedTags, normalTag, tagKey, tagsOf } from "#src/domain/tags.ts";
import { canEdit, type Standing } from "#src/features/caption/list/standing.ts";
import type { TextChange } from "#src/features/caption/view-state.ts";

/** A tag of a field, however it is written, and the images that have it. */
export interface TagUse {
  key: string;
  /** As most texts write it. */
  tag: string;
  images: readonly ImageId[];
}

/** The tags of one field on a whole sheet. */
export interface TagTable {
  fieldId: FieldId;
  /** Most used first; equally used ones by their keys, which takes no collator. */
  tags: readonly TagUse[];
  byKey: ReadonlyMap<string, TagUse>;
  /** How many tags all texts have together. */
  times: number;
  /** The images that have a tag twice. */
  doubled: readonly ImageId[];
  /** The tags that are like another: with a hyphen, without a space, in the plural. */
  alike: ReadonlySet<string>;
  /** The images that have tags. */
  tagged: number;
}

const readings = new WeakMap<Standing, Map<FieldId, readonly string[]>>();

/** The tags of an image’s text, read once for as long as the image stays as it is. */
export function tagsIn(standing: Standing, fieldId: FieldId): readonly string[] {
  const known = readings.get(standing) ?? new Map<FieldId, readonly string[]>();
  readings.set(standing, known);
  const tags = known.get(fieldId) ?? tagsOf(textIn(standing, fieldId)?.text ?? "");
  known.set(fieldId, tags);
  return tags;
}

function textIn({ texts }: Standing, fieldId: FieldId) {
  return texts.find((text) => text.fieldId === fieldId);
}

// So many tags between two moments in which the page may breathe.
const TAGS_A_STEP = 100;

/** Counts the tags of a field, in steps: on a large sheet that takes longer than a frame. */
export function* countTags(
  standings: ReadonlyMap<ImageId, Standing>,
  fieldId: FieldId,
): Generator<undefined, TagTable> {
  const found = new Map<string, { spellings: Map<string, number>; images: ImageId[] }>();
  const doubled: ImageId[] = [];
  let [times, tagged] = [0, 0];
  for (const [imageId, standing] of standings) {
    const tags = tagsIn(standing, fieldId);
    if (tags.length > 0) tagged += 1;
    let isDoubled = false;
    for (const tag of tags) {
      times += 1;
      const key = tagKey(tag);
      const use = found.get(key) ?? { spellings: new Map<string, number>(), images: [] };
      found.set(key, use);
      use.spellings.set(tag, (use.spellings.get(tag) ?? 0) + 1);
      if (use.images.at(-1) === imageId) isDoubled = true;
      else use.images.push(imageId);
    }
    if (isDoubled) doubled.push(imageId);
    yield;
  }
  const byCount = new Map<number, TagUse[]>();
  const keys = [...found.keys()].toSorted();
  for (const [at, key] of keys.entries()) {
    const { spellings = new Map<string, number>(), images = [] } = found.get(key) ?? {};
    const equal = byCount.get(images.length) ?? [];
    byCount.set(images.length, equal);
    equal.push({ key, tag: mostUsed(spellings), images });
    if (at % TAGS_A_STEP === 0) yield;
  }
  const tags = [...byCount].toSorted(([a], [b]) => b - a).flatMap(([, equal]) => equal);
  const byKey = new Map<string, TagUse>();
  for (const [at, use] of tags.entries()) {
    byKey.set(use.key, use);
    if (at % TAGS_A_STEP === 0) yield;
  }
  const alike = yield* alikeAmong(tags);
  return { fieldId, tags, byKey, times, doubled, alike, tagged };
}

/** The same in one go. */
export function tagTable(standings: ReadonlyMap<ImageId, Standing>, fieldId: FieldId): TagTable {
  const counting = countTags(standings, fieldId);
  for (;;) {
    const step = counting.next();
    if (step.done === true) return step.value;
  }
}

function mostUsed(spellings: ReadonlyMap<string, number>): string {
  const [[tag] = [""], ...others] = spellings;
  if (others.length === 0) return tag;
  const [[most] = [tag]] = [...spellings].toSorted(([, a], [, b]) => b - a);
  return most;
}

const letters = new Intl.Collator("en", { numeric: true });

/** The order of tags by their letters. */
export function byLetters(a: string, b: string): number {
  return letters.compare(a, b);
}

function* alikeAmong(tags: readonly TagUse[]): Generator<undefined, ReadonlySet<string>> {
  const groups = new Map<string, string[]>();
  for (const [at, { key }] of tags.entries()) {
    if (at % TAGS_A_STEP === 0) yield;
    const bare = key.replaceAll(/[\s_-]+/gu, "");
    const stem = bare.length > 3 ? bare.replace(/(?<=s|x|ch|sh)es$|(?<=[^s])s$/u, "") : bare;
    groups.set(stem, [...(groups.get(stem) ?? []), key]);
  }
  return new Set([...groups.values()].filter(({ length }) => length > 1).flat());
}

/** What is done to the tags of many texts. */
export type TagEdit =
  /** A tag that is there under the new name already becomes one with it. */
  | { kind: "rename"; keys: ReadonlySet<string>; to: string }
  | { kind: "remove"; keys: ReadonlySet<string> }
  | { kind: "add"; tags: readonly string[]; at: "first" | "last" }
  /** `first` stand before all others, in their order: a trigger word, for instance. */
  | { kind: "order"; by: "letters" | "count" | "as-used"; first: readonly string[] }
  /** Each tag once, of texts that have one twice. */
  | { kind: "clean" };

/** What a press on an edit does: it shows what would change. */
export type PreviewTags = (
  edit: TagEdit,
  how: { title: string; doing: string; fillsEmpty?: boolean },
) => void;

/** The tags of one text after an edit. */
export function editedTags(tags: readonly string[], edit: TagEdit, table: TagTable): string[] {
  switch (edit.kind) {
    case "rename": {
      if (!tags.some((tag) => edit.keys.has(tagKey(tag)))) return [...tags];
      const renamed = tags.map((tag) => (edit.keys.has(tagKey(tag)) ? edit.to : tag));
      return onceAs(renamed, edit.to);
    }
    case "remove":
      return tags.filter((tag) => !edit.keys.has(tagKey(tag)));
    case "add": {
      const known = new Set(tags.map(tagKey));
      const added = eachTagOnce(edit.tags).filter((tag) => !known.has(tagKey(tag)));
      return edit.at === "first" ? [...added, ...tags] : [...tags, ...added];
    }
    case "order": {
      const places = new Map(edit.first.map((tag, place) => [tagKey(tag), place]));
      const placeOf = (tag: string): number => places.get(tagKey(tag)) ?? places.size;
      const countOf = (tag: string): number => table.byKey.get(tagKey(tag))?.images.length ?? 0;
      return tags.toSorted((a, b) => {
        const first = placeOf(a) - placeOf(b);
        if (first !== 0 || edit.by === "as-used") return first;
        return (edit.by === "count" ? countOf(b) - countOf(a) : 0) || byLetters(a, b);
      });
    }
    case "clean":
      return eachTagOnce(tags);
  }
}

/** Tags of which one is there once, written so; the others stay as they are. */
function onceAs(tags: readonly string[], to: string): string[] {
  const key = tagKey(to);
  let isThere = false;
  return tags.flatMap((tag) => {
    if (tagKey(tag) !== key) return [tag];
    if (isThere) return [];
    isThere = true;
    return [normalTag(to)];
  });
}

/**
 * What an edit changes of these images. Texts without tags are left alone unless `fillsEmpty`, which only adding does, and
 * so are those that can’t be written now; where no tag changes the commas stay as they are.
 */
export function tagChanges(
  standings: ReadonlyMap<ImageId, Standing>,
  ids: Iterable<ImageId>,
  { edit, table, fillsEmpty = false }: { edit: TagEdit; table: TagTable; fillsEmpty?: boolean },
): TextChange[] {
  const { fieldId } = table;
  const changes: TextChange[] = [];
  for (const imageId of ids) {
    const standing = standings.get(imageId);
    const text = standing === undefined ? undefined : textIn(standing, fieldId);
    if (standing === undefined || text === undefined || !canEdit(text)) continue;
    const tags = tagsIn(standing, fieldId);
    if (tags.length === 0 && !fillsEmpty) continue;
    const edited = editedTags(tags, edit, table);
    const isSame = edited.length === tags.length && edited.every((tag, at) => tag === tags[at]);
    const before = text.text ?? "";
    const after = joinedTags(edited);
    if (!isSame && after !== before) changes.push({ imageId, fieldId, before, after });
  }
  return changes;
}
