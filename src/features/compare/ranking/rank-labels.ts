/** A point of a chart, in pixels from its top left, with what is written beside it. */
export interface LabelledPoint {
  x: number;
  y: number;
  text: string;
}

/** Where a label is written: its baseline, and whether it starts or ends there. */
export interface LabelSpot {
  x: number;
  y: number;
  anchor: "start" | "end";
  /** True if it is so far away that a line must lead to it. */
  isFar: boolean;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const LINE = 14;
/** A generous guess for semi-bold letters of 11 px: a gap does no harm. */
const LETTER = 6.6;
const BESIDE = 11;
const POINT = 6;
/** From the point to the baseline: just above, just below, and then line by line farther, over any chart's height. */
const SHIFTS = Array.from({ length: 40 }, (_, step) =>
  step % 2 === 0 ? -9 - 7 * step : 17 + 7 * (step - 1),
);

/**
 * Finds a spot for the label of each point, so that none covers another or a point, and all stay inside. If there is no
 * room at all, a label is placed where it would be alone.
 */
export function placeLabels(points: readonly LabelledPoint[], inside: Box): LabelSpot[] {
  const dots = points.map(({ x, y }) => around(x, y));
  const taken: Box[] = [];
  return points.map((point, index) => {
    const others = dots.filter((_, place) => place !== index);
    const spots = spotsOf(point, inside);
    const free = spots.find((spot) => {
      const box = boxOf(spot, point.text);
      return isWithin(box, inside) && ![...taken, ...others].some((one) => overlap(one, box));
    });
    const spot = free ?? spots[0] ?? { x: point.x, y: point.y, anchor: "start", isFar: false };
    taken.push(boxOf(spot, point.text));
    return spot;
  });
}

/** From the nearest to the farthest; of two equally near, the one on the side with more room. */
function spotsOf({ x, y }: LabelledPoint, inside: Box): LabelSpot[] {
  const sides: LabelSpot["anchor"][] =
    x > (inside.left + inside.right) / 2 ? ["end", "start"] : ["start", "end"];
  return SHIFTS.flatMap((shift, index) =>
    sides.map((anchor) => ({
      x: anchor === "start" ? x + BESIDE : x - BESIDE,
      y: y + shift,
      anchor,
      isFar: index > 1,
    })),
  );
}

function boxOf({ x, y, anchor }: LabelSpot, text: string): Box {
  const width = text.length * LETTER;
  return {
    left: anchor === "start" ? x : x - width,
    right: anchor === "start" ? x + width : x,
    top: y - LINE + 3,
    bottom: y + 3,
  };
}

function around(x: number, y: number): Box {
  return { left: x - POINT, right: x + POINT, top: y - POINT, bottom: y + POINT };
}

function isWithin(box: Box, inside: Box): boolean {
  return (
    box.left >= inside.left &&
    box.right <= inside.right &&
    box.top >= inside.top &&
    box.bottom <= inside.bottom
  );
}

function overlap(one: Box, other: Box): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}
