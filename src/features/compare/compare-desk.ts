import { createContext, use, useCallback } from "react";
import type { StoreApi } from "zustand/vanilla";
import { type ComparedColumn, type ComparedRow, comparedRow } from "#src/domain/comparison.ts";
import { captionRecipe } from "#src/domain/field.ts";
import { type ImageId, imageName } from "#src/domain/image.ts";
import type { ColumnId, CompareSettings } from "#src/domain/compare-settings.ts";
import type { OpenSheet, SheetServices } from "#src/state/sheet/open-sheet.ts";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { report } from "#src/sheet/tell.ts";
import { showToast } from "#src/ui/toasts.ts";
import { type ColumnActions, createColumnActions } from "./columns/column-actions.ts";
import { canAskColumn, comparedColumns, readCompareSettings } from "./columns/settings.ts";
import { type CompareQuestion, compareQuestions, type CompareScope } from "./compare-questions.ts";
import { type CompareDialog, compareView, type CompareViewState } from "./view-state.ts";
import { createVoteActions, type VoteActions } from "./voting/vote-actions.ts";
import { partCount } from "#src/state/pictures/parts.ts";
import { perImage, type RowsByImage } from "#src/state/sheet/per-image.ts";
import type { Task, TaskUuid } from "#src/domain/task.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";

/** Everything Compare shows, made from a sheet's state. */
export interface Comparison {
  settings: CompareSettings;
  columns: readonly ComparedColumn[];
  /** By image, in the sheet's order. */
  rows: ReadonlyMap<ImageId, ComparedRow>;
}

/** The part of a sheet's state that it is made from. */
type ComparisonSource = Pick<SheetState, "sheet" | "order" | "images" | "tasks" | "marks">;

/** Everything that a press or a key in Compare does. */
export interface CompareDesk {
  view: StoreApi<CompareViewState>;
  /** Shows what covers the grid; null closes it. */
  open: (dialog: CompareDialog | null) => void;
  /** From a sheet's state; parts that did not change are the same objects. */
  comparisonOf: (state: ComparisonSource) => Comparison;
  /** From the current state. */
  comparison: () => Comparison;
  run: (scope: CompareScope) => void;
  /** Asks one cell again; one undo brings its old answer back. `repeat` is from 1. */
  redo: (imageId: ImageId, index: number, repeat: number) => void;
  /** False for a column whose model nobody here knows, and for an image that is split. */
  canAsk: (imageId: ImageId, index: number) => boolean;
  columns: ColumnActions;
  votes: VoteActions;
}

/** Makes the desk of one open sheet. */
export function createCompareDesk(
  open: OpenSheet,
  services: Pick<SheetServices, "newId">,
): CompareDesk {
  const view = compareView(open);
  const comparisonOf = createComparisonReader();
  const comparison = (): Comparison => comparisonOf(open.store.getState());
  const rowOf = (imageId: ImageId): ComparedRow | undefined => comparison().rows.get(imageId);
  const canAsk = (imageId: ImageId, index: number): boolean =>
    canAskColumn(comparison().columns[index]) && partCount(open.store.getState(), imageId) === 0;
  const columns = createColumnActions(open, services);
  const ask = (questions: readonly CompareQuestion[], overwrites?: string): void => {
    // Columns that were never changed are not stored yet; once they were asked they stay, whatever Caption asks
    // from now on.
    if (open.store.getState().sheet.compare === null) columns.change({});
    const reuse = view.getState().reuses && overwrites === undefined;
    report(open.runs.start({ askedBy: "compare", questions, reuse }, overwrites));
  };
  return {
    view,
    open: (dialog) => view.setState({ dialog }),
    comparisonOf,
    comparison,
    columns,
    votes: createVoteActions(open, { rowOf, isBlind: () => comparison().settings.blind }),
    run: (scope) => {
      const { rows, columns: compared } = comparison();
      const questions = compareQuestions(rows.values(), compared, scope);
      if (questions.length === 0) showToast({ text: "Every cell has been asked.", kind: "run" });
      else ask(questions);
    },
    canAsk,
    redo: (imageId, index, repeat) => {
      const row = rowOf(imageId);
      const column = comparison().columns[index];
      const cell = row?.cells[index]?.repeats[repeat - 1];
      if (row === undefined || column === undefined || cell === undefined) return;
      if (!canAsk(imageId, index)) return;
      const question = { imageId, recipe: column.recipe, repeat, fresh: true };
      const label = `asking ${column.label} about ${imageName(row.image)} again`;
      ask([question], cell.answered === null ? undefined : label);
    },
  };
}

/** The desk, which the view gives to everything in it. */
export const DeskContext = createContext<CompareDesk | null>(null);

/** The desk of the open sheet. Throws outside the view. */
export function useDesk(): CompareDesk {
  const desk = use(DeskContext);
  if (desk === null) throw new Error("DeskContext is missing");
  return desk;
}

/** Looks up a task of an image. It is another function once tasks have changed. */
export function useTaskOf(): (imageId: ImageId, taskUuid: TaskUuid) => Task | null {
  const tasks = useSheet((state) => state.tasks);
  return useCallback(
    (imageId, taskUuid) => tasks.get(imageId)?.find((task) => task.taskUuid === taskUuid) ?? null,
    [tasks],
  );
}

function createComparisonReader(): (state: ComparisonSource) => Comparison {
  const rowsOf = createRows();
  let known: (Omit<Comparison, "rows"> & { from: readonly unknown[] }) | null = null;
  return ({ sheet, order, images, tasks, marks }) => {
    const recipe = captionRecipe(sheet);
    const from = [sheet.compare, sheet.compare === null ? recipe : null];
    if (known === null || known.from.some((part, index) => part !== from[index])) {
      const settings = readCompareSettings({ ...sheet, recipe });
      known = { from, settings, columns: keptColumns(known?.columns, comparedColumns(settings)) };
    }
    const { settings, columns } = known;
    const { referenceColumnId } = settings;
    const rows = rowsOf({ order, images, tasks, marks, columns, referenceColumnId });
    return { settings, columns, rows };
  };
}

/** What a sheet's rows are made from. */
export interface RowSource extends RowsByImage {
  /** The same list as long as nothing in it changed. */
  columns: readonly ComparedColumn[];
  referenceColumnId: ColumnId | null;
}

/** Makes the rows of whole sheets, each again only if something of its own changed. */
export function createRows(): (source: RowSource) => Comparison["rows"] {
  const rowsOf = perImage(comparedRow, (source: Omit<RowSource, keyof RowsByImage>) => [
    source.columns,
    source.referenceColumnId,
  ]);
  return (source) => rowsOf(source, source);
}

// A switch that does not affect columns must not make every row again.
function keptColumns(
  before: readonly ComparedColumn[] | undefined,
  after: readonly ComparedColumn[],
): readonly ComparedColumn[] {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
