import { folderOf } from "./frame.ts";
import { imageName, type SheetImage } from "./image.ts";
import type { Field } from "./field.ts";
import { languageName } from "./language.ts";
import { standingMarks } from "./shown-answer.ts";
import type { Mark } from "./mark.ts";
import type { SheetContext } from "./sheet.ts";

/** A name in braces that a prompt may hold. It is replaced by what it stands for, image by image, before it is sent. */
export type PromptVariable =
  | "file"
  | "folder"
  | "date"
  | "context"
  | "existing"
  | "max"
  | "language";

/** What each variable stands for: for whoever writes a prompt, and for whoever reads what leaves the browser. */
export const PROMPT_VARIABLES: Readonly<Record<PromptVariable, string>> = {
  file: "the file’s name",
  folder: "the folder’s name",
  date: "today’s date",
  context: "your notes on the sheet, the folder and the image",
  existing: "the text that the image has now",
  max: "the greatest length",
  language: "the language of the answer",
};

/** The values of the variables for one image and field. */
export type PromptValues = Readonly<Record<PromptVariable, string>>;

const VARIABLE = /\{(file|folder|date|context|existing|max|language)\}/gu;

/** A part of a template: text as it stands, or a variable. */
export type PromptPart =
  | { kind: "text"; text: string }
  | { kind: "variable"; name: PromptVariable };

/** Splits a template at its variables. What stands in other braces is text. */
export function promptParts(template: string): PromptPart[] {
  const parts: PromptPart[] = [];
  let at = 0;
  for (const { 0: match, 1: name, index } of template.matchAll(VARIABLE)) {
    if (index > at) parts.push({ kind: "text", text: template.slice(at, index) });
    if (isVariable(name)) parts.push({ kind: "variable", name });
    at = index + match.length;
  }
  if (at < template.length) parts.push({ kind: "text", text: template.slice(at) });
  return parts;
}

/** The variables that a template names, each once, in the order of their first place. */
export function variablesIn(template: string): PromptVariable[] {
  const names = promptParts(template).flatMap((part) =>
    part.kind === "variable" ? [part.name] : [],
  );
  return [...new Set(names)];
}

/**
 * The prompt as it is sent: every variable replaced by its value, once, so that a value which looks like a variable
 * stays text. Null stays null: that model takes no prompt.
 */
export function fillPrompt(template: string | null, values: () => PromptValues): string | null {
  if (template === null || !template.includes("{")) return template;
  const parts = promptParts(template);
  if (parts.every(({ kind }) => kind === "text")) return template;
  const known = values();
  return parts.map((part) => (part.kind === "text" ? part.text : known[part.name])).join("");
}

/** The values for one image. `existing` is the text that it has in this field; `now` is epoch milliseconds. */
export function promptValues(
  image: SheetImage,
  {
    context,
    marks,
    field,
    existing,
    now,
  }: {
    context: SheetContext;
    marks: readonly Mark[];
    field: Pick<Field, "limit" | "language">;
    existing: string | null;
    now: number;
  },
): PromptValues {
  return {
    file: imageName(image),
    folder: folderOf(image),
    date: new Intl.DateTimeFormat("en-GB", { dateStyle: "long" }).format(now),
    context: contextNotes(image, { context, marks })
      .map(({ text }) => text.trim())
      .join(" "),
    existing: existing ?? "",
    max: field.limit === null ? "" : field.limit.most.toLocaleString("en-GB"),
    language: field.language === null ? "" : languageName(field.language),
  };
}

/** The user's notes that apply to an image, from the widest to the narrowest; empty ones are left out. */
export function contextNotes(
  image: SheetImage,
  { context, marks }: { context: SheetContext; marks: readonly Mark[] },
): { of: "sheet" | "folder" | "image"; text: string }[] {
  const notes = [
    { of: "sheet", text: context.sheet },
    { of: "folder", text: context.folders[folderOf(image)] ?? "" },
    { of: "image", text: imageContext(marks) },
  ] as const;
  return notes.filter(({ text }) => text.trim() !== "");
}

/** The user's note on one image; "" if there is none. */
export function imageContext(marks: readonly Mark[]): string {
  const mark = standingMarks(marks).findLast(({ value }) => value.kind === "context");
  return mark?.value.kind === "context" ? mark.value.text : "";
}

function isVariable(name: string | undefined): name is PromptVariable {
  return name !== undefined && name in PROMPT_VARIABLES;
}
