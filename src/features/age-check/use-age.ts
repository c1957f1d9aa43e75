import { createContext, use, useMemo } from "react";
import { useStore } from "zustand";
import type { ImageId } from "#src/domain/image.ts";
import { useServices, useSetting } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { createAgeDesk, type AgeDesk } from "./age-desk.ts";
import type { Face } from "./grid/faces.ts";
import type { JudgeKey } from "./judging/judgements.ts";
import { parseAgeCheck, type AgeCheckSettings } from "./set-up/settings.ts";
import type { AgeViewState } from "./view-state.ts";

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
export function useFaces(): ReadonlyMap<ImageId, Face> {
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
