import { ageRelation, groupHolding, sameRange } from "#src/domain/age-overlap.ts";
import type { AgeRange } from "#src/domain/answer.ts";
import type { ImageId } from "#src/domain/image.ts";
import { type Agreement, weightedAgreement } from "#src/statistics/weighted-kappa.ts";
import { type Face, outcomeOf } from "#src/features/age-check/grid/faces.ts";
import { shown, type Shown } from "./figures.ts";
import {
  areContrary,
  type JudgeKey,
  sameJudgement,
  truthIn,
} from "#src/features/age-check/judging/judgements.ts";
import { groupsOfModel } from "#src/features/age-check/set-up/settings.ts";

/** How the verdicts of two models on the same faces compare. */
export interface ModelPair {
  modelIds: readonly [string, string];
  /** Faces on which both named a group. */
  n: number;
  agree: number;
  overlap: number;
  /** The faces on which their groups share no year. */
  disjoint: readonly ImageId[];
  /** Null if their groups differ, so that there is no common scale. */
  agreement: Shown<Agreement> | null;
}

/** How two judges of the same faces agree. */
export interface JudgePair {
  judges: readonly [JudgeKey, JudgeKey];
  agreement: Shown<Agreement>;
  /** Faces both judged, in years or otherwise. */
  both: number;
  /** The faces about which they say what cannot both be true. */
  contrary: readonly ImageId[];
  /** The faces on which their words differ in any way, including contrary ones. */
  different: readonly ImageId[];
}

const LEAST_PAIRS = 20;

/** Every pair of these models, over all faces that both were asked about. */
export function modelPairs(faces: readonly Face[], modelIds: readonly string[]): ModelPair[] {
  return pairsOf(modelIds).map(([one, other]) => {
    const both = faces.flatMap((face) => {
      const [a, b] = [outcomeOf(face, one), outcomeOf(face, other)];
      return a?.kind === "group" && b?.kind === "group"
        ? [{ id: face.image.id, a: a.range, b: b.range }]
        : [];
    });
    const related = both.map(({ id, a, b }) => ({
      id,
      relation: ageRelation(
        { label: "", range: a, confidence: null },
        { label: "", range: b, confidence: null },
      ),
    }));
    const count = (wanted: string) => related.filter(({ relation }) => relation === wanted);
    return {
      modelIds: [one, other],
      n: both.length,
      agree: count("agree").length,
      overlap: count("overlap").length,
      disjoint: count("disjoint").map(({ id }) => id),
      agreement: commonScale(one, other) ? agreementOf(both, groupsOfModel(one)) : null,
    };
  });
}

/** Every pair of judges that judged some of the same faces. `groups` is the scale kappa is counted on. */
export function judgePairs(
  faces: readonly Face[],
  judges: readonly JudgeKey[],
  groups: readonly AgeRange[],
): JudgePair[] {
  return pairsOf(judges).flatMap(([one, other]) => {
    const both = faces.flatMap((face) => {
      const [a, b] = [face.standing.get(one), face.standing.get(other)];
      return a === undefined || b === undefined
        ? []
        : [{ id: face.image.id, a: a.value.judgement, b: b.value.judgement }];
    });
    if (both.length === 0) return [];
    const inYears = both.flatMap(({ a, b }) => {
      const [left, right] = [truthIn(a), truthIn(b)];
      return left?.kind === "years" && right?.kind === "years"
        ? [{ a: left.range, b: right.range }]
        : [];
    });
    return [
      {
        judges: [one, other],
        both: both.length,
        agreement: agreementOf(inYears, groups),
        contrary: both.filter(({ a, b }) => areContrary(a, b)).map(({ id }) => id),
        different: both.filter(({ a, b }) => !sameJudgement(a, b)).map(({ id }) => id),
      },
    ];
  });
}

function agreementOf(
  both: readonly { a: AgeRange; b: AgeRange }[],
  groups: readonly AgeRange[],
): Shown<Agreement> {
  const places = both.flatMap(({ a, b }): [number, number][] => {
    const [left, right] = [groupHolding(groups, a), groupHolding(groups, b)];
    return left === null || right === null ? [] : [[left, right]];
  });
  return shown(weightedAgreement(places, groups.length), places.length, LEAST_PAIRS);
}

function commonScale(one: string, other: string): boolean {
  const [a, b] = [groupsOfModel(one), groupsOfModel(other)];
  return (
    a.length === b.length &&
    a.length > 1 &&
    a.every((range, index) => {
      const twin = b[index];
      return twin !== undefined && sameRange(range, twin);
    })
  );
}

function pairsOf<Item>(items: readonly Item[]): [Item, Item][] {
  return items.flatMap((one, index) =>
    items.slice(index + 1).map((other): [Item, Item] => [one, other]),
  );
}
