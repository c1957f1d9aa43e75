import type { AgeCase } from "#src/domain/age-case.ts";
import type { ImageId } from "#src/domain/image.ts";
import { outcomeOf, type Face } from "./faces.ts";
import { findingOf, type Finding, type TruthChoice } from "./judgements.ts";
import type { Sample } from "./settings.ts";

/** Which images a rate speaks of. They are never pooled. */
export type Scope = "sheet" | "random" | "hunted";

/** A judged image with what was found. */
export interface Judged {
  face: Face;
  finding: Finding;
}

/** The judged images of one scope. */
export interface JudgedSet {
  scope: Scope;
  judged: readonly Judged[];
  /** Images of the scope, judged or not; null where it has no bound of its own. */
  size: number | null;
}

/**
 * The judged images of a scope. Random: all that were drawn, however their truth came to be known, since leaving some out
 * would bend the sample. Hunted: those judged on a hunt. Sheet: those judged outside both.
 */
export function judgedIn(
  faces: ReadonlyMap<ImageId, Face>,
  { scope, samples, choice }: { scope: Scope; samples: readonly Sample[]; choice: TruthChoice },
): JudgedSet {
  const drawn = new Set(
    samples.flatMap((sample) => (sample.kind === "random" ? sample.imageIds : [])),
  );
  const judged = [...faces.values()].flatMap((face): Judged[] => {
    const finding = findingOf(face.standing, choice);
    return finding !== null && isIn(scope, face, { finding, drawn }) ? [{ face, finding }] : [];
  });
  if (scope === "random" && drawn.size > 0)
    return { scope, judged, size: [...drawn].filter((id) => faces.has(id)).length };
  return { scope, judged, size: scope === "sheet" ? faces.size : null };
}

/** What one model's figures are counted from: the judged images that it was asked about. */
export function casesOf({ judged }: JudgedSet, modelId: string): AgeCase[] {
  return judged.flatMap(({ face, finding }): AgeCase[] => {
    const outcome = outcomeOf(face, modelId);
    if (finding.kind !== "truth" || outcome === null) return [];
    const { truth, mark } = finding;
    // "Wrong" was said of one verdict, and says nothing of another model's.
    if (truth.kind === "another-group") {
      const task = face.tasks.get(modelId);
      if (task === undefined || !mark.shown.includes(task.taskUuid)) return [];
    }
    return [{ imageId: face.image.id, truth, outcome }];
  });
}

function isIn(
  scope: Scope,
  face: Face,
  { finding, drawn }: { finding: Finding; drawn: ReadonlySet<ImageId> },
): boolean {
  const marks = finding.kind === "conflict" ? [...face.standing.values()] : [finding.mark];
  const from = (sample: "random" | "hunted" | null) => marks.some((mark) => mark.sample === sample);
  switch (scope) {
    case "random":
      return drawn.has(face.image.id) || from("random");
    case "hunted":
      return from("hunted");
    case "sheet":
      return from(null);
  }
}
