import { rule, type Ruling } from "./age-overlap.ts";
import type { AgeRange } from "./answer.ts";
import type { ImageId } from "./image.ts";

/** What is known about one face's true age. */
export type AgeTruth =
  /** For an exact age, both bounds are the same year. */
  | { kind: "years"; range: AgeRange }
  /** Only that the group the model named is not the true one. */
  | { kind: "another-group" }
  | { kind: "no-face" };

/** One model's verdict. */
export type AgeOutcome =
  | { kind: "group"; range: AgeRange; confidence: number | null }
  /** Answered with nothing, or with words that hold no years, such as "no face". */
  | { kind: "no-group" }
  | { kind: "refused" }
  /** Failed, or may have been lost on the way. */
  | { kind: "failed" };

/** One image, judged by the user and shown to one model: every age figure is counted from these. */
export interface AgeCase {
  imageId: ImageId;
  truth: AgeTruth;
  outcome: AgeOutcome;
}

/** Whether the model was right; null if there is nothing to decide: no group was named, or there is no face. */
export function rulingOf({ truth, outcome }: AgeCase): Ruling | null {
  if (outcome.kind !== "group") return null;
  switch (truth.kind) {
    case "years":
      return rule(truth.range, outcome.range);
    case "another-group":
      return "wrong";
    case "no-face":
      return null;
  }
}

/** The age in whole years if it is known exactly, otherwise null. */
export function exactYears(truth: AgeTruth): number | null {
  return truth.kind === "years" && truth.range.low === truth.range.high ? truth.range.low : null;
}
