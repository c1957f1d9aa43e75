import type { ImageId } from "#src/domain/image.ts";
import { sharesYears } from "#src/domain/age-overlap.ts";
import { type Face, outcomeOf } from "#src/features/age-check/grid/faces.ts";
import type { Sample } from "#src/features/age-check/set-up/settings.ts";
import { createSeededRandom, shuffled } from "#src/lib/seeded-random.ts";
import { grouped } from "#src/lib/counted.ts";

export type Hunt = Extract<Sample, { kind: "hunted" }>["by"];

/** What each hunt looks for, for lists of choices. */
export const HUNTS: readonly { by: Hunt; name: string; hint: string }[] = [
  { by: "least-sure", name: "Least sure", hint: "Lowest confidence first" },
  {
    by: "disagreement",
    name: "Models disagree",
    hint: "Groups that share no year, with two models or more",
  },
  {
    by: "near-threshold",
    name: "Near the threshold",
    hint: "Groups that begin or end there, least sure first",
  },
];

/** The faces most worth checking for errors, best first. This says nothing about how often errors occur. */
export function hunt(
  faces: readonly Face[],
  by: Hunt,
  { modelIds, threshold }: { modelIds: readonly string[]; threshold: number },
): ImageId[] {
  const ranked = faces.map((face) => {
    const groups = modelIds.flatMap((id) => {
      const outcome = outcomeOf(face, id);
      return outcome?.kind === "group" ? [outcome] : [];
    });
    return { id: face.image.id, groups, sureness: leastSure(groups) };
  });
  return ranked
    .filter(({ groups }) => {
      if (by === "least-sure") return groups.length > 0;
      if (by === "near-threshold")
        return groups.some(({ range }) => range.low === threshold || range.high === threshold - 1);
      return groups.some((one) => groups.some((other) => !sharesYears(one.range, other.range)));
    })
    .toSorted((a, b) => a.sureness - b.sureness)
    .map(({ id }) => id);
}

function leastSure(groups: readonly { confidence: number | null }[]): number {
  return groups.reduce((least, { confidence }) => Math.min(least, confidence ?? 1), 1);
}

/** "20 at random (seed 7)", "12 hunted: least sure". */
export function sampleName(sample: Sample): string {
  const count = grouped(sample.imageIds.length);
  if (sample.kind === "random") return `${count} at random (seed ${sample.seed})`;
  const choice = HUNTS.find(({ by }) => by === sample.by);
  return `${count} hunted: ${choice?.name.toLowerCase() ?? sample.by}`;
}

/** `size` items in random order, every choice as likely as any other; the same for the same list, size and seed. */
export function drawSample<Item>(items: readonly Item[], size: number, seed: number): Item[] {
  return shuffled(items, createSeededRandom(seed)).slice(0, size);
}
