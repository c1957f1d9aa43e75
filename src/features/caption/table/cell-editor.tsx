import { type KeyboardEvent, useRef } from "react";
import type { Field } from "#src/domain/field.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import type { TextStanding } from "#src/features/caption/list/standing.ts";
import { useTagCompletion } from "#src/features/caption/tags/tag-completion.tsx";
import { MOST_CAPTION_CHARACTERS } from "#src/features/caption/texts/text-editor.tsx";
import { useTyping } from "#src/features/caption/texts/use-typing.ts";

/** Where the user goes from a cell that they have edited. */
export type AfterEdit = "stay" | "down" | "right" | "left" | "edit-next";

interface CellEditorProps {
  image: SheetImage;
  text: TextStanding;
  field: Field;
  actions: RowActions;
  onEnd: (then: AfterEdit) => void;
}

/**
 * A cell being edited, as in a spreadsheet: Enter saves and goes down, Tab to the right, Escape takes back, Shift+Enter
 * breaks the line. Ctrl+Enter saves and edits the next one, as in every layout.
 */
export function CellEditor({ image, text, field, actions, onEnd }: CellEditorProps) {
  const typing = useTyping({ imageId: image.id, text, actions });
  // Going on takes the focus away, which would save a second time.
  const isOver = useRef(false);
  const end = (how: "save" | "takeBack", then: () => void) => {
    if (isOver.current) return;
    isOver.current = true;
    typing[how]();
    then();
  };
  const completion = useTagCompletion({ field, value: typing.value, type: typing.type });
  const onKeyDown = (event: KeyboardEvent) => {
    if (completion.press(event)) return;
    const press = cellKey(event);
    if (press === null) return;
    event.preventDefault();
    event.stopPropagation();
    end(press === "stay" ? "takeBack" : "save", () => onEnd(press));
  };
  return (
    <>
      <textarea
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the user just asked to edit this very text
        autoFocus
        aria-label={`${field.name} of ${imageName(image)}`}
        aria-keyshortcuts="Enter Tab Control+Enter Escape"
        lang={field.language ?? undefined}
        spellCheck
        dir="auto"
        className="absolute top-0 left-0 z-10 field-sizing-content max-h-60 min-h-full w-full min-w-64 resize-none rounded-xs border-0 bg-sheet px-2.25 py-1.25 text-control leading-5 text-ink shadow-lg outline-2 outline-focus"
        value={typing.value}
        maxLength={MOST_CAPTION_CHARACTERS}
        onChange={(event) => typing.type(event.target.value)}
        onFocus={(event) => {
          const { length } = event.target.value;
          event.target.setSelectionRange(length, length);
        }}
        onKeyDown={onKeyDown}
        onBlur={(event) => {
          // Looking into another window is not leaving.
          if (event.target !== document.activeElement)
            end("save", () => actions.leaveEdit(typing.place));
        }}
        {...completion.control}
      />
      {completion.list}
    </>
  );
}

/** What a key means while a cell is edited; null if it is typed. */
function cellKey(event: KeyboardEvent): AfterEdit | null {
  if (event.nativeEvent.isComposing || event.altKey) return null;
  const { key, shiftKey } = event;
  if (key === "Escape") return "stay";
  if (key === "Tab") return shiftKey ? "left" : "right";
  if (key !== "Enter" || shiftKey) return null;
  return event.ctrlKey || event.metaKey ? "edit-next" : "down";
}
