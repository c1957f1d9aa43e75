import type { StoreApi } from "zustand/vanilla";
import type { ImageId } from "#src/domain/image.ts";
import type { Judgement } from "#src/domain/mark.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { AgeDeskParts } from "./desk-parts.ts";
import type { RowsByImage } from "#src/state/sheet/per-image.ts";
import { createFaces, type Face } from "./grid/faces.ts";
import type { JudgeKey } from "./judging/judgements.ts";
import { createJudging, type Judging } from "./judging/judging.ts";
import { nextUnjudged, queueOf } from "./judging/queue.ts";
import { createAgeRuns, type AgeRuns } from "./age-runs.ts";
import { parseAgeCheck, type AgeCheckSettings } from "./set-up/settings.ts";
import { ageView, type AgeViewState } from "./view-state.ts";

/** Everything that a press or a key in Age check does. */
export interface AgeDesk extends Judging, AgeRuns {
  open: OpenSheet;
  view: StoreApi<AgeViewState>;
  faces: () => ReadonlyMap<ImageId, Face>;
  /** The same for rows that are at hand, so that screen and desk make them only once. */
  facesOf: (source: RowsByImage) => ReadonlyMap<ImageId, Face>;
  settings: () => AgeCheckSettings;
  change: (settings: Partial<AgeCheckSettings>) => void;
  /** Who judges now. */
  judge: () => JudgeKey;
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
  const goTo = (currentId: ImageId | null) =>
    view.setState({ currentId, shownAt: now(), typed: "", asksTruth: false });
  const parts: AgeDeskParts = {
    open,
    view,
    faces,
    settings,
    change: (changed) => report(open.saveSettings({ ageCheck: { ...settings(), ...changed } })),
    judge,
    reviewer: nameOf,
    now,
    goTo,
  };
  const queue = () => queueOf(open.store.getState().order, settings());
  return {
    ...parts,
    facesOf,
    ...createJudging(parts),
    ...createAgeRuns(parts),
    showStage: (imageId) => {
      const first = imageId ?? nextUnjudged(queue(), null, parts) ?? queue()[0] ?? null;
      view.setState({ mode: "stage", focus: null });
      goTo(first);
    },
    showGrid: () => view.setState({ mode: "grid", asksTruth: false, typed: "" }),
    move: (by) => {
      const ids = queue();
      const at = ids.indexOf(view.getState().currentId ?? "");
      const next = ids[Math.min(ids.length - 1, Math.max(0, at + by))];
      if (next !== undefined) goTo(next);
    },
    breakClock: () => view.setState({ shownAt: null }),
  };
}

/** The words for a judgement in a sentence: "13–20", "no face". */
export function judgementText(judgement: Judgement): string {
  switch (judgement.kind) {
    case "age":
      return `${judgement.years}`;
    case "range":
      return judgement.label;
    case "wrong":
      return "not what the model said";
    case "no-face":
      return "no face";
    case "several-faces":
      return "several faces";
    case "unusable":
      return "unusable";
    case "unsure":
      return "unsure";
  }
}

function createSettingsReader(open: OpenSheet): () => AgeCheckSettings {
  let read: { stored: unknown; settings: AgeCheckSettings } | null = null;
  return () => {
    const stored = open.store.getState().sheet.ageCheck;
    if (read === null || read.stored !== stored) read = { stored, settings: parseAgeCheck(stored) };
    return read.settings;
  };
}
