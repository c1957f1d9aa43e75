import { modelById } from "#src/catalog/find-models.ts";
import type { ImageId, SheetImage } from "#src/domain/image.ts";
import { recipeKey, type Recipe } from "#src/domain/recipe.ts";
import { shownAnswer, type ShownAnswer } from "#src/domain/shown-answer.ts";
import { hasEnded, isInFlight, type Task } from "#src/domain/task.ts";
import type { ListFilter } from "#src/features/caption/view-state.ts";
import { perImage, type OwnRows, type RowsByImage } from "#src/state/sheet/per-image.ts";

/** How a try without an answer ended. */
export type Trouble = "refused" | "failed" | "unsettled";

/** The state of an image in Caption. "missing" can be asked about and has neither an answer nor the user's words. */
export type StandingKind =
  | "preparing"
  | "unseen"
  | "missing"
  | "running"
  | "done"
  | "empty"
  | Trouble;

export interface Standing {
  kind: StandingKind;
  /** How the newest try ended, if it gave no answer and the user has not written since: also beside an old answer. */
  trouble: Trouble | null;
  /** What the current model answers with; only text can be edited. */
  answers: "text" | "age";
  edited: boolean;
  shown: ShownAnswer;
}

/** All images of a sheet, counted. */
export interface Standings {
  byId: ReadonlyMap<ImageId, Standing>;
  /** By kind; those in trouble count as that too, and `askedInVain` are done and in trouble. */
  counts: Readonly<Record<StandingKind | "total" | "askedInVain", number>>;
}

/** The rows that a sheet's standings are made from, and Caption's current recipe. */
export interface StandingSource extends RowsByImage {
  recipe: Recipe;
}

/** Standings of whole sheets, made again only for the images whose rows changed. */
export function createStandings(): (source: StandingSource) => Standings {
  const standingsOf = perImage(standingOf, ({ recipe, question }, { tasks }) => {
    // What Caption itself asked counts whatever the prompt says now; only other views' answers depend on it.
    const dependsOnRecipe = tasks.some((task) => task.askedBy !== "caption");
    return [dependsOnRecipe ? question : answersOfModel(recipe.modelId)];
  });
  let last: Standings | null = null;
  return ({ recipe, ...rows }) => {
    const byId = standingsOf(rows, { recipe, question: recipeKey(recipe) });
    if (last?.byId !== byId) last = { byId, ...totalsOf(byId) };
    return last;
  };
}

/** The standing of one image under Caption's current recipe. */
function standingOf(
  image: SheetImage,
  { tasks, marks }: OwnRows,
  { recipe }: { recipe: Recipe; question: string },
): Standing {
  const answers = answersOfModel(recipe.modelId);
  const shown = shownAnswer(tasks, marks, { recipe, answers, answersOf });
  const trouble = troubleOf(shown);
  return {
    kind: kindOf(image, shown, trouble),
    trouble,
    answers,
    edited: shown.edit !== null,
    shown,
  };
}

/** Text for models that the catalogue does not know. */
function answersOfModel(modelId: string): "text" | "age" {
  return modelById(modelId)?.answers ?? "text";
}

function answersOf(task: Task): "text" | "age" {
  return answersOfModel(task.recipe.modelId);
}

/** What the user wrote after a try ended settles it: they have seen it. */
function troubleOf({ latest, edit }: ShownAnswer): Trouble | null {
  const phase = latest?.state.phase;
  if (phase !== "refused" && phase !== "failed" && phase !== "unsettled") return null;
  return edit !== null && edit.at >= (latest?.times.endedAt ?? 0) ? null : phase;
}

function kindOf(
  { preparation }: SheetImage,
  { answered, latest, edit }: ShownAnswer,
  trouble: Trouble | null,
): StandingKind {
  if (preparation.phase === "queued" || preparation.phase === "preparing") return "preparing";
  if (latest !== null && (isInFlight(latest) || !hasEnded(latest))) return "running";
  if (edit !== null || answered?.state.phase === "done") return "done";
  if (trouble !== null) return trouble;
  if (answered !== null) return "empty";
  return preparation.phase === "ready" || preparation.phase === "remote" ? "missing" : "unseen";
}

function totalsOf(byId: ReadonlyMap<ImageId, Standing>): Omit<Standings, "byId"> {
  const counts = {
    total: byId.size,
    askedInVain: 0,
    preparing: 0,
    unseen: 0,
    missing: 0,
    running: 0,
    done: 0,
    empty: 0,
    refused: 0,
    failed: 0,
    unsettled: 0,
  };
  for (const standing of byId.values()) {
    counts[standing.kind] += 1;
    if (standing.kind === "done" && standing.trouble !== null) {
      counts[standing.trouble] += 1;
      counts.askedInVain += 1;
    }
  }
  return { counts };
}

/** Whether a filter lets an image through. */
export function passes({ kind, trouble, edited }: Standing, filter: ListFilter): boolean {
  switch (filter) {
    case "all":
      return true;
    case "missing":
      return kind === "missing" || kind === "preparing" || kind === "unseen";
    case "running":
      return kind === "running";
    case "done":
      return kind === "done";
    case "edited":
      return edited;
    case "failed":
      return trouble !== null || kind === "empty";
  }
}

/**
 * Filters a sheet's images; returns the same array as long as the result is the same. The image whose caption is
 * being edited stays whatever becomes of it in the meantime: leaving the list would drop what is typed.
 */
export function createFilterList(): (
  standings: Standings,
  filter: ListFilter,
  editingId: ImageId | null,
) => readonly ImageId[] {
  let latest: readonly ImageId[] = [];
  return (standings, filter, editingId) => {
    const next: ImageId[] = [];
    for (const [id, standing] of standings.byId)
      if (id === editingId || passes(standing, filter)) next.push(id);
    const same = next.length === latest.length && next.every((id, index) => id === latest[index]);
    if (!same) latest = next;
    return latest;
  };
}
