import { useStore } from "zustand";
import { counted } from "#src/lib/counted.ts";
import { shortened } from "#src/lib/shortened.ts";
import { useDraft } from "#src/state/use-draft.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook, Field } from "#src/ui/field.tsx";
import { pasteChoice } from "./paste-choice.ts";
import { type ReadReferences, readReferences } from "./read-references.ts";
import { useAdd } from "./use-add.ts";

/** Adds pictures that stay where they are: by web address or Runware image UUID, several lines at once. */
export function ReferencesDialog({ onClose }: { onClose: () => void }) {
  const add = useAdd();
  const [text, setText] = useDraft("references", "");
  const { references, pages, unread } = readReferences(text);
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
        error={errorText(unread, pages)}
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

function errorText(
  unread: readonly string[],
  [page, ...others]: ReadReferences["pages"],
): string | null {
  const parts = [
    unread.length === 0 ? "" : `Neither an address nor a UUID: ${firstOf(unread)}`,
    page === undefined ? "" : `${page.address}: ${page.text}`,
    others.length === 0 ? "" : `No pictures either: ${firstOf(others.map((one) => one.address))}`,
  ].filter((part) => part !== "");
  return parts.length === 0 ? null : parts.join(" · ");
}

function firstOf(words: readonly string[]): string {
  const left = words.length - 3;
  return `${words.slice(0, 3).join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

const MOST_LETTERS = 300;

/** Asks which of the two is meant if a paste is both text and a picture of it. */
export function PasteDialog({ onClose }: { onClose: () => void }) {
  const { text, addresses, takePicture, takeText } = useStore(pasteChoice);
  return (
    <Dialog
      title="The picture or the text?"
      onClose={onClose}
      footer={
        <>
          <Button
            onClick={() => {
              onClose();
              takeText();
            }}
          >
            {addresses > 0
              ? `Add ${counted(addresses, "address", "addresses")}`
              : "Read the text as captions"}
          </Button>
          <Button
            look="strong"
            onClick={() => {
              onClose();
              takePicture();
            }}
          >
            Add the picture
          </Button>
        </>
      }
    >
      <p className="mb-3 text-pretty">
        What you pasted is text and a picture of it. Choose which of them to add.
      </p>
      <p className="border-l-2 border-line-2 pl-3 text-control wrap-anywhere whitespace-pre-line text-ink-2">
        {shortened(text.trim(), MOST_LETTERS)}
      </p>
    </Dialog>
  );
}
