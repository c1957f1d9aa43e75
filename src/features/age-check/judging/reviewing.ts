import { quantile, type Rate, wilsonRate } from "#src/statistics/intervals.ts";
import { type Face, outcomeOf } from "#src/features/age-check/grid/faces.ts";
import { isJudgement, type JudgementMark, judgeOf, sameJudgement } from "./judgements.ts";

/** How people judged: what the reveal did to them, and how long they took. */
export interface ReviewHabits {
  /** Of blind answers whose verdicts were revealed: how many were changed afterwards. */
  changed: Rate;
  /** Seconds for one judgement; null if none was timed. */
  seconds: { n: number; median: number; low: number; high: number } | null;
}

/** Looks at every judgement that people made of these faces, including replaced ones. */
export function reviewHabits(faces: readonly Face[], modelIds: readonly string[]): ReviewHabits {
  let revealed = 0;
  let changed = 0;
  const seconds: number[] = [];
  for (const face of faces) {
    const hasVerdict = modelIds.some((id) => outcomeOf(face, id)?.kind === "group");
    for (const chain of chainsOf(face)) {
      const [first] = chain;
      for (const { secondsTaken } of chain) if (secondsTaken !== null) seconds.push(secondsTaken);
      if (first === undefined || !first.value.blind || !hasVerdict) continue;
      revealed += 1;
      if (wasChanged(chain)) changed += 1;
    }
  }
  const [low, median, high] = [0.25, 0.5, 0.75].map((share) => quantile(seconds, share));
  return {
    changed: wilsonRate(changed, revealed),
    seconds:
      low == null || median == null || high == null
        ? null
        : { n: seconds.length, median, low, high },
  };
}

/** True if the last of a chain of judgements, given after the reveal, differs from the blind one. */
function wasChanged(chain: readonly JudgementMark[]): boolean {
  const [first, last] = [chain[0]?.value, chain.at(-1)?.value];
  if (first?.blind !== true || last?.blind !== false) return false;
  return !sameJudgement(first.judgement, last.judgement);
}

// A face is made again when its marks change, so what was read from one stays true.
const remembered = new WeakMap<Face, JudgementMark[][]>();

/** Each person's judgements of one face, oldest first. */
function chainsOf(face: Face): JudgementMark[][] {
  const known = remembered.get(face);
  if (known !== undefined) return known;
  const byJudge = new Map<string, JudgementMark[]>();
  for (const mark of face.marks) {
    if (!isJudgement(mark) || mark.value.from !== "person") continue;
    byJudge.set(judgeOf(mark), [...(byJudge.get(judgeOf(mark)) ?? []), mark]);
  }
  const chains = [...byJudge.values()];
  remembered.set(face, chains);
  return chains;
}
