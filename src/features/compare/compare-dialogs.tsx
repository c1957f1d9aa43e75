import { EnlargedPicture } from "#src/sheet/frame.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { CellDialog } from "./grid/cell-dialog.tsx";
import { ColumnDialog } from "./columns/column-dialog.tsx";
import { type Comparison, useDesk } from "./compare-desk.ts";
import { useCompareView } from "./view-state.ts";
import { PresentDialog } from "./stage/present-dialog.tsx";
import { StageDialog } from "./stage/stage-dialog.tsx";
import type { ReactNode } from "react";
import type { ComparedRow } from "#src/domain/comparison.ts";
import { imageName } from "#src/domain/image.ts";
import { shortened } from "#src/lib/shortened.ts";
import { useDraft } from "#src/state/use-draft.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { visibleReference } from "./voting/blind-rules.ts";

// Only the ranking needs charts and their scales.
const RankingDialog = lazyPart(
  async () => (await import("./ranking/ranking-dialog.tsx")).RankingDialog,
  { giveUp: ({ onClose }) => onClose() },
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

// As for a prompt: little enough to redraw at every keystroke.
const MOST_TYPED_CHARACTERS = 10_000;

interface RowDialogProps {
  row: ComparedRow;
  onClose: () => void;
}

/** What a row's answers ought to say, in the user's words. */
function ReferenceDialog({ row, onClose }: RowDialogProps) {
  const { votes, columns } = useDesk();
  const reference = visibleReference(row, columns.settings().blind);
  const typed = reference?.from === "person" ? reference.text : "";
  return (
    <TextDialog
      title={`Reference for ${imageName(row.image)}`}
      label="Reference"
      hint={
        reference?.from === "column"
          ? `A column’s answer is used until one is typed: “${shortened(reference.text, 300)}”`
          : "Choose “Words the reference lacks” above the pictures to compare answers with it. An empty one removes it."
      }
      field={`reference/${row.image.id}`}
      text={typed}
      onSave={(text) => votes.setReference(row.image.id, text)}
      onClose={onClose}
    />
  );
}

/** A few words with a vote. */
function NoteDialog({ row, onClose }: RowDialogProps) {
  const { votes } = useDesk();
  if (row.vote.kind !== "cast")
    return (
      <Dialog title="Note" onClose={onClose}>
        <p>A note belongs to a vote: vote on this row first.</p>
      </Dialog>
    );
  return (
    <TextDialog
      title={`Note on the vote on ${imageName(row.image)}`}
      label="Note"
      hint="It is kept with the vote, and exported with it."
      field={`note/${row.image.id}`}
      text={row.vote.mark.note ?? ""}
      onSave={(text) => votes.note(row.image.id, text)}
      onClose={onClose}
    />
  );
}

interface TextDialogProps {
  title: string;
  label: string;
  hint: ReactNode;
  /** Names the draft. */
  field: string;
  text: string;
  onSave: (text: string) => void;
  onClose: () => void;
}

function TextDialog({ title, label, hint, field, text, onSave, onClose }: TextDialogProps) {
  const [draft, setDraft] = useDraft(field, text);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="strong"
            onClick={() => {
              onSave(draft);
              onClose();
            }}
          >
            Save
          </Button>
        </>
      }
    >
      <Field label={label} hint={hint}>
        {(control) => (
          <textarea
            {...control}
            dir="auto"
            className={`${controlLook} max-h-[50dvh] min-h-28 resize-y`}
            value={draft}
            maxLength={MOST_TYPED_CHARACTERS}
            onChange={(event) => setDraft(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
