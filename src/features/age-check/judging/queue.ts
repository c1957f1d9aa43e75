import type { ImageId } from "#src/domain/image.ts";
import type { AgeDeskParts } from "#src/features/age-check/desk-parts.ts";
import { activeSample, type AgeCheckSettings } from "#src/features/age-check/set-up/settings.ts";

/** The images under review, in the order they are shown: a sample's own, or the sheet's. */
export function queueOf(order: readonly ImageId[], settings: AgeCheckSettings): readonly ImageId[] {
  const sample = activeSample(settings);
  if (sample === null) return order;
  const there = new Set(order);
  return sample.imageIds.filter((id) => there.has(id));
}

/** The next image that this user has not judged, from one on and round again; null if all are. */
export function nextUnjudged(
  queue: readonly ImageId[],
  after: ImageId | null,
  { faces, view, judge }: Pick<AgeDeskParts, "faces" | "view" | "judge">,
): ImageId | null {
  const { pending } = view.getState();
  const known = faces();
  const key = judge();
  const from = after === null ? -1 : queue.indexOf(after);
  const inTurn = [...queue.slice(from + 1), ...queue.slice(0, from + 1)];
  const isOpen = (id: ImageId) => {
    const face = known.get(id);
    return (
      face !== undefined &&
      face.image.preparation.phase !== "unseen" &&
      !pending.has(id) &&
      !face.standing.has(key)
    );
  };
  return inTurn.find(isOpen) ?? null;
}
