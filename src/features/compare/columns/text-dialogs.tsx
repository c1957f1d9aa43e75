import type { ReactNode } from "react";
import type { ComparedRow } from "#src/domain/comparison.ts";
import { imageName } from "#src/domain/image.ts";
import { shortened } from "#src/lib/shortened.ts";
import { useDraft } from "#src/state/use-draft.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { visibleReference } from "#src/features/compare/voting/blind-rules.ts";
import { useDesk } from "#src/features/compare/compare-desk.ts";

// As for a prompt: little enough to redraw at every keystroke.
const MOST_TYPED_CHARACTERS = 10_000;

interface RowDialogProps {
  row: ComparedRow;
  onClose: () => void;
}

/** What a row's answers ought to say, in the user's words. */
export function ReferenceDialog({ row, onClose }: RowDialogProps) {
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
export function NoteDialog({ row, onClose }: RowDialogProps) {
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
