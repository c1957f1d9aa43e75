import { counted } from "#src/lib/counted.ts";
import { useDraft } from "#src/state/use-draft.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { readReferences } from "./create-add.ts";
import { useAdd } from "./use-add.ts";

/** Adds pictures that stay where they are: by web address or Runware image UUID, several lines at once. */
export function ReferencesDialog({ onClose }: { onClose: () => void }) {
  const add = useAdd();
  const [text, setText] = useDraft("references", "");
  const { references, unread } = readReferences(text);
  const submit = () => {
    add.references(references);
    onClose();
  };
  return (
    <Dialog
      title="Add by web address or UUID"
      width="wide"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="strong" disabled={references.length === 0} onClick={submit}>
            Add {counted(references.length, "image")}
          </Button>
        </>
      }
    >
      <p className="mb-3 text-ink-2">
        The service fetches these itself, so they must be reachable from the internet. Nothing is
        uploaded from here, and nothing is removed from the file: location and camera data stay in
        it.
      </p>
      <Field
        label="One web address or Runware image UUID per line"
        error={
          unread.length === 0
            ? null
            : `Neither an address nor a UUID: ${unread.slice(0, 3).join(", ")}${unread.length > 3 ? ` and ${unread.length - 3} more` : ""}`
        }
      >
        {(control) => (
          <textarea
            {...control}
            rows={7}
            spellCheck={false}
            className={`${controlLook} font-mono text-control wrap-anywhere`}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  );
}
