import type { DataItem } from "#src/contract/replies.ts";
import { parseAgeLabel } from "#src/domain/age-label.ts";
import type { Answer } from "#src/domain/answer.ts";

/** What an entry of `data` says about its picture: the age group first, then the text; null if it has neither. */
export function readAnswer(item: DataItem): Answer | null {
  const label = item.structuredData?.ageGroup ?? "";
  if (label.trim() !== "") {
    const confidence = asFraction(item.structuredData?.confidence);
    return { kind: "age", verdict: { label, range: parseAgeLabel(label), confidence } };
  }
  const text = item.text ?? "";
  return text.trim() === "" ? null : { kind: "caption", text };
}

// Specified as 0–100, but seen as 0–1: the likeliest of five or more groups cannot be at 1 % or less.
function asFraction(confidence: number | null | undefined): number | null {
  if (confidence === null || confidence === undefined || confidence < 0 || confidence > 100)
    return null;
  // Rounded, because 79.65 / 100 is otherwise a little more than 0.7965.
  return confidence <= 1 ? confidence : Math.round(confidence * 10_000) / 1_000_000;
}
