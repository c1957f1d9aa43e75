import type { ImageId, SheetImage } from "#src/domain/image.ts";

/** All of a queue, one by one: each time the first of those that are on screen, or else the first. */
export function* seenFirst<Queued extends { image: Pick<SheetImage, "id"> }>(
  queue: readonly Queued[],
  onScreen: Iterable<ImageId>,
): Generator<Queued> {
  const waiting = new Map(queue.map((one, at) => [one.image.id, { one, at }]));
  while (waiting.size > 0) {
    let next = waiting.values().next().value;
    let isSeen = false;
    for (const id of onScreen) {
      const seen = waiting.get(id);
      if (seen === undefined || (isSeen && next !== undefined && seen.at >= next.at)) continue;
      next = seen;
      isSeen = true;
    }
    if (next === undefined) return;
    waiting.delete(next.one.image.id);
    yield next.one;
  }
}
