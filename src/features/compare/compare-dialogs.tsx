import { EnlargedPicture } from "#src/sheet/enlarged-picture.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { CellDialog } from "./grid/cell-dialog.tsx";
import { ColumnDialog } from "./columns/column-dialog.tsx";
import type { Comparison } from "./compare-desk.ts";
import { useCompareStore } from "./compare-store.ts";
import { PresentDialog } from "./stage/present-dialog.tsx";
import { StageDialog } from "./stage/stage-dialog.tsx";
import { NoteDialog, ReferenceDialog } from "./columns/text-dialogs.tsx";

// Charts and their scales come with the ranking alone.
const RankingDialog = lazyPart(
  async () => (await import("./ranking/ranking-dialog.tsx")).RankingDialog,
  {
    giveUp: ({ onClose }) => onClose(),
  },
);

/** What lies over the grid, one at a time. Loaded when first opened. */
export function CompareDialogs({ comparison }: { comparison: Comparison }) {
  const dialog = useCompareStore((state) => state.dialog);
  const open = useCompareStore((state) => state.open);
  const imageId = dialog !== null && "imageId" in dialog ? dialog.imageId : "";
  const image = useSheet((state) => state.images.get(imageId));
  const row = comparison.rows.get(imageId);
  const close = () => open(null);
  if (dialog === null) return null;
  switch (dialog.kind) {
    case "column":
      return <ColumnDialog {...dialog} key={dialog.column.id} onClose={close} />;
    case "enlarge":
      return image === undefined ? null : <EnlargedPicture image={image} onClose={close} />;
    case "cell":
      return row === undefined ? null : (
        <CellDialog row={row} columns={comparison.columns} index={dialog.index} onClose={close} />
      );
    case "reference":
      return row === undefined ? null : <ReferenceDialog row={row} onClose={close} />;
    case "note":
      return row === undefined ? null : <NoteDialog row={row} onClose={close} />;
    case "ranking":
      return <RankingDialog comparison={comparison} onClose={close} />;
    case "stage":
      return <StageDialog comparison={comparison} onClose={close} />;
    case "present":
      return <PresentDialog comparison={comparison} onClose={close} />;
  }
}
