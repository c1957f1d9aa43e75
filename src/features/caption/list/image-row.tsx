import { memo, type Ref } from "react";
import type { Field, FieldId } from "#src/domain/field.ts";
import { folderOf, frameText } from "#src/domain/frame.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { classNames } from "#src/lib/class-names.ts";
import { FramePicture, referenceText } from "#src/sheet/frame.tsx";
import { SplitNote } from "#src/features/caption/texts/split-note.tsx";
import { useFrameNotes } from "#src/sheet/picture-notes.ts";
import { RoleNote } from "#src/features/caption/checks/role-note.tsx";
import { FirstProblem } from "#src/features/caption/checks/problem-notes.tsx";
import type { Common } from "#src/features/caption/listing/listing.ts";
import type { TextProblem } from "#src/features/caption/listing/problems.ts";
import { RowMenu } from "#src/features/caption/texts/row-menu.tsx";
import { ReviewTick } from "#src/features/caption/texts/review-tick.tsx";
import { SelectBox } from "#src/features/caption/texts/select-box.tsx";
import { TextEditor } from "#src/features/caption/texts/text-editor.tsx";
import { AnswersFacts, LengthMeter } from "#src/features/caption/texts/text-facts.tsx";
import { TextTools, Unsaved } from "#src/features/caption/texts/text-tools.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Highlighted } from "#src/ui/highlighted.tsx";
import type { RowActions } from "./row-actions.ts";
import { RowAnswer } from "./row-answer.tsx";
import type { Standing, TextStanding } from "./standing.ts";

export interface ImageRowProps {
  image: SheetImage;
  facts: PictureFacts | null;
  standing: Standing;
  /** What is wrong with its texts, the most telling first. */
  problems: readonly TextProblem[];
  common: Common;
  /** Among all items of the list, heads of folders included. */
  index: number;
  /** From 1, among the `total` listed images. */
  position: number;
  total: number;
  /** Whether it stands at an end of its folder. */
  isFirst: boolean;
  isLast: boolean;
  /** Whether its folder stands before its name: if no head above it says so. */
  isFolderShown: boolean;
  isActive: boolean;
  isSelected: boolean;
  /** The field whose text is being edited. */
  editedField: FieldId | null;
  startPx: number;
  measure: Ref<HTMLElement>;
  actions: RowActions;
}

