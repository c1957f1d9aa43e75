import { diffArrays } from "diff";
import { segmentsOf } from "./words.ts";

/** A stretch of two texts: in both, only in the later, or only in the earlier. */
export interface DiffPart {
  text: string;
  is: "same" | "added" | "removed";
}

/** What two texts are compared up to, in UTF-16 units: some ten times the longest caption that models give. */
const MOST_COMPARED = 20_000;
// The work grows with the words and with the square of the changes between them: a quarter of a second on a slow machine for
// so many, and beyond this nothing is left that reads as a change.
const MOST_CHANGES = 500;

/**
 * A text against an earlier one, word by word, in whatever script (UAX 29). Without what was added the parts are `before`,
 * without what was removed `after`. What was removed comes before what stands in its place, and words that were changed
 * side by side are one change. Texts with next to nothing in common, or without end, are one removed and one added.
 */
export function wordDiff(before: string, after: string): DiffPart[] {
  if (before === after) return before === "" ? [] : [{ text: before, is: "same" }];
  const isShort = before.length <= MOST_COMPARED && after.length <= MOST_COMPARED;
  const changes = isShort
    ? diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: MOST_CHANGES })
    : undefined;
  const parts = createParts();
  if (changes === undefined) {
    parts.add("removed", before);
    parts.add("added", after);
  } else
    for (const { value, added, removed } of changes)
      parts.add(added ? "added" : removed ? "removed" : "same", value.join(""));
  return parts.end();
}

const SPACE = /^\s+$/u;

function createParts() {
  const parts: DiffPart[] = [];
  let change = { removed: "", added: "" };
  // A space between two changed words: it is part of the change only if the next word is.
  let between = "";
  const flush = (): void => {
    for (const is of ["removed", "added"] as const)
      if (change[is] !== "") parts.push({ text: change[is], is });
    change = { removed: "", added: "" };
    if (between !== "") parts.push({ text: between, is: "same" });
    between = "";
  };
  return {
    add: (is: DiffPart["is"], text: string): void => {
      const isWholeChange = change.removed !== "" && change.added !== "";
      if (is === "same" && isWholeChange && between === "" && SPACE.test(text)) between = text;
      else if (is === "same") {
        flush();
        parts.push({ text, is });
      } else {
        change = { removed: change.removed + between, added: change.added + between };
        between = "";
        change[is] += text;
      }
    },
    end: (): DiffPart[] => {
      flush();
      return parts;
    },
  };
}

function wordsOf(text: string): string[] {
  return segmentsOf(text).map(({ segment }) => segment);
}
