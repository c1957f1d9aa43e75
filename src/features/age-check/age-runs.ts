import { modelById } from "#src/catalog/find-models.ts";
import type { ImageId } from "#src/domain/image.ts";
import { hasEnded } from "#src/domain/task.ts";
import { report } from "#src/sheet/tell.ts";
import type { AgeDeskParts } from "./desk-parts.ts";
import { ageRecipe, canAsk, outcomeOf, type Face } from "./grid/faces.ts";

/** Asking the models. */
export interface AgeRuns {
  /** Asks what is missing, or what failed. */
  run: (which: "missing" | "failed") => void;
}

/** The state of the questions of all chosen models. */
export interface Asking {
  total: number;
  done: number;
  unended: number;
  failed: number;
  unanswered: number;
  /** Questions not asked yet, by model. */
  missing: ReadonlyMap<string, readonly ImageId[]>;
  /** Questions that failed and can be asked again. */
  retriable: readonly { imageId: ImageId; modelId: string }[];
}

/** Makes the part of the desk that asks the models. */
export function createAgeRuns({ open, faces, settings }: AgeDeskParts): AgeRuns {
  return {
    run: (which) => {
      const { missing, retriable } = askingOf([...faces().values()], settings().modelIds);
      const questions =
        which === "failed"
          ? retriable
          : [...missing].flatMap(([modelId, ids]) => ids.map((imageId) => ({ imageId, modelId })));
      if (questions.length === 0) return;
      report(
        open.runs.start({
          askedBy: "age-check",
          questions: questions.map(({ imageId, modelId }) => ({
            imageId,
            recipe: ageRecipe(modelId),
            repeat: 1,
          })),
          reuse: true,
        }),
      );
    },
  };
}

/** Counts the questions of these models about these faces. */
export function askingOf(faces: readonly Face[], modelIds: readonly string[]): Asking {
  // A file may name others, and a stranger's models are not asked.
  const known = modelIds.filter((id) => modelById(id)?.answers === "age");
  const missing = new Map<string, ImageId[]>(known.map((id) => [id, []]));
  const retriable: { imageId: ImageId; modelId: string }[] = [];
  const counts = { total: 0, done: 0, unended: 0, failed: 0, unanswered: 0 };
  for (const face of faces) {
    const imageId = face.image.id;
    for (const modelId of known) {
      const task = face.tasks.get(modelId);
      if (task === undefined && !canAsk(face)) continue;
      counts.total += 1;
      const outcome = outcomeOf(face, modelId);
      if (task !== undefined && !hasEnded(task)) counts.unended += 1;
      else if (outcome === null) missing.get(modelId)?.push(imageId);
      else if (outcome.kind === "group") counts.done += 1;
      else if (task?.state.phase === "failed") {
        counts.failed += 1;
        if (canAsk(face)) retriable.push({ imageId, modelId });
      } else counts.unanswered += 1;
    }
  }
  return { ...counts, missing, retriable };
}
