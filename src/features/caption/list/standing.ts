import { modelById } from "#src/catalog/find-models.ts";
import type { ImageId, SheetImage } from "#src/domain/image.ts";
import type { Mark } from "#src/domain/mark.ts";
import { recipeKey, type Recipe } from "#src/domain/recipe.ts";
import { shownAnswer, type ShownAnswer } from "#src/domain/shown-answer.ts";
import { hasEnded, isInFlight, type Task } from "#src/domain/task.ts";

/** How a try ended that gave no answer. */
export type Trouble = "refused" | "failed" | "unsettled";

/** How an image stands in Caption. "missing" can be asked and has neither answer nor words of a person. */
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
  /** How the newest try ended, where it gave no answer and no person has written since: beside an old answer too. */
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

/** The rows that a sheet's standings are made from; the maps are replaced where they change. */
export interface StandingSource {
  order: readonly ImageId[];
  images: ReadonlyMap<ImageId, SheetImage>;
  tasks: ReadonlyMap<ImageId, readonly Task[]>;
  marks: ReadonlyMap<ImageId, readonly Mark[]>;
  recipe: Recipe;
}

const NO_TASKS: readonly Task[] = [];
const NO_MARKS: readonly Mark[] = [];

/** The standing of one image under Caption's current recipe. */
function standingOf(
  image: SheetImage,
  rows: { tasks: readonly Task[] | undefined; marks: readonly Mark[] | undefined },
  recipe: Recipe,
): Standing {
  const tasks = rows.tasks ?? NO_TASKS;
  const answers = modelById(recipe.modelId)?.answers ?? "text";
  const shown = shownAnswer(tasks, rows.marks ?? NO_MARKS, { recipe, answers, answersOf });
  const trouble = troubleOf(shown);
  return {
    kind: kindOf(image, shown, trouble),
    trouble,
    answers,
    edited: shown.edit !== null,
    shown,
  };
}

/**
 * Standings of whole sheets, made again only for the images whose rows changed: at 5,000 images and 50 answers a
 * second everything anew would cost more than a frame.
 */
export function createStandings(): (source: StandingSource) => Standings {
  let kept = new Map<ImageId, { key: readonly unknown[]; standing: Standing }>();
  return ({ order, images, tasks, marks, recipe }) => {
    const next: typeof kept = new Map();
    const byId = new Map<ImageId, Standing>();
    const question = recipeKey(recipe);
    const answers = modelById(recipe.modelId)?.answers ?? "text";
    for (const id of order) {
      const image = images.get(id);
      if (image === undefined) continue;
      const rows = { tasks: tasks.get(id), marks: marks.get(id) };
      // What Caption asked itself stands whatever the prompt says now; only other views' answers depend on it.
      const dependsOnRecipe = rows.tasks?.some((task) => task.askedBy !== "caption") ?? false;
      const key = [image, rows.tasks, rows.marks, dependsOnRecipe ? question : answers];
      const old = kept.get(id);
      const entry =
        old !== undefined && old.key.every((part, index) => part === key[index])
          ? old
          : { key, standing: standingOf(image, rows, recipe) };
      next.set(id, entry);
      byId.set(id, entry.standing);
    }
    kept = next;
    return { byId, ...totalsOf(byId) };
  };
}

/** The answer kind of a task's model: text for models that the catalogue does not know. */
function answersOf(task: Task): "text" | "age" {
  return modelById(task.recipe.modelId)?.answers ?? "text";
}

/** What a person wrote after a try ended settles it: they have seen it. */
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