/** One image with its texts: an article named by its file. */
export const ImageRow = memo(function ImageRow(props: ImageRowProps) {
  const { image, index, isActive, isSelected, editedField, measure, actions } = props;
  const name = imageName(image);
  return (
    <article
      ref={measure}
      data-index={index}
      data-image-id={image.id}
      aria-label={name}
      aria-posinset={props.position}
      aria-setsize={props.total}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the articles of a feed take the focus, one at a time
      tabIndex={isActive ? 0 : -1}
      onFocusCapture={() => actions.activate(image.id)}
      style={{ transform: `translateY(${props.startPx}px)` }}
      className={classNames(
        "group/row absolute inset-x-0 top-0 grid min-h-13.25 grid-cols-[2.375rem_4.8125rem_minmax(0,1fr)_auto] overflow-clip border-x border-b border-line bg-sheet",
        "max-sm:min-h-24 max-sm:grid-cols-[6rem_minmax(0,1fr)] max-sm:grid-rows-[1.75rem_auto]",
        // A ring of its own: pictures would lie over an outline.
        "outline-hidden after:pointer-events-none after:absolute after:inset-0 after:rounded-[4px] after:border-focus focus-visible:after:border-2",
        props.isFirst && "rounded-t border-t",
        props.isLast && "rounded-b",
        isSelected && "bg-paper",
        editedField !== null && "after:border-2",
      )}
    >
      <div className="flex flex-col items-center justify-center gap-1.5 bg-film font-mono text-[0.6875rem] leading-none font-medium text-edge max-sm:flex-row max-sm:justify-between max-sm:px-2">
        <span aria-hidden="true">{frameText(image)}</span>
        <SelectBox
          image={image}
          name={name}
          isSelected={isSelected}
          isReachable={isActive}
          className="size-3.5"
          actions={actions}
        />
      </div>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Enlarge ${name}`}
        className="relative cursor-zoom-in overflow-hidden bg-film max-sm:col-start-1 max-sm:row-start-2 max-sm:flex max-sm:items-start"
        onClick={() => actions.enlarge(image.id)}
      >
        <FramePicture
          image={image}
          className="pointer-events-none h-16 w-full sm:absolute! sm:inset-px sm:h-auto sm:w-auto"
        />
      </button>
      <RowBody {...props} name={name} />
      <div className="flex items-center gap-0.5 px-2 max-sm:absolute max-sm:right-0.5 max-sm:bottom-0 max-sm:p-0">
        <ReviewTick
          name={name}
          isReviewed={props.standing.reviewed}
          isReachable={isActive}
          onPress={() => actions.review([image.id])}
        />
        <RowMenu
          image={image}
          standing={props.standing}
          hasProblems={props.problems.length > 0}
          isReachable={isActive}
          actions={actions}
        />
      </div>
    </article>
  );
});

function RowBody(props: ImageRowProps & { name: string }) {
  const { image, standing, editedField, actions } = props;
  const fields = useSheet((state) => state.sheet.fields);
  return (
    <div
      className={classNames(
        "flex min-w-0 flex-col justify-center py-0.5 pl-3 max-sm:col-start-2 max-sm:row-span-2 max-sm:row-start-1 max-sm:justify-start max-sm:py-1.5 max-sm:pr-2.5",
        editedField !== null && "gap-1 py-1.5",
      )}
    >
      {standing.texts.map((text) => {
        const field = fields.find(({ id }) => id === text.fieldId);
        return field === undefined ? null : (
          <RowText
            key={text.fieldId}
            image={image}
            text={text}
            field={field}
            isNamed={fields.length > 1}
            isEditing={editedField === text.fieldId}
            isActive={props.isActive}
            actions={actions}
          />
        );
      })}
      <RowFacts {...props} fields={fields} />
    </div>
  );
}

interface RowTextProps extends Pick<ImageRowProps, "image" | "actions" | "isActive"> {
  text: TextStanding;
  field: Field;
  /** Whether the field’s name stands before it: if the sheet has several. */
  isNamed: boolean;
  isEditing: boolean;
}

function RowText({ image, text, field, isNamed, isActive, actions, ...props }: RowTextProps) {
  return (
    <div
      className={classNames(
        "group/text relative min-w-0",
        isNamed && "sm:grid sm:grid-cols-[5.5rem_minmax(0,1fr)] sm:items-baseline",
      )}
    >
      {isNamed && (
        <p className="truncate pr-2 text-xs text-ink-2 max-sm:pt-0.5" title={field.name}>
          {field.name}
        </p>
      )}
      {props.isEditing ? (
        <TextEditor image={image} text={text} field={field} isNamed={isNamed} actions={actions} />
      ) : (
        <div className="min-w-0 sm:pr-22">
          <RowAnswer image={image} text={text} field={field} actions={actions} />
          {isNamed && (text.text ?? "") !== "" && (
            <span className="absolute top-0.75 right-1 group-focus-within/row:invisible group-hover/row:invisible group-focus/row:invisible max-sm:hidden">
              <LengthMeter text={text.text ?? ""} limit={field.limit} />
            </span>
          )}
          <TextTools
            image={image}
            text={text}
            fieldName={isNamed ? field.name : null}
            isReachable={isActive}
            className="absolute top-0 right-0"
            actions={actions}
          />
        </div>
      )}
    </div>
  );
}

interface RowFactsProps extends ImageRowProps {
  name: string;
  fields: readonly Field[];
}

/** What there is to know of an image beside its texts, on one quiet line. */
function RowFacts({
  image,
  facts,
  standing,
  common,
  fields,
  editedField,
  ...props
}: RowFactsProps) {
  const folder = folderOf(image);
  const notes = useFrameNotes(image, facts);
  const [first] = standing.texts;
  const [onlyField] = fields;
  const only = standing.texts.length === 1 && editedField === null ? first : undefined;
  return (
    <div
      className={classNames(
        "figures flex min-h-5 min-w-0 flex-wrap items-center gap-x-3.5 gap-y-0.5 text-ink-2 max-sm:gap-x-2.5 max-sm:pr-20",
        fields.length > 1 && "sm:pl-22",
      )}
    >
      <span
        className="max-w-full min-w-0 truncate sm:max-w-[55%]"
        title={folder === "" ? props.name : `${folder}/${props.name}`}
      >
        {props.isFolderShown && folder !== "" && (
          <bdi>
            <Highlighted text={`${folder}/`} />
          </bdi>
        )}
        <bdi className="text-ink">
          <Highlighted text={props.name} />
        </bdi>
      </span>
      {only !== undefined && (only.text ?? "") !== "" && (
        <LengthMeter text={only.text ?? ""} limit={onlyField?.limit ?? null} />
      )}
      <RoleNote
        image={image}
        standing={standing}
        isReachable={props.isActive}
        actions={props.actions}
      />
      <AnswersFacts standing={standing} common={common} />
      {facts === null && <span>{referenceText(image)}</span>}
      <SplitNote image={image} isReachable={props.isActive} actions={props.actions} />
      {notes.map(
        ({ key, text, short }) =>
          short !== null &&
          key !== "long" && (
            <span key={key} title={text}>
              {short}
            </span>
          ),
      )}
      {standing.texts.map(
        ({ fieldId }) =>
          editedField !== fieldId && (
            <Unsaved
              key={fieldId}
              of={{ imageId: image.id, fieldId }}
              name={props.name}
              actions={props.actions}
            />
          ),
      )}
      <FirstProblem
        imageId={image.id}
        name={props.name}
        standing={standing}
        // The words that are being typed are no longer those that were looked through.
        problems={
          editedField === null
            ? props.problems
            : props.problems.filter(({ fieldId }) => fieldId !== editedField)
        }
        fields={fields}
        isReachable={props.isActive}
        actions={props.actions}
      />
    </div>
  );
}
