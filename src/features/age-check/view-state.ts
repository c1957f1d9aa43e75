import type { ImageId } from "#src/domain/image.ts";
import { createSheetView } from "#src/state/sheet/use-sheet.ts";
import type { Scope } from "./grid/cases.ts";
import type { TruthChoice } from "./judging/judgements.ts";

/** What covers the view. */
export type AgeDialog =
  | { kind: "sample" }
  | { kind: "truth" }
  | { kind: "merge" }
  | { kind: "enlarge"; imageId: ImageId };

/** Images that a figure is made from, for looking at them. */
export interface Focus {
  label: string;
  imageIds: readonly ImageId[];
}

/** Where the user is in Age check. */
export interface AgeViewState {
  mode: "grid" | "stage";
  /** On a phone there is room for only one of the two. */
  panel: "faces" | "figures";
  /** The face on the stage, or the one that keys act on in the grid. */
  currentId: ImageId | null;
  /** The time since which the face has been looked at without a break, epoch milliseconds; null if there was one. */
  shownAt: number | null;
  /** Digits typed so far of an exact age. */
  typed: string;
  /** After "wrong": the true group is asked for. */
  asksTruth: boolean;
  /** Judgements that are being written; they count as judged for moving on. */
  pending: ReadonlySet<ImageId>;
  /** Faces whose verdicts the user asked to see. */
  revealed: ReadonlySet<ImageId>;
  /** The face judged last, for the line that reveals it. */
  lastId: ImageId | null;
  focus: Focus | null;
  order: "sheet" | "least-sure" | "disagreement";
  /** Null for the scope of what is under review. */
  scope: Scope | null;
  /** Whose figures are shown; null for the first model. */
  modelId: string | null;
  choice: TruthChoice;
  /** Whether exported files name the pictures. */
  withNames: boolean;
  dialog: AgeDialog | null;
}

const NO_IMAGES: ReadonlySet<ImageId> = new Set();

export const ageView = createSheetView<AgeViewState>({
  mode: "grid",
  panel: "faces",
  currentId: null,
  shownAt: null,
  typed: "",
  asksTruth: false,
  pending: NO_IMAGES,
  revealed: NO_IMAGES,
  lastId: null,
  focus: null,
  order: "sheet",
  scope: null,
  modelId: null,
  choice: "anyone",
  withNames: false,
  dialog: null,
});

/** The set with one more, or one fewer. */
export function withMember(
  set: ReadonlySet<ImageId>,
  id: ImageId,
  isIn: boolean,
): ReadonlySet<ImageId> {
  const next = new Set(set);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
}
