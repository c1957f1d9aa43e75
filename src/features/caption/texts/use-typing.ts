import { useRef } from "react";
import type { ImageId } from "#src/domain/image.ts";
import type { TaskUuid } from "#src/domain/task.ts";
import { draftName, type RowActions } from "#src/features/caption/list/row-actions.ts";
import type { TextStanding } from "#src/features/caption/list/standing.ts";
import { dropDraft, holdDraft, useUnsavedDraft } from "#src/state/use-draft.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";

interface TypingParts {
  imageId: ImageId;
  text: TextStanding;
  actions: Pick<RowActions, "saveEdit" | "dropTyped">;
}

/** A text that is being typed. What is typed is held outside the page until it is saved or taken back. */
export function useTyping({ imageId, text, actions }: TypingParts) {
  const open = useOpenSheet();
  const place = { imageId, fieldId: text.fieldId };
  const name = draftName(place);
  const typed = useUnsavedDraft(name);
  const current = text.text ?? "";
  // As it was when typing began: if an answer arrives while the user types, they have not seen it, and its words are
  // not theirs.
  const begun = useRef<{ text: string; seen: TaskUuid | null } | null>(null);
  return {
    place,
    value: typed ?? current,
    isUnsaved: typed !== null,
    type: (words: string): void => {
      begun.current ??= { text: current, seen: seenOf(text) };
      if (words !== begun.current.text) return holdDraft(open, name, words);
      begun.current = null;
      dropDraft(open, name);
    },
    save: (): void => {
      const { seen } = begun.current ?? { seen: seenOf(text) };
      begun.current = null;
      if (typed !== null && typed !== current) actions.saveEdit(place, typed, seen);
      else actions.dropTyped(place);
    },
    takeBack: (): void => {
      begun.current = null;
      actions.dropTyped(place);
    },
  };
}

function seenOf({ shown }: TextStanding): TaskUuid | null {
  return shown.answered?.taskUuid ?? null;
}
