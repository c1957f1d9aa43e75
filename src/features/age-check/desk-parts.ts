import type { StoreApi } from "zustand/vanilla";
import type { ImageId } from "#src/domain/image.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import type { Face } from "./grid/faces.ts";
import type { JudgeKey } from "./judging/judgements.ts";
import type { AgeCheckSettings } from "./set-up/settings.ts";
import type { AgeViewState } from "./view-state.ts";

/** What the parts of the desk share. */
export interface AgeDeskParts {
  open: OpenSheet;
  view: StoreApi<AgeViewState>;
  faces: () => ReadonlyMap<ImageId, Face>;
  settings: () => AgeCheckSettings;
  change: (settings: Partial<AgeCheckSettings>) => void;
  judge: () => JudgeKey;
  /** The name that judgements are signed with; null for none. */
  reviewer: () => string | null;
  now: () => number;
  goTo: (imageId: ImageId | null) => void;
}
