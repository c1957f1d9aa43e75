import { EnlargedPicture } from "#src/sheet/frame.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { CellDialog } from "./grid/cell-dialog.tsx";
import { ColumnDialog } from "./columns/column-dialog.tsx";
import type { Comparison } from "./compare-desk.ts";
import { useCompareView } from "./view-state.ts";
import { PresentDialog } from "./stage/present-dialog.tsx";
import { StageDialog } from "./stage/stage-dialog.tsx";
import { NoteDialog, ReferenceDialog } from "./columns/text-dialogs.tsx";

// Only the ranking needs charts and their scales.
const RankingDialog = lazyPart(
  async () => (await import("./ranking/ranking-dialog.tsx")).RankingDialog,
  {
    giveUp: ({ onClose }) => onClose(),
  },
);

/** What covers the grid, one at a time. Loaded when first opened. */
export function CompareDialogs({
  comparison,
  onClose,
}: {
  comparison: Comparison;
  onClose: () => void;
}) {
  const dialog = useCompareView((state) => state.dialog);
  const imageId = dialog !== null && "imageId" in dialog ? dialog.imageId : "";
  const image = useSheet((state) => state.images.get(imageId));
  const row = comparison.rows.get(imageId);
  if (dialog === null) return null;
  switch (dialog.kind) {
    case "column":
      return <ColumnDialog {...dialog} key={dialog.column.id} onClose={onClose} />;
    case "enlarge":
      return image === undefined ? null : <EnlargedPicture image={image} onClose={onClose} />;
    case "cell":
      return row === undefined ? null : (
        <CellDialog row={row} columns={comparison.columns} index={dialog.index} onClose={onClose} />
      );
    case "reference":
      return row === undefined ? null : <ReferenceDialog row={row} onClose={onClose} />;
    case "note":
      return row === undefined ? null : <NoteDialog row={row} onClose={onClose} />;
    case "ranking":
      return <RankingDialog comparison={comparison} onClose={onClose} />;
    case "stage":
      return <StageDialog comparison={comparison} onClose={onClose} />;
    case "present":
      return <PresentDialog comparison={comparison} onClose={onClose} />;
  }
}
