import { MODELS } from "#src/catalog/models.ts";
import type { Column, ColumnId, CompareSettings } from "#src/domain/compare-settings.ts";
import { captionRecipe, withCaptionRecipe } from "#src/domain/field.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import type { OpenSheet, SheetServices } from "#src/state/sheet/open-sheet.ts";
import { navigateHash } from "#src/ui/hash-location.ts";
import { showToast } from "#src/ui/toasts.ts";
import { report } from "#src/sheet/tell.ts";
import {
  nameOf,
  readCompareSettings,
  withColumn,
  withColumnMoved,
  withoutColumn,
  withSetup,
  writeSetup,
} from "./settings.ts";
import { compareView } from "#src/features/compare/view-state.ts";

/** What can be done to columns and the rest of Compare's settings. */
export interface ColumnActions {
  settings: () => CompareSettings;
  /** Saves changed settings; with a label it is one undo. */
  change: (changes: Partial<CompareSettings>, label?: string) => void;
  typePrompt: (sharedPrompt: string) => void;
  add: () => void;
  edit: (columnId: ColumnId) => void;
  keep: (column: Column, after: ColumnId | null) => void;
  duplicate: (columnId: ColumnId) => void;
  move: (columnId: ColumnId, by: number) => void;
  resize: (columnId: ColumnId, widthPx: number | null) => void;
  remove: (columnId: ColumnId) => void;
  /** Sends a column's recipe to Caption, and goes there. */
  askInCaption: (columnId: ColumnId) => void;
  /** Adopts a link's set-up; false if the text is not one. */
  takeSetup: (text: string) => boolean;
}

/** Makes the actions of one open sheet. */
export function createColumnActions(
  open: OpenSheet,
  services: Pick<SheetServices, "newId">,
): ColumnActions {
  const settings = (): CompareSettings => {
    const { sheet } = open.store.getState();
    return readCompareSettings({ ...sheet, recipe: captionRecipe(sheet) });
  };
  const change = (changes: Partial<CompareSettings>, label?: string): void => {
    const before = settings();
    // Settings that were never changed are not stored yet, but an undo goes back to them.
    if (label !== undefined && open.store.getState().sheet.compare === null)
      report(open.saveSettings({ compare: before }));
    const compare = { ...before, ...changes };
    report(open.saveSettings({ compare }, label === undefined ? undefined : { label }));
  };
  const onColumn = (act: (column: Column) => void) => (columnId: ColumnId) => {
    const column = settings().columns.find(({ id }) => id === columnId);
    if (column !== undefined) act(column);
  };
  const offer = (column: Column, after: ColumnId | null, isNew: boolean): void =>
    compareView(open).setState({ dialog: { kind: "column", column, after, isNew } });

  return {
    settings,
    change,
    typePrompt: (sharedPrompt) =>
      report(open.typeSettings({ compare: { ...settings(), sharedPrompt } })),
    add: () => offer(newColumn(settings(), services.newId()), null, true),
    edit: onColumn((column) => offer(column, null, false)),
    keep: (column, after) => change(withColumn(settings(), column, after)),
    duplicate: onColumn((column) => offer({ ...column, id: services.newId() }, column.id, true)),
    move: (columnId, by) => change(withColumnMoved(settings(), columnId, by)),
    resize: (columnId, widthPx) =>
      onColumn((column) => change(withColumn(settings(), { ...column, widthPx })))(columnId),
    remove: onColumn((column) =>
      change(withoutColumn(settings(), column.id), `removing the column ${nameOf(column)}`),
    ),
    askInCaption: onColumn((column) => report(sendToCaption(open, column, settings()))),
    takeSetup: (text) => {
      const before = settings();
      if (writeSetup(before) === text) return true;
      const after = withSetup(before, text, services.newId);
      if (after !== null) change(after, "using the columns of the link");
      return after !== null;
    },
  };
}

/** A column beside the others: the first model that none of them asks yet. */
function newColumn({ columns }: CompareSettings, id: string): Column {
  const used = new Set(columns.map(({ modelId }) => modelId));
  return {
    id,
    name: null,
    modelId: (MODELS.find((model) => !used.has(model.id)) ?? MODELS[0]).id,
    prompt: null,
    sentSize: "auto",
    repeats: 1,
    widthPx: null,
  };
}

async function sendToCaption(
  open: OpenSheet,
  column: Column,
  settings: CompareSettings,
): Promise<void> {
  const { sheet } = open.store.getState();
  const recipe: Recipe = {
    modelId: column.modelId,
    prompt: column.prompt ?? settings.sharedPrompt,
    sentSize: column.sentSize,
  };
  const label = `using ${nameOf(column)} in Caption`;
  await open.saveSettings({ fields: withCaptionRecipe(sheet.fields, recipe) }, { label });
  navigateHash(`/caption/${sheet.id}`);
  showToast({ text: `Caption now asks ${nameOf(column)}.`, kind: "recipe" });
}
