import { askedRecipe, modelById } from "#src/catalog/find-models.ts";
import {
  type Column,
  type ColumnId,
  type CompareSettings,
  MOST_COLUMNS,
} from "#src/domain/compare-settings.ts";
import type { ComparedColumn } from "#src/domain/comparison.ts";
import { recipeKey } from "#src/domain/recipe.ts";

/** The columns with what they ask and their names. */
export function comparedColumns(settings: CompareSettings): ComparedColumn[] {
  const labels: string[] = [];
  return settings.columns.map((column) => {
    const model = modelById(column.modelId);
    const recipe = askedRecipe({
      modelId: column.modelId,
      prompt: column.prompt ?? settings.sharedPrompt,
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
