import { FIELD_PRESETS } from "#src/catalog/field-presets.ts";
import { PROMPT_PRESETS } from "#src/catalog/presets.ts";
import { type Field, type FieldLimit, withField } from "#src/domain/field.ts";
import type { PromptLibrary } from "#src/state/prompt-library.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";

/** A prompt to ask from now on; a limit and a kind only if it brings its own. */
export interface ChosenPrompt extends Partial<Pick<Field, "kind">> {
  text: string;
  limit?: FieldLimit | null;
}

/**
 * Asks for a field with another prompt. One undo brings the old one back and, unless it is kept anyway, the library
 * keeps its text. Rejects with storage's FailureError.
 */
export async function choosePrompt(
  { open, library }: { open: OpenSheet; library: Pick<PromptLibrary, "keepUnsaved"> },
  { id }: Pick<Field, "id">,
  { text, limit, kind }: ChosenPrompt,
): Promise<void> {
  const { sheet } = open.store.getState();
  // By now, and not as the button was drawn: more may have been typed.
  const field = sheet.fields.find((candidate) => candidate.id === id);
  if (field === undefined || field.recipe.prompt === text) return;
  const chosen = {
    ...field,
    recipe: { ...field.recipe, prompt: text },
    ...(limit === undefined || limit === null ? {} : { limit }),
    ...(kind === undefined ? {} : { kind }),
  };
  const left = field.recipe.prompt ?? "";
  // A memory-only sheet leaves nothing on this device.
  if (sheet.keeping === "disk" && !isOurs(left))
    await library.keepUnsaved({ text: left, kind: field.kind, limit: field.limit });
  await open.saveSettings(
    { fields: withField(sheet.fields, chosen) },
    { label: "choosing another prompt" },
  );
}

/** True for a prompt that the app itself offers. */
export function isOurs(text: string): boolean {
  return [...PROMPT_PRESETS, ...FIELD_PRESETS].some(({ prompt }) => prompt === text);
}
