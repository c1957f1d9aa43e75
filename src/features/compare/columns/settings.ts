import * as v from "valibot";
import { AGE_MODELS, askedRecipe, modelById, TEXT_MODELS } from "#src/catalog/find-models.ts";
import { MOST_PROMPT_CHARACTERS, PROMPT_PRESETS } from "#src/catalog/presets.ts";
import {
  type Column,
  type ColumnId,
  type CompareSettings,
  MOST_COLUMNS,
  MOST_REPEATS,
} from "#src/domain/compare-settings.ts";
import { type Recipe, recipeKey } from "#src/domain/recipe.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import type { ComparedColumn } from "#src/domain/comparison.ts";

const sentSize = v.picklist(["auto", 512, 768, 1024, 1536, 2048]);
const repeats = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_REPEATS));

// A link or a file may bring more than can be typed.
const promptText = v.pipe(
  v.string(),
  v.transform((text) => text.slice(0, MOST_PROMPT_CHARACTERS)),
);

const columnSchema = v.object({
  id: v.string(),
  name: v.nullable(v.string()),
  modelId: v.string(),
  prompt: v.nullable(promptText),
  sentSize,
  repeats,
  widthPx: v.nullable(v.pipe(v.number(), v.minValue(0))),
}) satisfies v.GenericSchema<unknown, Column>;

// Undo brings a column back even if another has taken its room by then.
const MOST_STORED = 4 * MOST_COLUMNS;

const settingsSchema = v.object({
  sharedPrompt: promptText,
  columns: v.pipe(v.array(columnSchema), v.maxLength(MOST_STORED)),
  blind: v.boolean(),
  against: v.variant("kind", [
    v.object({ kind: v.literal("nothing") }),
    v.object({ kind: v.literal("others") }),
    v.object({ kind: v.literal("column"), columnId: v.string() }),
    v.object({ kind: v.literal("reference") }),
  ]),
  referenceColumnId: v.nullable(v.string()),
  uploadsOnce: v.boolean(),
}) satisfies v.GenericSchema<unknown, CompareSettings>;

/** The stored settings or, if there are none or they are unreadable, those a sheet starts with. */
export function readCompareSettings({
  compare,
  recipe,
}: Pick<Sheet, "compare"> & {
  /** Caption's. */
  recipe: Recipe;
}): CompareSettings {
  const read = v.safeParse(settingsSchema, compare);
  return read.success ? read.output : firstSettings(recipe);
}

const FIRST_COLUMNS = 3;

/** Caption's model first, so that its answers fill the first column, then models that answer with the same kind. */
function firstSettings(recipe: Recipe): CompareSettings {
  const alike = modelById(recipe.modelId)?.answers === "age" ? AGE_MODELS : TEXT_MODELS;
  const others = alike.map(({ id }) => id).filter((id) => id !== recipe.modelId);
  return {
    sharedPrompt: recipe.prompt ?? PROMPT_PRESETS[0].prompt,
    columns: [recipe.modelId, ...others].slice(0, FIRST_COLUMNS).map((modelId, index) => ({
      // Their names are fixed, so that a row's shuffle stays the same before and after the settings are first saved.
      id: `first-${index + 1}`,
      name: null,
      modelId,
      prompt: null,
      sentSize: recipe.sentSize,
      repeats: 1,
      widthPx: null,
    })),
    blind: false,
    against: { kind: "others" },
    referenceColumnId: null,
    uploadsOnce: false,
  };
}

