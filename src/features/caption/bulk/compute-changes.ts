import { lengthOver } from "#src/domain/text-length.ts";
import { changerOf, type EditedField, type TextEdit } from "./text-edits.ts";

/** Texts to be edited, told in lists that are cheap to send to a worker. */
export interface BulkTexts {
  fields: readonly EditedField[];
  words: readonly string[];
  /** For each text the place of its field. */
  fieldAt: Uint8Array;
}

/** What an edit makes of texts; only of those that it changes. */
export interface BulkChanges {
  /** Their places among the texts. */
  at: Uint32Array<ArrayBuffer>;
  after: string[];
  /** By how much each would exceed its field’s limit, in the limit’s unit. */
  over: Uint32Array<ArrayBuffer>;
}

/** Edits all texts. Throws a SyntaxError if the edit has a pattern that can’t be read. */
export function computeChanges({ fields, words, fieldAt }: BulkTexts, edit: TextEdit): BulkChanges {
  const change = changerOf(edit);
  const at: number[] = [];
  const after: string[] = [];
  const over: number[] = [];
  for (const [place, text] of words.entries()) {
    const field = fields[fieldAt[place] ?? 0];
    if (field === undefined) continue;
    const changed = change(text, field);
    if (changed === text) continue;
    at.push(place);
    after.push(changed);
    over.push(lengthOver(changed, field.limit));
  }
  return { at: Uint32Array.from(at), after, over: Uint32Array.from(over) };
}
