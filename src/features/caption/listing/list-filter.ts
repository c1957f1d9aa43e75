import { modelById } from "#src/catalog/find-models.ts";
import { CHECK_LABELS, type CheckId } from "#src/domain/checks/checks.ts";
import type { ImageRole } from "#src/domain/image-role.ts";
import { ROLE_WORDS } from "#src/domain/role-rules.ts";
import type { FieldId, Fields, LengthUnit } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import { tagKey } from "#src/domain/tags.ts";
import { shortened } from "#src/lib/shortened.ts";
import { grouped } from "#src/lib/counted.ts";

/** What may be wrong with an image: a try that gave nothing, or what a check found in one of its texts. */
export type Problem = "failed" | "refused" | "unsettled" | CheckId;

/** One condition on the images that are listed. Those of one kind widen the list, those of different kinds narrow it. */
export type ListFilter =
  | { kind: "state"; is: "captioned" | "missing" | "running" | "preparing" }
  | { kind: "problem"; is: Problem | "any" }
  /** Whose words the texts are. */
  | { kind: "edited"; is: "edited" | "unedited" | "existing" }
  | { kind: "review"; is: "reviewed" | "unreviewed" }
  | { kind: "role"; is: ImageRole }
  | { kind: "folder"; folder: string }
  | { kind: "model"; modelId: string }
  | { kind: "prompt"; prompt: string }
  /** Whether a field has words. */
  | { kind: "field"; fieldId: FieldId; is: "written" | "unwritten" }
  /** Images that something else has found, which says in a few words what they have in common. */
  | { kind: "found"; words: string; ids: ReadonlySet<ImageId> }
  /** A tag of a field, as it is written, whatever its case. */
  | { kind: "tag"; fieldId: FieldId; tag: string }
  /** A text that there is, and its length. */
  | { kind: "length"; fieldId: FieldId; is: "over" | "under"; than: number; unit: LengthUnit };

export type FilterKind = ListFilter["kind"];

/** In the order in which the chips and the menu show them. */
export const FILTER_KINDS: readonly FilterKind[] = [
  "found",
  "folder",
  "state",
  "problem",
  "edited",
  "review",
  "role",
  "tag",
  "length",
  "field",
  "model",
  "prompt",
];

/** The same for the same condition, and for no other. */
export function filterKey(filter: ListFilter): string {
  switch (filter.kind) {
    case "state":
    case "problem":
    case "edited":
    case "review":
    case "role":
      return `${filter.kind}:${filter.is}`;
    case "found":
      return `found:${filter.words}`;
    case "folder":
      return `folder:${filter.folder}`;
    case "model":
      return `model:${filter.modelId}`;
    case "prompt":
      return `prompt:${filter.prompt}`;
    case "field":
      return `field:${filter.is}:${filter.fieldId}`;
    case "tag":
      return `tag:${filter.fieldId}:${tagKey(filter.tag)}`;
    case "length":
      return `length:${filter.is}:${filter.than}:${filter.unit}:${filter.fieldId}`;
  }
}

/** The same filters with this one switched on or off. */
export function toggled(filters: readonly ListFilter[], filter: ListFilter): ListFilter[] {
  const key = filterKey(filter);
  const others = filters.filter((other) => filterKey(other) !== key);
  return others.length < filters.length ? others : [...filters, filter];
}

const WORDS = {
  state: {
    captioned: "Captioned",
    missing: "Not captioned",
    running: "Being asked",
    preparing: "Being prepared",
  },
  problem: {
    any: "Problems",
    failed: "Failed",
    refused: "Refused",
    unsettled: "Unsettled",
    ...CHECK_LABELS,
  },
  edited: { edited: "Edited", unedited: "Not edited", existing: "Existing" },
  review: { reviewed: "Reviewed", unreviewed: "Unreviewed" },
} as const;

const MOST_LETTERS = 40;

/** A filter in a few words, as its chip and the menu say it. */
export function filterWords(filter: ListFilter, fields: Fields): string {
  switch (filter.kind) {
    case "state":
      return WORDS.state[filter.is];
    case "problem":
      return filter.is === "over" ? overWords(fields) : WORDS.problem[filter.is];
    case "edited":
      return WORDS.edited[filter.is];
    case "review":
      return WORDS.review[filter.is];
    case "role":
      return ROLE_WORDS[filter.is].name;
    case "found":
      return filter.words;
    case "folder":
      return folderWords(filter.folder);
    case "model":
      return modelById(filter.modelId)?.shortName ?? filter.modelId;
    case "prompt":
      return filter.prompt === "" ? "No prompt" : shortened(filter.prompt, MOST_LETTERS);
    case "field": {
      const name = fieldName(filter.fieldId, fields);
      return filter.is === "written" ? `Has ${name}` : `No ${name}`;
    }
    case "tag":
      return `Tagged “${filter.tag}”`;
    case "length": {
      const of = fields.length === 1 ? "" : `, ${fieldName(filter.fieldId, fields)}`;
      const than = lengthWords(filter.than, filter.unit);
      return `${filter.is === "over" ? "Over" : "Under"} ${than}${of}`;
    }
  }
}

/** The filters of one kind in one chip: "In lamps, rooms", "Failed or refused". */
export function chipWords(filters: readonly ListFilter[], fields: Fields): string {
  const words = filters.map((filter) => filterWords(filter, fields));
  const [first = "", ...others] = words;
  if (filters[0]?.kind === "folder") return `In ${words.join(", ")}`;
  return [first, ...others.map((word) => word.charAt(0).toLowerCase() + word.slice(1))].join(
    " or ",
  );
}

/** A folder by its name; images that came without one are together. */
function folderWords(folder: string): string {
  return folder === "" ? "no folder" : folder;
}

// The number, if there is only one.
function overWords(fields: Fields): string {
  const limits = new Set(
    fields.flatMap(({ limit }) => (limit === null ? [] : [lengthWords(limit.most, limit.unit)])),
  );
  const [only = ""] = limits;
  return limits.size === 1 ? `Over ${only}` : WORDS.problem.over;
}

function lengthWords(length: number, unit: LengthUnit): string {
  const number = grouped(length);
  return unit === "characters" ? number : `${number} ${unit}`;
}

function fieldName(fieldId: FieldId, fields: Fields): string {
  return (fields.find(({ id }) => id === fieldId)?.name ?? fieldId).toLowerCase();
}
