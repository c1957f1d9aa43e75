import { useState, type KeyboardEvent } from "react";
import type { ImageId } from "#src/domain/image.ts";
import type { TaskUuid } from "#src/domain/task.ts";
import { useDraft } from "#src/state/use-draft.ts";
import { Button } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { classNames } from "#src/lib/class-names.ts";
import { LengthMeter } from "#src/sheet/length-meter.tsx";

// Past any caption, and little enough that a key is drawn at once.
const MOST_CAPTION_CHARACTERS = 20_000;

interface CaptionEditorProps {
  imageId: ImageId;
  /** Name of the image, for the accessible name. */
  name: string;
  text: string;
  /** The task whose answer is on screen; null where none is. */
  answered: TaskUuid | null;
  /** Told what the person wrote, and which answer was on screen when they began. */
  onSave: (text: string, seen: TaskUuid | null) => void;
  /** Ends editing; what was typed is dropped where it was not saved. */
  onEnd: () => void;
  /** Saves and goes on editing the next or previous image. */
  onMove: (by: 1 | -1) => void;
}

/** A caption under the person's hand. Enter and leaving the field save, Shift+Enter breaks the line, Escape drops. */
export function CaptionEditor({ imageId, name, text, answered, ...on }: CaptionEditorProps) {
  const { onSave, onEnd, onMove } = on;
  // As it was when editing began: an answer that comes while the person types was not seen, and its words are not theirs.
  const [begun] = useState({ text, answered });
  const [draft, setDraft] = useDraft(`caption/${imageId}`, text);
  const save = () => {
    if (draft !== begun.text) onSave(draft, begun.answered);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      save();
      onMove(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.shiftKey && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      save();
      onEnd();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      onEnd();
    }
  };
  return (
    <div
      onBlur={(event) => {
        // Pressing a button of the editor is not leaving it.
        if (event.currentTarget.contains(event.relatedTarget)) return;
        save();
        onEnd();
      }}
    >
      <textarea
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the person just asked to edit this very text
        autoFocus
        aria-label={`Caption of ${name}`}
        className={classNames(
          controlLook,
          "field-sizing-content max-h-[60dvh] min-h-18 text-caption!",
        )}
        value={draft}
        maxLength={MOST_CAPTION_CHARACTERS}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => {
          const end = event.target.value.length;
          event.target.setSelectionRange(end, end);
        }}
        onKeyDown={onKeyDown}
      />
      <EditorFoot
        text={draft}
        onCancel={onEnd}
        onSave={() => {
          save();
          onEnd();
        }}
      />
    </div>
  );
}

function EditorFoot({
  text,
  onCancel,
  onSave,
}: {
  text: string;
  onCancel: () => void;
  onSave: () => void;
}) {
  return (
    <div className="figures mt-2 flex flex-wrap items-center gap-3.5 text-ink-2">
      <LengthMeter text={text} />
      <span className="ml-auto flex gap-1 font-sans">
        <Button look="mini" onClick={onCancel} keys="Escape">
          Cancel
        </Button>
        <Button look="mini" onClick={onSave} keys="Enter">
          Save
        </Button>
      </span>
    </div>
  );
}
