import type { RunCounts } from "#src/sheet/run-bar.tsx";
import type { ImageId } from "#src/domain/image.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import {
  createJudging,
  nextUnjudged,
  queueNow,
  type Judging,
  type JudgingDesk,
} from "./judging/judging.ts";
import type { RowsByImage } from "#src/state/sheet/per-image.ts";
import { ageRecipe, canAsk, createFaces, type Face, outcomeOf, type Faces } from "./grid/faces.ts";
import type { JudgeKey } from "./judging/judgements.ts";
import { type AgeCheckSettings, parseAgeCheck } from "./set-up/settings.ts";
import { ageView, type AgeViewState } from "./view-state.ts";
import { modelById } from "#src/catalog/find-models.ts";
import { partCounts } from "#src/state/pictures/parts.ts";
import { hasEnded } from "#src/domain/task.ts";
import { createContext, use, useMemo } from "react";
import { useStore } from "zustand";
import { useServices, useSetting } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";

/** Everything that a press or a key in Age check does. */
export interface AgeDesk extends JudgingDesk, Judging {
  /** The faces of rows that are at hand, so that screen and desk make them only once. */
  facesOf: (source: RowsByImage) => Faces;
  /** Asks the models what is missing, or what failed. */
  run: (which: "missing" | "failed") => void;
  /** Puts a face on the stage; the first without a judgement if none is named. */
  showStage: (imageId?: ImageId) => void;
  showGrid: () => void;
  move: (by: 1 | -1) => void;
  /** The clock of a face starts again or, if the page was left, is given up. */
  breakClock: () => void;
}

/** Makes the desk of one open sheet. */
export function createAgeDesk(
  open: OpenSheet,
  { reviewer, now }: { reviewer: () => string; now: () => number },
): AgeDesk {
  const view = ageView(open);
  const facesOf = createFaces();
  const faces = () => facesOf(open.store.getState());
  const settings = createSettingsReader(open);
  const nameOf = () => (reviewer().trim() === "" ? null : reviewer().trim());
  const judge = (): JudgeKey => `by:${nameOf() ?? ""}`;
  const desk: JudgingDesk = {
    open,
    view,
    faces,
    settings,
    change: (changed) => report(open.saveSettings({ ageCheck: { ...settings(), ...changed } })),
    judge,
    reviewer: nameOf,
    now,
    goTo: (currentId) => view.setState({ currentId, shownAt: now(), typed: "", asksTruth: false }),
  };
  return {
    ...desk,
    facesOf,
    ...createJudging(desk),
    run: (which) => {
      const { missing, retriable } = askingOf([...faces().values()], settings().modelIds);
      const asked =
        which === "failed"
          ? retriable
          : [...missing].flatMap(([modelId, ids]) => ids.map((imageId) => ({ imageId, modelId })));
      const questions = asked.map(({ imageId, modelId }) => ({
        imageId,
        recipe: ageRecipe(modelId),
        repeat: 1,
      }));
      if (questions.length > 0)
        report(open.runs.start({ askedBy: "age-check", questions, reuse: true }));
    },
    showStage: (imageId) => {
      const first = imageId ?? nextUnjudged(desk, null) ?? queueNow(desk)[0] ?? null;
      view.setState({ mode: "stage", focus: null });
      desk.goTo(first);
    },
    showGrid: () => view.setState({ mode: "grid", asksTruth: false, typed: "" }),
    move: (by) => {
      const ids = queueNow(desk);
      const at = ids.indexOf(view.getState().currentId ?? "");
      const next = ids[Math.min(ids.length - 1, Math.max(0, at + by))];
      if (next !== undefined) desk.goTo(next);
    },
    breakClock: () => view.setState({ shownAt: null }),
  };
}

function createSettingsReader(open: OpenSheet): () => AgeCheckSettings {
  let read: { stored: unknown; settings: AgeCheckSettings } | null = null;
  return () => {
    const stored = open.store.getState().sheet.ageCheck;
    if (read === null || read.stored !== stored) read = { stored, settings: parseAgeCheck(stored) };
    return read.settings;
  };
}

/** The desk of the open view, for its parts. */
export const AgeDeskContext = createContext<AgeDesk | null>(null);

/** Makes the desk for the open sheet, once. */
export function useNewAgeDesk(): AgeDesk {
  const open = useOpenSheet();
  const { sheets, settings } = useServices();
  return useMemo(
    () => createAgeDesk(open, { reviewer: () => settings.read().reviewer, now: sheets.now }),
    [open, sheets, settings],
  );
}

/** The desk. Throws outside the view. */
export function useAgeDesk(): AgeDesk {
  const desk = use(AgeDeskContext);
  if (desk === null) throw new Error("AgeDeskContext is missing");
  return desk;
}

/** A part of where the user is in the view. */
export function useAgeView<Part>(selector: (state: AgeViewState) => Part): Part {
  return useStore(useAgeDesk().view, selector);
}

/** What the sheet stores for Age check. */
export function useAgeSettings(): AgeCheckSettings {
  const stored = useSheet((state) => state.sheet.ageCheck);
  return useMemo(() => parseAgeCheck(stored), [stored]);
}

/** All faces of the sheet, in its order. */
export function useFaces(): Faces {
  const order = useSheet((state) => state.order);
  const images = useSheet((state) => state.images);
  const tasks = useSheet((state) => state.tasks);
  const marks = useSheet((state) => state.marks);
  const { facesOf } = useAgeDesk();
  return useMemo(
    () => facesOf({ order, images, tasks, marks }),
    [facesOf, order, images, tasks, marks],
  );
}

/** Who judges now. */
export function useJudge(): JudgeKey {
  const [reviewer] = useSetting("reviewer");
  return `by:${reviewer.trim()}`;
}

/** The state of the questions of all chosen models. */
export interface Asking extends RunCounts {
  /** Questions not asked yet, by model. */
  missing: ReadonlyMap<string, readonly ImageId[]>;
  /** Questions that failed and can be asked again. */
  retriable: readonly { imageId: ImageId; modelId: string }[];
}

/** Counts the questions of these models about these faces. */
export function askingOf(faces: readonly Face[], modelIds: readonly string[]): Asking {
  // A file may name others, and a stranger's models are not asked.
  const known = modelIds.filter((id) => modelById(id)?.answers === "age");
  const missing = new Map<string, ImageId[]>(known.map((id) => [id, []]));
  const retriable: { imageId: ImageId; modelId: string }[] = [];
  const counts = { total: 0, done: 0, unended: 0, failed: 0, unanswered: 0 };
  const split = partCounts(faces.map(({ image }) => image));
  for (const face of faces) {
    const imageId = face.image.id;
    // The parts of a split image are asked about instead.
    const isAskable = canAsk(face) && !split.has(imageId);
    for (const modelId of known) {
      const task = face.tasks.get(modelId);
      const isOut = task !== undefined && !hasEnded(task);
      const outcome = outcomeOf(face, modelId);
      if (outcome === null && !isOut && !isAskable) continue;
      counts.total += 1;
      if (isOut) counts.unended += 1;
      else if (outcome === null) missing.get(modelId)?.push(imageId);
      else if (outcome.kind === "group") counts.done += 1;
      else if (task?.state.phase === "failed") {
        counts.failed += 1;
        if (isAskable) retriable.push({ imageId, modelId });
      } else counts.unanswered += 1;
    }
  }
  return { ...counts, missing, retriable };
}
