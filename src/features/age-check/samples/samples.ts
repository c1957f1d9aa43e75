import { HUNTS } from "./hunts.ts";
import type { Sample } from "#src/features/age-check/set-up/settings.ts";

/** "20 at random (seed 7)", "12 hunted: least sure". */
export function sampleName(sample: Sample): string {
  const count = sample.imageIds.length.toLocaleString("en-US");
  if (sample.kind === "random") return `${count} at random (seed ${sample.seed})`;
  const hunt = HUNTS.find(({ by }) => by === sample.by);
  return `${count} hunted: ${hunt?.name.toLowerCase() ?? sample.by}`;
}
