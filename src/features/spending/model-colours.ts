import { modelById } from "#src/catalog/find-models.ts";
import type { ModelColour } from "#src/catalog/models.ts";

// Whole class names, or the style sheet would not hold them.
const CLASSES: Readonly<Record<ModelColour, { fill: string; dot: string }>> = {
  ink: { fill: "fill-ink", dot: "bg-ink" },
  amber: { fill: "fill-edge", dot: "bg-edge" },
  blue: { fill: "fill-info", dot: "bg-info" },
  grey: { fill: "fill-ink-3", dot: "bg-ink-3" },
  green: { fill: "fill-ok", dot: "bg-ok" },
  pale: { fill: "fill-line-2", dot: "bg-line-2" },
  brown: { fill: "fill-warn", dot: "bg-warn" },
  "light-blue": { fill: "fill-info/50", dot: "bg-info/50" },
  "light-green": { fill: "fill-ok/50", dot: "bg-ok/50" },
  "light-brown": { fill: "fill-warn/50", dot: "bg-warn/50" },
};
// Models that the catalogue no longer knows share one.
const UNKNOWN_MODEL = { fill: "fill-ink-2", dot: "bg-ink-2" };

/** The fill of a model's bars, and the same colour for the dot beside its name: its own, whatever else is shown. */
export function modelColour(modelId: string): { fill: string; dot: string } {
  const model = modelById(modelId);
  return model === null ? UNKNOWN_MODEL : CLASSES[model.colour];
}
