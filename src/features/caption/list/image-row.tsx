import { type KeyboardEvent, memo, type Ref, useState } from "react";
import type { FieldId } from "#src/domain/field.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { classNames } from "#src/lib/class-names.ts";
import { AnswerFacts } from "#src/sheet/answer.tsx";
import { FilmStrip, FramePicture } from "#src/sheet/frame.tsx";
import type { RowActions } from "./row-actions.ts";
import { RowAnswer } from "./row-answer.tsx";
import type { Standing, StandingKind, TextStanding } from "./standing.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { useDraft } from "#src/state/use-draft.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { EllipsisVertical } from "lucide-react";
import { Menu, type MenuItem } from "#src/ui/menu.tsx";
import { Meter } from "#src/ui/meter.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";

export interface ImageRowProps {
  image: SheetImage;
  facts: PictureFacts | null;
  standing: Standing;
  /** From 0, among the `total` listed rows. */
  index: number;
  total: number;
  isActive: boolean;
  isSelected: boolean;
  /** The field whose text is being edited. */
  editedField: FieldId | null;
  startPx: number;
  measure: Ref<HTMLElement>;
  actions: RowActions;
}

/** One image with its answer: an article named by its file name. */
export const ImageRow = memo(function ImageRow(props: ImageRowProps) {
  const { image, facts, index, total, isActive, isSelected, measure, actions } = props;
  const name = imageName(image);
  return (
    <article
      ref={measure}
      data-index={index}
      data-image-id={image.id}
      aria-label={name}
      aria-posinset={index + 1}
      aria-setsize={total}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the articles of a feed take the focus, one at a time
      tabIndex={isActive ? 0 : -1}
      onFocusCapture={() => actions.activate(image.id)}
      style={{ transform: `translateY(${props.startPx}px)` }}
      className={classNames(
        "absolute inset-x-0 top-0 grid min-h-42 grid-cols-[7.5rem_minmax(0,1fr)] grid-rows-[auto_1fr] overflow-clip rounded border bg-sheet sm:grid-cols-[14.5rem_minmax(0,1fr)]",
        isSelected ? "border-ink" : "border-line",
      )}
    >
      <FilmStrip image={image} facts={facts} className="max-sm:col-span-2">
        <input
          type="checkbox"
          aria-label={`Select ${name}`}
          checked={isSelected}
          onChange={() => undefined}
          onClick={({ shiftKey }) => actions.select(image.id, shiftKey ? "range" : "toggle")}
          className="size-3.25 shrink-0 accent-edge pointer-coarse:size-5"
        />
      </FilmStrip>
      <button
        type="button"
        tabIndex={-1}
        aria-label={`Enlarge ${name}`}
        // The picture stays beside the first words, however long the caption is.
        className="col-start-1 row-start-2 flex cursor-zoom-in items-start bg-film"
        onClick={() => actions.enlarge(image.id)}
      >
        <FramePicture
          image={image}
          className="pointer-events-none aspect-square w-full sm:aspect-3/2"
        />
      </button>
      <RowBody {...props} name={name} />
    </article>
  );
});

function RowBody({
  image,
  standing,
  editedField,
  actions,
  name,
}: ImageRowProps & { name: string }) {
  const fields = useSheet((state) => state.sheet.fields);
  return (
    <div className="col-start-2 row-start-2 flex min-w-0 flex-col gap-2 px-3 pt-2.5 pb-2 sm:row-span-2 sm:row-start-1 sm:px-4 sm:pt-3 sm:pb-2.5">
      {standing.texts.map((text) => (
        <RowText
          key={text.fieldId}
          image={image}
          name={name}
          text={text}
          // One field needs no name.
          fieldName={
            fields.length === 1
              ? null
              : (fields.find(({ id }) => id === text.fieldId)?.name ?? null)
          }
          isEditing={editedField === text.fieldId}
          actions={actions}
        />
      ))}
    </div>
  );
}

interface RowTextProps extends Pick<ImageRowProps, "image" | "actions"> {
  name: string;
  text: TextStanding;
  fieldName: string | null;
}

function RowText({ isEditing, ...props }: RowTextProps & { isEditing: boolean }) {
  const { image, text, fieldName, actions } = props;
  return (
    <>
      {fieldName !== null && <p className="text-xs font-semibold text-ink-2">{fieldName}</p>}
      {isEditing ? (
        <CaptionEditor {...props} />
      ) : (
        <>
          <RowAnswer image={image} text={text} actions={actions} />
          <div className="figures mt-auto flex flex-wrap items-center gap-x-3.5 gap-y-1 text-ink-2">
            {text.text !== null && text.text !== "" && <LengthMeter text={text.text} />}
            {text.shown.answered !== null && <AnswerFacts task={text.shown.answered} />}
            {text.edited && <span className="text-pencil">✎ edited</span>}
            <RowButtons {...props} />
          </div>
        </>
      )}
    </>
  );
}

// More than any caption, and little enough to redraw at every keystroke.
const MOST_CAPTION_CHARACTERS = 20_000;

