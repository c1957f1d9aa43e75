import type { AgeCase } from "#src/domain/age-case.ts";
import type { ImageId } from "#src/domain/image.ts";
import { outcomeOf, type Face, type Faces } from "./faces.ts";
import {
  findingOf,
  type Finding,
  type TruthChoice,
} from "#src/features/age-check/judging/judgements.ts";
import type { Sample } from "#src/features/age-check/set-up/settings.ts";

/** Which images a rate applies to. They are never pooled. */
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
  /** Images of the scope, judged or not; null if it has no bound of its own. */
  size: number | null;
}

/** What belongs to one scope, as a list of images and judgements. */
export type JudgedSets = Readonly<Record<Scope, JudgedSet>>;

/**
 * The judged images of each scope. Random: all that were drawn, however their truth came to be known, since leaving
 * some out would bias the sample. Hunted: those judged on a hunt. Sheet: those judged outside both. A face may be in
 * several, but no rate is counted over more than one.
 */
export function judgedSets(
  faces: Faces,
  { samples, choice }: { samples: readonly Sample[]; choice: TruthChoice },
): JudgedSets {
  const drawn = new Set(
    samples.flatMap((sample) => (sample.kind === "random" ? sample.imageIds : [])),
  );
  const judged: Record<Scope, Judged[]> = { sheet: [], random: [], hunted: [] };
  for (const face of faces.values()) {
    const finding = findingOf(face.standing, choice);
    if (finding === null) continue;
    for (const scope of scopesOf(face, finding, drawn)) judged[scope].push({ face, finding });
  }
  const drawnThere = [...drawn].filter((id) => faces.has(id)).length;
  return {
    sheet: { scope: "sheet", judged: judged.sheet, size: faces.size },
    random: { scope: "random", judged: judged.random, size: drawn.size > 0 ? drawnThere : null },
    hunted: { scope: "hunted", judged: judged.hunted, size: null },
  };
}

/** What one model's figures are counted from: the judged images that it was asked about. */
export function casesOf({ judged }: JudgedSet, modelId: string): AgeCase[] {
  return judged.flatMap(({ face, finding }): AgeCase[] => {
    const outcome = outcomeOf(face, modelId);
    if (finding.kind !== "truth" || outcome === null) return [];
    const { truth, mark } = finding;
    // "Wrong" was said about one verdict, and says nothing about another model's.
    if (truth.kind === "another-group") {
      const task = face.tasks.get(modelId);
      if (task === undefined || !mark.shown.includes(task.taskUuid)) return [];
    }
    return [{ imageId: face.image.id, truth, outcome }];
  });
}

function scopesOf(face: Face, finding: Finding, drawn: ReadonlySet<ImageId>): Set<Scope> {
  const marks = finding.kind === "conflict" ? [...face.standing.values()] : [finding.mark];
  const scopes = new Set(marks.map(({ sample }): Scope => sample ?? "sheet"));
  if (drawn.has(face.image.id)) scopes.add("random");
  return scopes;
}
