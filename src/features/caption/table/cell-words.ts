import { formatAgeRange } from "#src/domain/age-label.ts";
import { ROLE_WORDS } from "#src/domain/role-rules.ts";
import type { Fields } from "#src/domain/field.ts";
import { folderOf, frameNumber } from "#src/domain/frame.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import { formatUsd } from "#src/domain/money.ts";
import { costOf, isReused } from "#src/domain/task.ts";
import { textLength } from "#src/domain/text-length.ts";
import {
  existingSources,
  type Standing,
  type StandingKind,
  type TextStanding,
} from "#src/features/caption/list/standing.ts";
import type { TextProblem } from "#src/features/caption/listing/problems.ts";
import type { TableColumn } from "./table-columns.ts";
import { grouped } from "#src/lib/counted.ts";

const STATE_WORDS: Record<StandingKind, string> = {
  preparing: "Being prepared",
  unseen: "Picture not here",
  missing: "Not asked",
  running: "Asking…",
  done: "Answered",
  empty: "Answered with nothing",
  refused: "Refused",
  failed: "Failed",
  unsettled: "Unsettled",
  decorative: ROLE_WORDS.decorative.name,
  split: "Split into parts",
};

/** What the state of an image says, and whether it is a problem. */
export function stateOf(
  { kind, trouble, edited, role, texts }: Standing,
  problems: readonly TextProblem[],
): { words: string; isProblem: boolean; isEdit: boolean } {
  const problem =
    trouble !== null
      ? STATE_WORDS[trouble]
      : texts.some((text) => text.kind === "empty")
        ? STATE_WORDS.empty
        : problemsInShort(problems);
  const isEdit = problem === null && edited && kind === "done";
  const said = role === "functional" || role === "complex" ? `, ${role}` : "";
  const [from, ...others] = kind === "done" ? existingSources(texts) : [];
  const came = others.length > 0 ? "Existing" : `From ${from ?? ""}`;
  const state = from === undefined ? STATE_WORDS[kind] : came;
  return {
    words: `${problem ?? (isEdit ? "Edited" : state)}${said}`,
    isProblem: problem !== null,
    isEdit,
  };
}

/** "Over by 10 +2": the first, and how many more there are; null if there is none. */
function problemsInShort([first, ...others]: readonly TextProblem[]): string | null {
  if (first === undefined) return null;
  return others.length === 0 ? first.short : `${first.short} +${others.length}`;
}

/** What the answers that are shown cost together; "" if there are none. */
export function costWords({ texts }: Standing): string {
  const answered = texts.flatMap(({ shown }) => (shown.answered === null ? [] : [shown.answered]));
  if (answered.length === 0) return "";
  if (answered.every(isReused)) return "free";
  let sum = 0;
  for (const task of answered) {
    const cost = costOf(task);
    // A sum of which a part is not known would be wrong.
    if (cost === null) return "unknown";
    sum += cost;
  }
  return formatUsd(sum);
}

/** "96", or "96/125" if the field has a limit; "" if there is no text. */
export function lengthWords(text: TextStanding | undefined, fields: Fields): string {
  if (text === undefined || text.text === null || text.text === "") return "";
  const limit = fields.find(({ id }) => id === text.fieldId)?.limit ?? null;
  const length = grouped(textLength(text.text, limit?.unit ?? "characters"));
  return limit === null ? length : `${length}/${grouped(limit.most)}`;
}

/** The words of a text, or the age group that a model answered with; "" if there is neither. */
export function textWords(text: TextStanding | undefined): string {
  const state = text?.shown.answered?.state;
  if (text?.answers === "age" && state?.phase === "done" && state.answer.kind === "age") {
    const { range, label } = state.answer.verdict;
    return range === null ? label : formatAgeRange(range);
  }
  return text?.text ?? "";
}

/** What a cell says in words: what is copied of it. */
export function cellWords(
  { kind, fieldId, measures }: TableColumn,
  {
    image,
    standing,
    problems,
    fields,
  }: {
    image: SheetImage;
    standing: Standing;
    problems: readonly TextProblem[];
    fields: Fields;
  },
): string {
  const textOf = (id: string | null) => standing.texts.find((text) => text.fieldId === id);
  switch (kind) {
    case "image":
      return `${frameNumber(image)}`;
    case "name": {
      const folder = folderOf(image);
      return folder === "" ? imageName(image) : `${folder}/${imageName(image)}`;
    }
    case "text":
      return textWords(textOf(fieldId));
    case "length":
      return lengthWords(textOf(measures), fields);
    case "state":
      return stateOf(standing, problems).words;
    case "cost":
      return costWords(standing);
    case "reviewed":
      return standing.reviewed ? "Reviewed" : "";
  }
}