/** A caption being edited. Enter and leaving the field save, Shift+Enter breaks the line, Escape drops. */
function CaptionEditor({ image, name, text, fieldName, actions }: RowTextProps) {
  const { shown } = text;
  const place = { imageId: image.id, fieldId: text.fieldId };
  // As it was when editing began: if an answer arrives while the user types, they have not seen it, and its words are
  // not theirs.
  const [begun] = useState({
    text: text.text ?? "",
    seen: shown.answered?.taskUuid ?? null,
  });
  const [draft, setDraft] = useDraft(`${text.fieldId}/${image.id}`, text.text ?? "");
  const save = () => {
    if (draft !== begun.text) actions.saveEdit(place, draft, begun.seen);
  };
  const saveAndEnd = () => {
    save();
    actions.endEdit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      save();
      actions.editBeside(place, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !event.shiftKey && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      saveAndEnd();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      actions.endEdit();
    }
  };
  return (
    <div
      onBlur={(event) => {
        // Pressing a button of the editor does not count as leaving it.
        if (!event.currentTarget.contains(event.relatedTarget)) saveAndEnd();
      }}
    >
      <textarea
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the user just asked to edit this very text
        autoFocus
        aria-label={`${fieldName ?? "Caption"} of ${name}`}
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
      <div className="figures mt-2 flex flex-wrap items-center gap-3.5 text-ink-2">
        <LengthMeter text={draft} />
        <span className="ml-auto flex gap-1 font-sans">
          <Button look="mini" onClick={actions.endEdit} keys="Escape">
            Cancel
          </Button>
          <Button look="mini" onClick={saveAndEnd} keys="Enter">
            Save
          </Button>
        </span>
      </div>
    </div>
  );
}

// Screen readers read in runs of about 125 characters; IPTC's alt text field holds 250.
const GOOD_CHARACTERS = 125;
const MOST_CHARACTERS = 250;

/** The length of a caption, compared with what alt text should be. */
function LengthMeter({ text }: { text: string }) {
  const characters = text.length;
  const words =
    characters <= GOOD_CHARACTERS
      ? `${characters} characters`
      : characters <= MOST_CHARACTERS
        ? `${characters} characters, longer than the ${GOOD_CHARACTERS} usual for alt text`
        : `${characters} characters, more than the ${MOST_CHARACTERS} an alt text field holds`;
  return (
    <span className="inline-flex items-center gap-1.5" title={words}>
      <Meter
        label="Length"
        share={characters / MOST_CHARACTERS}
        text={words}
        tone={characters > MOST_CHARACTERS ? "warn" : characters > GOOD_CHARACTERS ? "ink" : "ok"}
        className="inline-block h-0.75 w-11.5"
      />
      {characters.toLocaleString("en-US")} ch
    </span>
  );
}

const ASK_WORDS: Record<StandingKind, string | null> = {
  preparing: null,
  unseen: null,
  running: null,
  missing: "Ask",
  done: "Redo",
  empty: "Ask again",
  refused: "Ask again",
  failed: "Try again",
  // Its own line offers what can be done.
  unsettled: null,
};

/** What can be done to one image. */
function RowButtons({ image, name, text: standing, fieldName, actions }: RowTextProps) {
  const { id } = image;
  const { text } = standing;
  const place = { imageId: id, fieldId: standing.fieldId };
  const what = fieldName === null ? "caption" : fieldName.toLowerCase();
  const canEdit =
    standing.answers === "text" &&
    standing.kind !== "preparing" &&
    (standing.kind !== "running" || text !== null);
  const edit = text === null ? "Write" : "Edit";
  const ask = ASK_WORDS[standing.trouble ?? standing.kind];
  const items: MenuItem[] = [
    { label: "What leaves your browser", onChoose: () => actions.tellSent(id) },
    ...(standing.edited
      ? [{ label: "Back to the model’s words", onChoose: () => actions.dropEdit(place) }]
      : []),
    { label: "Remove from the sheet", onChoose: () => actions.remove(id) },
  ];
  return (
    <span className="ml-auto flex items-center gap-1 font-sans">
      {canEdit && (
        <Button
          look="mini"
          aria-label={`${edit} the ${what} of ${name}`}
          onClick={() => actions.startEdit(place)}
        >
          {edit}
        </Button>
      )}
      {(text ?? "") !== "" && (
        <Button
          look="mini"
          aria-label={`Copy the ${what} of ${name}`}
          onClick={() => actions.copy(place)}
        >
          Copy
        </Button>
      )}
      {ask !== null && (
        <Button
          look="mini"
          aria-label={fieldName === null ? `${ask}: ${name}` : `${ask}: ${what} of ${name}`}
          onClick={() => actions.ask(place)}
        >
          {ask}
        </Button>
      )}
      <Menu
        label={fieldName === null ? `More for ${name}` : `More for the ${what} of ${name}`}
        align="end"
        items={items}
        trigger={moreTrigger(name)}
      />
    </span>
  );
}

function moreTrigger(name: string) {
  return (trigger: PopoverTrigger) => (
    <IconButton {...trigger} label={`More for ${name}`} className="size-6.5">
      <EllipsisVertical size={14} />
    </IconButton>
  );
}
