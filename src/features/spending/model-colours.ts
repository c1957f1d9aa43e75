// Told apart by lightness first, so that they hold for colour-blind eyes and in print; red stays the pencil's.
const FILLS = [
  "fill-ink",
  "fill-edge",
  "fill-info",
  "fill-ink-3",
  "fill-ok",
  "fill-line-2",
  "fill-warn",
];
const DOTS = ["bg-ink", "bg-edge", "bg-info", "bg-ink-3", "bg-ok", "bg-line-2", "bg-warn"];

/** The fill of a model's bars, by its place in the table. */
export function modelFill(index: number): string {
  return FILLS[index % FILLS.length] ?? "fill-ink";
}

/** The same colour, for the dot beside its name. */
export function modelDot(index: number): string {
  return DOTS[index % DOTS.length] ?? "bg-ink";
}
