import type { FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { MissingField, TextOption } from "./place-texts.ts";
import type { CaptionTrouble } from "./read-caption-file.ts";
import { grouped } from "#src/lib/counted.ts";

/** Why a caption file, or a part of it, was not taken. */
export type CaptionNoteReason =
  | CaptionTrouble
  | { kind: "unmatched" }
  | { kind: "ambiguous" }
  /** Its picture was refused, called off or removed. */
  | { kind: "without-picture" }
  /** Made up by the sandbox: no words about the pictures. */
  | { kind: "simulated"; count: number };

/** What is said of a caption file. */
export interface CaptionNote {
  /** The file, or what of it: "lamps/9.jpg in metadata.csv". */
  name: string;
  why: CaptionNoteReason;
}

/** Texts that differ, for one field of one image, and what is taken unless the user says otherwise. */
export interface CaptionConflict {
  imageId: ImageId;
  fieldId: FieldId;
  options: readonly TextOption[];
  wins: number;
}

/** Texts for a field that the sheet lacks. */
export interface MissingTexts {
  field: MissingField;
  count: number;
}

/** What became of the texts that came with one drop. */
export interface CaptionReport {
  id: string;
  /** Caption files that were offered. */
  files: number;
  /** True until all of them are read, and all pictures of the drop are prepared. */
  isUnderWay: boolean;
  /** Texts that were taken, and from how many files, pictures included. */
  taken: { texts: number; files: number };
  notes: readonly CaptionNote[];
  missing: readonly MissingTexts[];
  conflicts: readonly CaptionConflict[];
  /** Takes what was chosen of each conflict, by its place in the list; null takes none and leaves the sheet as it is. */
  settle: (choices: readonly number[] | null) => Promise<void>;
  /** Adds the field, and takes the texts that came for it: one change, one undo. */
  addField: (field: MissingField) => Promise<void>;
}

/** Why something was not taken, in a sentence. */
export function captionNoteText(why: CaptionNoteReason): string {
  switch (why.kind) {
    case "unreadable":
      return "This file can’t be read: it may have been moved.";
    case "not-text":
      return "This file is not in UTF-8 or UTF-16: save it as UTF-8 and drop it again.";
    case "empty":
      return "There is no text in it.";
    case "no-captions":
      return "There are no captions in it.";
    case "no-file-names":
      return "It does not say which picture a line is about: it needs a column file_name.";
    case "too-large":
      return `It is larger than a file of captions can be: at most ${why.mostBytes / 1_000_000} MB.`;
    case "bad-lines":
      return why.count === 1
        ? `Line ${why.first} is no JSON object, and was left out.`
        : `Line ${why.first} and ${why.count - 1} more are no JSON objects, and were left out.`;
    case "bad-entries":
      return why.count === 1
        ? `Entry ${why.first} says nothing about a picture, and was left out.`
        : `Entry ${why.first} and ${why.count - 1} more say nothing about a picture, and were left out.`;
    case "not-json":
      return "It can’t be read as JSON: it may be cut off.";
    case "too-many":
      return `It has more than ${grouped(why.most)} ${why.what}: divide it into several files.`;
    case "too-long":
      return `${why.count === 1 ? "A text is" : `${why.count} texts are`} longer than ${grouped(why.mostCharacters)} characters, and ${why.count === 1 ? "was" : "were"} left out.`;
    case "unmatched":
      return "No image on the sheet has this name, or the one that has it has a text at its own place.";
    case "ambiguous":
      return "Several images have this name, and nothing says which is meant.";
    case "without-picture":
      return "The picture that it belongs to was not taken, or is gone.";
    case "simulated":
      return `${why.count === 1 ? "A text was" : `${why.count} texts were`} made up by the sandbox, and left out.`;
  }
}

/** Why texts that the user has decided about are there again. */
export function changedText(changed: number): string {
  return changed === 1
    ? "It was changed on the sheet while you chose, and stays as it is until you choose again."
    : "They were changed on the sheet while you chose, and stay as they are until you choose again.";
}
