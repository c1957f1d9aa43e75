import type { AgeTruth } from "#src/domain/age-case.ts";
import { sharesYears } from "#src/domain/age-overlap.ts";
import type { Judgement, Mark, MarkValue } from "#src/domain/mark.ts";
import { standingMarks } from "#src/domain/shown-answer.ts";

/** A mark that says what is true of a face. */
export type JudgementMark = Mark & { value: Extract<MarkValue, { kind: "judgement" }> };

/** Who said it: a person (by name, "" for none), a file of truths, or the file's own name. */
export type JudgeKey = `by:${string}` | "file" | "file-name";

/** How the judgements of several judges about one face come together. */
export type Finding =
  | { kind: "truth"; truth: AgeTruth; mark: JudgementMark }
  | { kind: "unsure" | "unusable" | "several-faces"; mark: JudgementMark }
  /** Two judges say what cannot both be true. */
  | { kind: "conflict" };

/** Whose judgement the figures use: one judge's, or everyone's if they don't contradict each other. */
export type TruthChoice = JudgeKey | "anyone";

export function judgeOf(mark: JudgementMark): JudgeKey {
  return mark.value.from === "person" ? `by:${mark.by ?? ""}` : mark.value.from;
}

const JUDGEMENT_WORDS: Record<Exclude<Judgement["kind"], "age" | "range">, string> = {
  wrong: "not what the model said",
  "no-face": "no face",
  "several-faces": "several faces",
  unusable: "unusable",
  unsure: "unsure",
};

/** The words for a judgement in a sentence: "13–20", "no face". */
export function judgementText(judgement: Judgement): string {
  if (judgement.kind === "age") return `${judgement.years}`;
  return judgement.kind === "range" ? judgement.label : JUDGEMENT_WORDS[judgement.kind];
}

/** A judge's name on screen. */
export function judgeName(key: JudgeKey): string {
  if (key === "file") return "Truth from a file";
  if (key === "file-name") return "File names";
  const name = key.slice("by:".length);
  return name === "" ? "Reviewer without a name" : name;
}

export function isJudgement(mark: Mark): mark is JudgementMark {
  return mark.value.kind === "judgement";
}

/** Each judge's current judgement of one image: the newest if there are several. */
export function standingJudgements(marks: readonly Mark[]): ReadonlyMap<JudgeKey, JudgementMark> {
  return new Map(
    standingMarks(marks)
      .filter(isJudgement)
      .map((mark) => [judgeOf(mark), mark]),
  );
}

/**
 * The truth about an image according to its judges; null if nobody said anything. Of several judgements that agree,
 * the one that narrows the years most is used.
 */
export function findingOf(
  standing: ReadonlyMap<JudgeKey, JudgementMark>,
  choice: TruthChoice,
): Finding | null {
  if (choice !== "anyone") {
    const mark = standing.get(choice);
    return mark === undefined ? null : findingFrom(mark);
  }
  const findings = [...standing.values()].map(findingFrom);
  const truths = findings.filter((finding) => finding.kind === "truth");
  if (truths.some((one) => truths.some((other) => contradicts(one.truth, other.truth))))
    return { kind: "conflict" };
  const [narrowest] = truths.toSorted((a, b) => width(a.truth) - width(b.truth));
  return narrowest ?? findings[0] ?? null;
}

/** True if two judgements of one face cannot both be true. */
export function areContrary(one: Judgement, other: Judgement): boolean {
  const [a, b] = [truthIn(one), truthIn(other)];
  return a !== null && b !== null && contradicts(a, b);
}

/** True if both say the same, in the same words. */
export function sameJudgement(one: Judgement, other: Judgement): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What a judgement says is true; null for those that leave it open. */
export function truthIn(judgement: Judgement): AgeTruth | null {
  switch (judgement.kind) {
    case "age":
      return { kind: "years", range: { low: judgement.years, high: judgement.years } };
    case "range":
      return { kind: "years", range: judgement.range };
    case "wrong":
      return { kind: "another-group" };
    case "no-face":
      return { kind: "no-face" };
    case "several-faces":
    case "unusable":
    case "unsure":
      return null;
  }
}

function findingFrom(mark: JudgementMark): Exclude<Finding, { kind: "conflict" }> {
  const { judgement } = mark.value;
  switch (judgement.kind) {
    case "several-faces":
    case "unusable":
    case "unsure":
      return { kind: judgement.kind, mark };
    case "age":
    case "range":
    case "wrong":
    case "no-face":
      return { kind: "truth", truth: truthIn(judgement) ?? { kind: "no-face" }, mark };
  }
}

function contradicts(one: AgeTruth, other: AgeTruth): boolean {
  if (one.kind === "years" && other.kind === "years") return !sharesYears(one.range, other.range);
  return (one.kind === "no-face") !== (other.kind === "no-face");
}

function width(truth: AgeTruth): number {
  // A judgement without years narrows nothing.
  return truth.kind === "years" ? (truth.range.high ?? Infinity) - truth.range.low : Infinity;
}
