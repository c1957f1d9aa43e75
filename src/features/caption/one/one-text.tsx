import type { KeyboardEvent } from "react";
import type { Field } from "#src/domain/field.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import { AnswerState } from "#src/features/caption/list/row-answer.tsx";
import { canEdit, type Standing, type TextStanding } from "#src/features/caption/list/standing.ts";
import { useTagCompletion } from "#src/features/caption/tags/tag-completion.tsx";
import { editorKey, MOST_CAPTION_CHARACTERS } from "#src/features/caption/texts/text-editor.tsx";
import { AllProblems } from "#src/features/caption/checks/problem-notes.tsx";
import type { TextProblem } from "#src/features/caption/listing/problems.ts";
import { ExistingFact, LengthMeter } from "#src/features/caption/texts/text-facts.tsx";
import { askWord, hasHistory } from "#src/features/caption/texts/text-tools.tsx";
import { useTyping } from "#src/features/caption/texts/use-typing.ts";
import { edit, captionView } from "#src/features/caption/view-state.ts";
import { AnswerFacts } from "#src/sheet/answer.tsx";
import { estimateText } from "#src/sheet/run-price.tsx";
import { useRunEstimate } from "#src/state/run-estimate.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";

interface OneTextProps {
  image: SheetImage;
  text: TextStanding;
  field: Field;
  isNamed: boolean;
  standing: Standing;
  /** Of this text. */
  problems: readonly TextProblem[];
  actions: RowActions;
}

/** One text of the image that is shown alone: always open for writing, with what there is to know of it. */
export function OneText(props: OneTextProps) {
  const { image, text, field, isNamed, standing, problems, actions } = props;
  const typing = useTyping({ imageId: image.id, text, actions });
  const view = captionView(useOpenSheet());
  const name = imageName(image);
  const label = isNamed ? field.name : "Caption";
  const isOpen = canEdit(text);
  const completion = useTagCompletion({ field, value: typing.value, type: typing.type });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (completion.press(event)) return;
    const by = event.key === "ArrowUp" || event.shiftKey ? -1 : 1;
    switch (editorKey(event)) {
      case "beside":
        typing.save();
        actions.editBeside(typing.place, by);
        break;
      case "save":
        typing.save();
        actions.endEdit();
        break;
      case "takeBack":
        typing.takeBack();
        actions.endEdit();
        break;
      case "field": {
        const next = actions.fieldBeside(typing.place, by);
        if (next === null) return;
        actions.startEdit(next);
        break;
      }
      // Going on is an act of the layout, since it marks the image too.
      case "next":
      case null:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div>
      <div className="mb-1 flex items-center justify-between gap-2 text-xs font-semibold text-ink-2">
        <span>{label}</span>
        {typing.value !== "" && <LengthMeter text={typing.value} limit={field.limit} />}
      </div>
      {text.answers === "text" && (
        <textarea
          data-field={field.id}
          aria-label={`${label} of ${name}`}
          aria-keyshortcuts="Enter Control+Enter Escape"
          lang={field.language ?? undefined}
          spellCheck
          dir="auto"
          readOnly={!isOpen}
          className={classNames(
            controlLook,
            "field-sizing-content max-h-[40dvh] resize-none read-only:bg-paper",
            field.kind === "title" ? "min-h-9" : "min-h-18",
          )}
          value={typing.value}
          maxLength={MOST_CAPTION_CHARACTERS}
          onChange={(event) => typing.type(event.target.value)}
          onFocus={() => isOpen && edit(view, typing.place)}
          onBlur={(event) => {
            // Looking into another window does not count as leaving.
            if (event.target === document.activeElement) return;
            typing.save();
            actions.leaveEdit(typing.place);
          }}
          onKeyDown={onKeyDown}
          {...completion.control}
        />
      )}
      {completion.list}
      <div className="mt-1.5">
        <AnswerState image={image} text={text} actions={actions} />
      </div>
      {!typing.isUnsaved && (
        <AllProblems
          imageId={image.id}
          name={name}
          standing={standing}
          problems={problems}
          fields={[field]}
          isReachable
          actions={actions}
        />
      )}
      <div className="figures mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
        {typing.isUnsaved ? (
          <span className="text-pencil">Not saved yet</span>
        ) : (
          text.edited && <span className="text-pencil">✎ edited</span>
        )}
        <ExistingFact texts={[text]} />
        {text.shown.answered !== null && <AnswerFacts task={text.shown.answered} />}
        <span className="ml-auto flex items-center gap-1 font-sans">
          {hasHistory(text) && (
            <Button
              look="mini"
              aria-label={`History: ${isNamed ? `${field.name.toLowerCase()} of ${name}` : name}`}
              onClick={() => actions.tellHistory(typing.place)}
            >
              History
            </Button>
          )}
          <AskButton {...props} />
        </span>
      </div>
    </div>
  );
}

/** Asks for the text again, and says what that costs. */
function AskButton({ image, field, text, isNamed, actions }: OneTextProps) {
  const estimate = useRunEstimate(new Map([[field.recipe.modelId, 1]]));
  const ask = askWord(text);
  if (ask === null) return null;
  const name = imageName(image);
  return (
    <Button
      aria-label={`${ask}: ${isNamed ? `${field.name.toLowerCase()} of ${name}` : name}`}
      className="py-0.5!"
      onClick={() => actions.ask({ imageId: image.id, fieldId: field.id })}
    >
      {ask}
      <span className="font-normal opacity-80">
        · {estimateText({ ...estimate, seconds: null })}
      </span>
    </Button>
  );
}
