/** Whole years, bounds inclusive; `high` is null if the group is open-ended. */
export interface AgeRange {
  low: number;
  high: number | null;
}

/** A model's verdict on an age. The raw label stays even if no range can be read from it. */
export interface AgeVerdict {
  label: string;
  range: AgeRange | null;
  /** 0–1; null if the service gave none. */
  confidence: number | null;
}

/** What a model said. */
export type Answer = { kind: "caption"; text: string } | { kind: "age"; verdict: AgeVerdict };

/**
 * Who said it: the real service; the sandbox, making it up; the sandbox, repeating a published answer; an earlier task
 * on this device; a model that runs on this device.
 */
export type AnswerSource = "service" | "sandbox" | "recorded" | "reused" | "device";

/** True if the answer must be labelled simulated on screen and in every export. */
export function isSimulated(source: AnswerSource): boolean {
  return source === "sandbox";
}
