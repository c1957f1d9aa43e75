import { useDeferredValue, useMemo } from "react";
import { type JudgePair, judgePairs, type ModelPair, modelPairs } from "./agreement.ts";
import {
  type JudgedSet,
  type JudgedSets,
  judgedSets,
  type Scope,
} from "#src/features/age-check/grid/cases.ts";
import type { Faces } from "#src/features/age-check/grid/faces.ts";
import { modelFigures, type ModelFigures } from "./figures.ts";
import type { JudgeKey } from "#src/features/age-check/judging/judgements.ts";
import {
  activeSample,
  type AgeCheckSettings,
  truthGroups,
} from "#src/features/age-check/set-up/settings.ts";
import { reviewHabits, type ReviewHabits } from "#src/features/age-check/judging/reviewing.ts";
import { useAgeSettings, useAgeView } from "#src/features/age-check/age-desk.ts";
import type { AgeViewState } from "#src/features/age-check/view-state.ts";

/** Everything the figures panel and the report say. */
export interface AllFigures {
  scope: Scope;
  sets: JudgedSets;
  /** That of the scope. */
  set: JudgedSet;
  models: readonly ModelFigures[];
  judges: readonly JudgeKey[];
  modelPairs: readonly ModelPair[];
  judgePairs: readonly JudgePair[];
  habits: ReviewHabits;
}

/** The figures of the sheet as it is now. They follow a moment later, so that judging never waits for them. */
export function useFigures(faces: Faces): AllFigures {
  const settings = useAgeSettings();
  const scope = useAgeView((state) => state.scope);
  const choice = useAgeView((state) => state.choice);
  const settled = useDeferredValue(faces);
  return useMemo(
    () => allFigures(settled, settings, { scope, choice }),
    [settled, settings, scope, choice],
  );
}

/** Counts all figures once. */
export function allFigures(
  faces: Faces,
  settings: AgeCheckSettings,
  view: Pick<AgeViewState, "scope" | "choice">,
): AllFigures {
  const { samples, modelIds, labelSet } = settings;
  const all = [...faces.values()];
  const judges = [...new Set(all.flatMap((face) => [...face.standing.keys()]))];
  const choice = view.choice === "anyone" || judges.includes(view.choice) ? view.choice : "anyone";
  const sets = judgedSets(faces, { samples, choice });
  const scope = view.scope ?? activeSample(settings)?.kind ?? "sheet";
  return {
    scope,
    sets,
    set: sets[scope],
    models: modelIds.map((modelId) => modelFigures(sets[scope], modelId, labelSet)),
    judges,
    modelPairs: modelPairs(all, modelIds),
    judgePairs: judgePairs(all, judges, truthGroups(labelSet, modelIds[0] ?? "")),
    habits: reviewHabits(all, modelIds),
  };
}
