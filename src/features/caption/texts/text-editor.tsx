import { type KeyboardEvent, useEffect, useRef } from "react";
import type { Field } from "#src/domain/field.ts";
import type { SheetImage } from "#src/domain/image.ts";
import { imageName } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import type { TextStanding } from "#src/features/caption/list/standing.ts";
import { useTagCompletion } from "#src/features/caption/tags/tag-completion.tsx";
import { Button } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { KeyHint } from "#src/ui/key-hint.tsx";
import { LengthMeter } from "./text-facts.tsx";
import { useTyping } from "./use-typing.ts";

interface TextEditorProps {
  image: SheetImage;
  text: TextStanding;
  field: Field;
  /** Whether the field’s name is part of the editor’s: if the sheet has several. */
  isNamed: boolean;
  actions: RowActions;
  /** Only the keys, for where there is no room for their words. */
  isSmall?: boolean;
}

// More than any caption, and little enough to redraw at every keystroke.
export const MOST_CAPTION_CHARACTERS = 20_000;

/**
 * A text being edited. Enter and leaving the field save, Ctrl+Enter saves and goes on, Shift+Enter breaks the line,
 * Escape takes back.
 */
export function TextEditor(props: TextEditorProps) {
  const { image, field, isNamed, isSmall = false } = props;
  const editor = useEditing(props);
  const completion = useTagCompletion({ field, value: editor.value, type: editor.type });
  return (
    <div
      onBlur={(event) => {
        // Pressing a button of the editor does not count as leaving it, and neither does looking into another window.
        const isGone = event.target !== document.activeElement;
        if (isGone && !event.currentTarget.contains(event.relatedTarget)) editor.leave();
      }}
    >
      <textarea
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the user just asked to edit this very text
        autoFocus
        aria-label={`${isNamed ? field.name : "Caption"} of ${imageName(image)}`}
        aria-keyshortcuts="Enter Control+Enter Escape"
        lang={field.language ?? undefined}
        spellCheck
        dir="auto"
        className={classNames(
          controlLook,
          "field-sizing-content max-h-[60dvh] min-h-9 resize-none py-1.25",
          isSmall ? "text-control" : "text-[0.875rem]",
        )}
        value={editor.value}
        maxLength={MOST_CAPTION_CHARACTERS}
        onChange={(event) => editor.type(event.target.value)}
        onFocus={(event) => {
          const end = event.target.value.length;
          event.target.setSelectionRange(end, end);
        }}
        onKeyDown={(event) => {
          if (!completion.press(event)) editor.onKeyDown(event);
        }}
        {...completion.control}
      />
      {completion.list}
      <div className="mt-1 flex flex-wrap items-center gap-x-1 gap-y-0.5 text-xs text-ink-2">
        <span className="mr-2">
          <LengthMeter text={editor.value} limit={field.limit} />
        </span>
        <EditorKey keys="$mod+Enter" onPress={editor.saveAndNext} isSmall={isSmall}>
          Save and next
        </EditorKey>
        <EditorKey keys="Enter" onPress={editor.saveAndEnd} isSmall={isSmall}>
          Save
        </EditorKey>
        {!isSmall && (
          <span className="inline-flex items-center gap-1.5 px-2 pointer-coarse:hidden">
            <KeyHint keys="Shift+Enter" className="rounded-xs border border-line-2 px-1" />
            New line
          </span>
        )}
        <EditorKey keys="Escape" onPress={editor.takeBack} isSmall={isSmall}>
          Take back
        </EditorKey>
      </div>
    </div>
  );
}

interface EditorKeyProps {
  keys: string;
  onPress: () => void;
  isSmall: boolean;
  children: string;
}

/** What a key does to the words, for the pointer and the thumb too. */
function EditorKey({ keys, onPress, isSmall, children }: EditorKeyProps) {
  return (
    <Button
      look="mini"
      aria-label={children}
      title={children}
      className="gap-1.5! px-2 py-0.5 text-xs! pointer-coarse:px-3"
      // The field keeps the focus: leaving it would save what is to be taken back.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      <KeyHint keys={keys} className="rounded-xs border border-line-2 px-1 text-ink" />
      <span className={isSmall ? "sr-only pointer-coarse:not-sr-only" : undefined}>{children}</span>
    </Button>
  );
}

function useEditing({ image, text, actions }: TextEditorProps) {
  const { place, ...typing } = useTyping({ imageId: image.id, text, actions });
  // Going on takes the focus away, which would save a second time.
  const isOver = useRef(false);
  const end = (how: "save" | "takeBack", then: () => void): void => {
    if (isOver.current) return;
    isOver.current = true;
    typing[how]();
    then();
  };
  const saveAndEnd = (): void => end("save", actions.endEdit);
  const saveAndNext = (): void => end("save", () => actions.editBeside(place, 1));
  const takeBack = (): void => end("takeBack", actions.endEdit);
  const afterPress = useAfterPress();
  // If the editor closed under the pointer, the rows would move, and the press would hit another.
  const leave = (): void => end("save", () => afterPress(() => actions.leaveEdit(place)));
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === "ArrowUp" || event.shiftKey ? -1 : 1;
    switch (editorKey(event)) {
      case "beside":
        end("save", () => actions.editBeside(place, by));
        break;
      case "next":
        saveAndNext();
        break;
      case "save":
        saveAndEnd();
        break;
      case "takeBack":
        takeBack();
        break;
      case "field": {
        const next = actions.fieldBeside(place, by);
        // Without another field of this image Tab goes where it always goes.
        if (next === null) return;
        end("save", () => actions.startEdit(next));
        break;
      }
      case null:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return { ...typing, saveAndEnd, saveAndNext, takeBack, leave, onKeyDown };
}

/** Returns what does something at once or, while the pointer presses something, once it is released. */
function useAfterPress(): (act: () => void) => void {
  const isDown = useRef(false);
  useEffect(() => {
    const watching = new AbortController();
    const { signal } = watching;
    const listen = (type: string, to: boolean): void =>
      window.addEventListener(type, () => (isDown.current = to), { capture: true, signal });
    listen("pointerdown", true);
    for (const type of ["pointerup", "pointercancel", "blur"]) listen(type, false);
    return () => watching.abort();
  }, []);
  return (act) => {
    if (!isDown.current) return act();
    const late = new AbortController();
    for (const type of ["pointerup", "pointercancel"])
      window.addEventListener(
        type,
        () => {
          late.abort();
          // The click itself comes after.
          setTimeout(act);
        },
        { capture: true, signal: late.signal },
      );
  };
}

/** What a key means in an editor; null if it is typed. */
export function editorKey(
  event: KeyboardEvent,
): "beside" | "next" | "save" | "takeBack" | "field" | null {
  if (event.nativeEvent.isComposing) return null;
  const { key, altKey, shiftKey, metaKey, ctrlKey } = event;
  if (altKey) return key === "ArrowDown" || key === "ArrowUp" ? "beside" : null;
  if (key === "Enter") return metaKey || ctrlKey ? "next" : shiftKey ? null : "save";
  if (key === "Escape") return "takeBack";
  return key === "Tab" ? "field" : null;
}
