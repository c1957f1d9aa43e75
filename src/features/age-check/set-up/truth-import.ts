import { formatAgeRange, MOST_YEARS, parseAgeLabel } from "#src/domain/age-label.ts";
import { folderOf } from "#src/domain/frame.ts";
import { imageName, type ImageId } from "#src/domain/image.ts";
import type { Judgement } from "#src/domain/mark.ts";
import type { Face } from "#src/features/age-check/grid/faces.ts";
import { areContrary } from "#src/features/age-check/judging/judgements.ts";

/** What a file or the file names say is true, compared with the faces of the sheet. */
export interface TruthMatches {
  found: readonly { imageId: ImageId; judgement: Judgement }[];
  /** Lines that name no face, or several, or faces whose names don't fit the pattern. */
  unmatched: readonly string[];
  /** Lines whose age cannot be read. */
  unreadable: readonly string[];
  /** Faces about which somebody has said something contradictory. */
  conflicts: readonly ImageId[];
}

const NAME_COLUMNS = ["file_name", "filename", "file", "name", "image"];
const HASH_COLUMNS = ["sha256", "hash"];
const AGE_COLUMNS = ["age", "range", "group", "age_group", "label"];

/** Why a table gives no truths: it is too large to be read (null), or has no columns for them. */
export function noTruthsText(records: readonly Record<string, string>[] | null): string {
  return records === null
    ? "This table has more than 200,000 lines or 500 columns: keep the columns with the names and the ages, or split it."
    : "This file needs a column file_name or sha256, and a column age or range, named in its first line.";
}

/** Reads truths from a table with a name or hash in one column and an age or range in another; null if it has no such columns. */
export function truthsFromTable(
  records: readonly Record<string, string>[],
  faces: readonly Face[],
): TruthMatches | null {
  const columns = Object.keys(records[0] ?? {});
  const columnOf = (names: readonly string[]) => names.find((name) => columns.includes(name));
  const keyColumn = columnOf(HASH_COLUMNS) ?? columnOf(NAME_COLUMNS);
  const ageColumns = AGE_COLUMNS.filter((name) => columns.includes(name));
  if (keyColumn === undefined || ageColumns.length === 0) return null;
  const byKey = facesByKey(faces);
  return matches(
    records.map((record) => {
      const name = (record[keyColumn] ?? "").trim();
      const cells = ageColumns.map((column) => (record[column] ?? "").trim());
      const said = cells.find((cell) => cell !== "") ?? "";
      return { name, said, face: byKey.get(name.toLowerCase()) ?? null };
    }),
  );
}

/**
 * Reads truths from names by a pattern: `{age}` is a whole number, `{group}` a label such as 13-20, `*` anything. With
 * a slash in it the folder counts too: `{group}/*` reads folders named by group, `{age}_*` names like those of UTKFace.
 * Null if the pattern names neither.
 */
export function truthsFromNames(pattern: string, faces: readonly Face[]): TruthMatches | null {
  const expression = expressionOf(pattern);
  if (expression === null) return null;
  return matches(
    faces.map((face) => {
      const name = pattern.includes("/") ? pathOf(face) : imageName(face.image);
      const match = expression.exec(name);
      const said = match?.groups?.["age"] ?? match?.groups?.["group"];
      return { name, said: said ?? "", face: said === undefined ? null : face };
    }),
  );
}

/** "23" is an age; "13-20", "65+", "under 13" are ranges; null for anything else. Parts of a year are dropped. */
export function readTruth(text: string): Judgement | null {
  const years = /^(\d{1,3})(?:[.,]\d+)?$/u.exec(text.trim());
  if (years !== null) {
    const whole = Number(years[1]);
    return whole <= MOST_YEARS ? { kind: "age", years: whole } : null;
  }
  const range = parseAgeLabel(text.replaceAll("_", " "));
  return range === null ? null : { kind: "range", range, label: formatAgeRange(range) };
}

/** Of several lines about a face, the last counts. */
function matches(
  lines: readonly { name: string; said: string; face: Face | null }[],
): TruthMatches {
  const found = new Map<Face, Judgement>();
  const unmatched: string[] = [];
  const unreadable: string[] = [];
  for (const { name, said, face } of lines) {
    const judgement = readTruth(said);
    if (face === null) unmatched.push(name);
    else if (judgement === null) unreadable.push(`${name}: ${said || "nothing"}`);
    else found.set(face, judgement);
  }
  const contrary = [...found].filter(([face, judgement]) =>
    [...face.standing.values()].some(
      ({ value }) => value.from === "person" && areContrary(value.judgement, judgement),
    ),
  );
  return {
    found: [...found].map(([face, judgement]) => ({ imageId: face.image.id, judgement })),
    unmatched,
    unreadable,
    conflicts: contrary.map(([face]) => face.image.id),
  };
}

/** Faces by hash, by name and by folder and name, in lower case; null for a name that several share. */
function facesByKey(faces: readonly Face[]): ReadonlyMap<string, Face | null> {
  const byKey = new Map<string, Face | null>();
  for (const face of faces) {
    for (const key of new Set([face.hash ?? "", imageName(face.image), pathOf(face)])) {
      if (key === "") continue;
      byKey.set(key.toLowerCase(), byKey.has(key.toLowerCase()) ? null : face);
    }
  }
  return byKey;
}

function pathOf({ image }: Face): string {
  const folder = folderOf(image);
  return folder === "" ? imageName(image) : `${folder}/${imageName(image)}`;
}

function expressionOf(pattern: string): RegExp | null {
  if (!/\{(?:age|group)\}/u.test(pattern)) return null;
  const source = pattern
    .trim()
    .split(/(\{age\}|\{group\}|\*)/u)
    .map((part) => {
      if (part === "{age}") return String.raw`(?<age>\d{1,3})`;
      if (part === "{group}") return "(?<group>[^/]+?)";
      if (part === "*") return "[^/]*";
      return part.replaceAll(/[$()+.?[\\\]^{|}]/gu, String.raw`\$&`);
    })
    .join("");
  // The same name twice, as in {age}_{age}, is not a valid expression.
  try {
    return new RegExp(`(?:^|/)${source}$`, "iu");
  } catch {
    return null;
  }
}
