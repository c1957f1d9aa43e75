import { quantile } from "#src/statistics/quantile.ts";
import { wilsonRate, type Rate } from "#src/statistics/wilson-interval.ts";
import { outcomeOf, type Face } from "#src/features/age-check/grid/faces.ts";
import { isJudgement, judgeOf, sameJudgement, type JudgementMark } from "./judgements.ts";

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
  const [first] = chain;
  const last = chain.at(-1);
  if (first === undefined || last === undefined || !first.value.blind || last.value.blind)
    return false;
  return !sameJudgement(first.value.judgement, last.value.judgement);
}

// A face is made again when its marks change, so what was read from one stays true.
const remembered = new WeakMap<Face, JudgementMark[][]>();

/** Each person's judgements of one face, oldest first. */
function chainsOf(face: Face): JudgementMark[][] {
  const known = remembered.get(face);
  if (known !== undefined) return known;
  const chains = readChains(face);
  remembered.set(face, chains);
  return chains;
}

function readChains(face: Face): JudgementMark[][] {
  const chains = new Map<string, JudgementMark[]>();
  for (const mark of face.marks) {
    if (!isJudgement(mark) || mark.value.from !== "person") continue;
    const chain = chains.get(judgeOf(mark));
    if (chain === undefined) chains.set(judgeOf(mark), [mark]);
    else chain.push(mark);
  }
  return [...chains.values()];
}