const sharedSetup = v.object({
  prompt: promptText,
  columns: v.pipe(
    v.array(
      v.object({
        model: v.string(),
        name: v.optional(v.string()),
        prompt: v.optional(promptText),
        size: v.optional(sentSize),
        repeats: v.optional(repeats),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST_COLUMNS),
  ),
});

/** Models, prompts and sizes as JSON for a link: nothing of the sheet, its pictures or the connection. */
export function writeSetup({ sharedPrompt, columns }: CompareSettings): string {
  return JSON.stringify({
    prompt: sharedPrompt,
    columns: columns.map((column) => ({
      model: column.modelId,
      ...(column.name === null ? {} : { name: column.name }),
      ...(column.prompt === null ? {} : { prompt: column.prompt }),
      ...(column.sentSize === "auto" ? {} : { size: column.sentSize }),
      ...(column.repeats === 1 ? {} : { repeats: column.repeats }),
    })),
  } satisfies v.InferInput<typeof sharedSetup>);
}

/** The settings with a link's set-up replacing their own; null if the text is not one. */
export function withSetup(
  settings: CompareSettings,
  text: string,
  newId: () => string,
): CompareSettings | null {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), sharedSetup), text);
  if (!read.success) return null;
  const columns = read.output.columns.map((column): Column => ({
    id: newId(),
    name: column.name ?? null,
    modelId: column.model,
    prompt: column.prompt ?? null,
    sentSize: column.size ?? "auto",
    repeats: column.repeats ?? 1,
    widthPx: null,
  }));
  const against =
    settings.against.kind === "column" ? ({ kind: "others" } as const) : settings.against;
  return {
    ...settings,
    sharedPrompt: read.output.prompt,
    columns,
    against,
    referenceColumnId: null,
  };
}

/** The columns with what they ask and their names. */
export function comparedColumns(settings: CompareSettings): ComparedColumn[] {
  const labels: string[] = [];
  return settings.columns.map((column) => {
    const model = modelById(column.modelId);
    const recipe = askedRecipe({
      modelId: column.modelId,
      // What columns share is written for models that follow it.
      prompt: column.prompt ?? (model?.prompt === "optional" ? null : settings.sharedPrompt),
      sentSize: column.sentSize,
    });
    const label = freeLabel(nameOf(column), labels);
    labels.push(label);
    return { column, recipe, key: recipeKey(recipe), label, answers: model?.answers ?? "text" };
  });
}

/** The name of a column: the user's, otherwise its model's. A model that nobody here knows is marked as such. */
export function nameOf({ name, modelId }: Column): string {
  const model = modelById(modelId);
  return model === null ? `${name ?? modelId} (unknown model)` : (name ?? model.name);
}

/** False for a column from a file or a link whose model the catalogue does not know: it is shown, and never asked. */
export function canAskColumn(column: ComparedColumn | undefined): boolean {
  return column !== undefined && modelById(column.recipe.modelId) !== null;
}

/** Puts a column in, after another one or at the end; returns the same settings if there is no room. */
export function withColumn(
  settings: CompareSettings,
  column: Column,
  after: ColumnId | null = null,
): CompareSettings {
  const { columns } = settings;
  const known = columns.findIndex(({ id }) => id === column.id);
  if (known >= 0) return { ...settings, columns: columns.with(known, column) };
  if (columns.length >= MOST_COLUMNS) return settings;
  const at = columns.findIndex(({ id }) => id === after);
  return { ...settings, columns: columns.toSpliced(at < 0 ? columns.length : at + 1, 0, column) };
}

/** Takes a column out, and out of what refers to it. */
export function withoutColumn(settings: CompareSettings, columnId: ColumnId): CompareSettings {
  const { against, referenceColumnId } = settings;
  return {
    ...settings,
    columns: settings.columns.filter(({ id }) => id !== columnId),
    against:
      against.kind === "column" && against.columnId === columnId ? { kind: "others" } : against,
    referenceColumnId: referenceColumnId === columnId ? null : referenceColumnId,
  };
}

/** Moves a column by this many places, as far as there is room. */
export function withColumnMoved(
  settings: CompareSettings,
  columnId: ColumnId,
  by: number,
): CompareSettings {
  const { columns } = settings;
  const from = columns.findIndex(({ id }) => id === columnId);
  const column = columns[from];
  if (column === undefined) return settings;
  const to = Math.min(columns.length - 1, Math.max(0, from + by));
  return { ...settings, columns: columns.toSpliced(from, 1).toSpliced(to, 0, column) };
}

function freeLabel(name: string, taken: readonly string[]): string {
  for (let number = 1; ; number += 1) {
    const label = number === 1 ? name : `${name} (${number})`;
    if (!taken.includes(label)) return label;
  }
}
