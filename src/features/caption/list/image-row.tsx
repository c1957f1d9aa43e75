import { memo, type MouseEvent, type Ref } from "react";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { PictureFacts } from "#src/domain/picture.ts";
import { captionText } from "#src/domain/shown-answer.ts";
import { classNames } from "#src/lib/class-names.ts";
import { AnswerFacts } from "#src/sheet/answer-facts.tsx";
import { FilmStrip } from "#src/sheet/film-strip.tsx";
import { FramePicture } from "#src/sheet/frame-picture.tsx";
import { LengthMeter } from "#src/sheet/length-meter.tsx";
import { CaptionEditor } from "./caption-editor.tsx";
import type { RowActions } from "./row-actions.ts";
import { RowAnswer } from "./row-answer.tsx";
import { RowButtons } from "./row-buttons.tsx";
import type { Standing } from "./standing.ts";

interface ImageRowProps {
  image: SheetImage;
  facts: PictureFacts | null;
  standing: Standing;
  /** From 0, among `total` rows that are listed. */
  index: number;
  total: number;
  isActive: boolean;
  isSelected: boolean;
  isEditing: boolean;
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
        <SelectBox
          name={name}
          isSelected={isSelected}
          onSelect={(how) => actions.select(image.id, how)}
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

function RowBody(props: ImageRowProps & { name: string }) {
  const { image, standing, isEditing, actions, name } = props;
  const { shown } = standing;
  const text = captionText(shown);
  return (
    <div className="col-start-2 row-start-2 flex min-w-0 flex-col gap-2 px-3 pt-2.5 pb-2 sm:row-span-2 sm:row-start-1 sm:px-4 sm:pt-3 sm:pb-2.5">
      {isEditing ? (
        <CaptionEditor
          imageId={image.id}
          name={name}
          text={text ?? ""}
          answered={shown.answered?.taskUuid ?? null}
          onSave={(words, seen) => actions.saveEdit(image.id, words, seen)}
          onEnd={actions.endEdit}
          onMove={(by) => actions.editBeside(image.id, by)}
        />
      ) : (
        <>
          <RowAnswer
            standing={standing}
            phase={image.preparation.phase}
            onUseNew={() => actions.dropEdit(image.id)}
            onKeepEdit={() => actions.keepEdit(image.id)}
          />
          <div className="figures mt-auto flex flex-wrap items-center gap-x-3.5 gap-y-1 text-ink-2">
            {text !== null && text !== "" && <LengthMeter text={text} />}
            {shown.answered !== null && <AnswerFacts task={shown.answered} />}
            {standing.edited && <span className="text-pencil">✎ edited</span>}
            <RowButtons image={image} name={name} standing={standing} actions={actions} />
          </div>
        </>
      )}
    </div>
  );
}

function SelectBox({
  name,
  isSelected,
  onSelect,
}: {
  name: string;
  isSelected: boolean;
  onSelect: (how: "toggle" | "range") => void;
}) {
  const onClick = (event: MouseEvent) => onSelect(event.shiftKey ? "range" : "toggle");
  return (
    <input
      type="checkbox"
      aria-label={`Select ${name}`}
      checked={isSelected}
      onChange={() => undefined}
      onClick={onClick}
      className="size-3.25 shrink-0 accent-edge pointer-coarse:size-5"
    />
  );
}
