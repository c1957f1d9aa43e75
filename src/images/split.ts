import type { PartSource } from "#src/domain/image.ts";
import type { PixelSize } from "./fit.ts";

type Box = PartSource["box"];

// From here on a picture is sent at less than a quarter of what its model could see of its shorter side.
const LONG_RATIO = 4;
// Less than this, and what is lost is not what can be read.
const LEAST_SHRINKING = 2;
/** Times that a part is as long as it is wide: a screenshot of a phone is read at about that. */
const PART_RATIO = 2;
// A line of text that is cut by one part is whole in the next.
const OVERLAP = 0.1;

/**
 * The parts that a long picture is split into, from its top or its left, each overlapping the next by a tenth at least;
 * none if it is not long, or not shrunk by much at `side` pixels. A part is twice as long as it is wide, or as long as it
 * can be without being shrunk.
 */
export function partBoxes(size: PixelSize, side: number): Box[] {
  const [short, long] = [Math.min(size.width, size.height), Math.max(size.width, size.height)];
  if (long < LONG_RATIO * short || long < LEAST_SHRINKING * side) return [];
  const part = Math.max(PART_RATIO * short, side);
  const count = Math.ceil((long - OVERLAP * part) / (part - OVERLAP * part));
  const share = part / long;
  return Array.from({ length: count }, (_, at): Box => {
    const start = count === 1 ? 0 : (at * (1 - share)) / (count - 1);
    return size.height >= size.width ? [0, start, 1, share] : [start, 0, share, 1];
  });
}
