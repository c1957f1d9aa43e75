import { diffWordsWithSpace, type ChangeObject } from "diff";
import { MOST_COMPARED_CHARACTERS } from "#src/domain/own-words.ts";
import { shortened } from "#src/lib/shortened.ts";

// The work grows with the words and with the changes between them; beyond this nothing is left that reads as a
// change.
const MOST_CHANGES = 1000;

/** A text against its reference, word by word. `isPart` if one of them is so long that only its beginning counts. */
export function referenceChanges(
  reference: string,
  text: string,
): { changes: readonly ChangeObject<string>[]; isPart: boolean } {
  const before = shortened(reference, MOST_COMPARED_CHARACTERS);
  const after = shortened(text, MOST_COMPARED_CHARACTERS);
  const isPart = before !== reference || after !== text;
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MOST_CHANGES });
  return { changes: changes ?? replaced(before, after), isPart };
}

/** For texts that have next to nothing in common: the one as left out, the other as added. */
function replaced(before: string, after: string): ChangeObject<string>[] {
  return [
    { value: before, added: false, removed: true, count: 1 },
    { value: after, added: true, removed: false, count: 1 },
  ];
}
