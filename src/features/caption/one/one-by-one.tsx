import { Check, ChevronLeft } from "lucide-react";
import { useEffect, useId, useImperativeHandle, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { folderOf, frameText } from "#src/domain/frame.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName, type ImageId, type SheetImage } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import { FramePicture } from "#src/sheet/frame.tsx";
import { CAPTION_ACTS } from "#src/features/caption/actions.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import type { ListCounts } from "#src/features/caption/listing/listing.ts";
import type { TextProblem } from "#src/features/caption/listing/problems.ts";
import { LayoutSwitch } from "#src/features/caption/layout-switch.tsx";
import { RoleChoice } from "#src/features/caption/checks/role-note.tsx";
import type { LayoutProps } from "#src/features/caption/layout-props.ts";
import type { Standings } from "#src/features/caption/list/standing.ts";
import { ReviewBar, reviewText, ReviewTick } from "#src/features/caption/texts/review-tick.tsx";
import { RowMenu } from "#src/features/caption/texts/row-menu.tsx";
import { SplitNote } from "#src/features/caption/texts/split-note.tsx";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { useActs, type Act } from "#src/ui/acts.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { showToast } from "#src/ui/toasts.ts";
import { ONE_ACTS, type Reviewer } from "./actions.ts";
import { OneText } from "./one-text.tsx";
import { ZoomPicture } from "./zoom-picture.tsx";
import { grouped } from "#src/lib/counted.ts";

const ACTS: readonly Act<Reviewer>[] = Object.values(ONE_ACTS);

/** One image at a time, large, with all its texts beside it; made for reviewing with keys alone. */
export function OneByOne({ listing, standings, desk }: LayoutProps) {
  const { ids, counts } = listing;
  const root = useRef<HTMLElement>(null);
  const { id, at } = useCurrent(ids, desk);
  const image = useSheet((state) => state.images.get(id));
  const [marks, setMarks] = useState(true);
  const goOn = (): void => {
    const next = ids[at + 1];
    const { editing } = desk.view.getState();
    // Whoever types on expects the same field there.
    const field = editing?.fieldId ?? null;
    leaveField();
    if (marks && standings.byId.get(id)?.reviewed !== true) desk.rows.review([id]);
    if (next === undefined) {
      root.current?.focus({ preventScroll: true });
      showToast({ text: "That was the last image listed.", kind: "next" });
    } else if (field === null) desk.rowParts.list()?.focus(next);
    else desk.rowParts.list()?.edit({ imageId: next, fieldId: field });
  };
  useActs(ACTS, { goOn, leave: desk.leaveOne });
  useImperativeHandle(desk.setList, () => {
    const show = (shown: ImageId | null): void => {
      leaveField();
      desk.view.setState({ activeId: shown ?? ids[0] ?? null });
    };
    const focus = (shown: ImageId): void => {
      flushSync(() => show(shown));
      root.current?.focus({ preventScroll: true });
    };
    return {
      focus,
      show,
      edit: ({ imageId, fieldId }) => {
        flushSync(() => show(imageId));
        const field = root.current?.querySelector<HTMLElement>(
          `[data-field="${CSS.escape(fieldId)}"]`,
        );
        if (field?.matches(":read-only") === false) field.focus();
        else root.current?.focus({ preventScroll: true });
      },
      hasFocus: () => root.current?.contains(document.activeElement) === true,
      columns: () => 1,
    };
  });
  if (image === undefined) return null;
  return (
    <div className="flex h-full min-h-0 flex-col gap-2.5 max-md:h-auto">
      <OneHead image={image} at={at} listing={listing} desk={desk} />
      <OneImage
        key={id}
        ref={root}
        image={image}
        at={at}
        ids={ids}
        standings={standings}
        problems={listing.problems.get(id) ?? NONE}
        desk={desk}
      />
      <OneFoot counts={counts} marks={marks} onMarks={setMarks} onNext={goOn} desk={desk} />
    </div>
  );
}

const NONE: readonly TextProblem[] = [];

/** Saves what is typed: leaving the field does. */
function leaveField(): void {
  if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
}

/**
 * The image that is shown: the active one or, if that is no longer listed, the one in its place, such as after marking
 * the last of those that were not reviewed.
 */
function useCurrent(ids: readonly ImageId[], { view }: Desk): { id: ImageId; at: number } {
  const activeId = useCaptionView((state) => state.activeId);
  const [place, setPlace] = useState(0);
  const found = activeId === null ? -1 : ids.indexOf(activeId);
  const at = found >= 0 ? found : Math.min(place, Math.max(0, ids.length - 1));
  if (at !== place) setPlace(at);
  const id = ids[at] ?? "";
  useEffect(() => {
    if (found < 0 && id !== "") view.setState({ activeId: id });
  }, [view, found, id]);
  return { id, at };
}

interface OneHeadProps extends Pick<LayoutProps, "listing" | "desk"> {
  image: SheetImage;
  at: number;
}

function OneHead({ image, at, listing, desk }: OneHeadProps) {
  const { ids, isNarrowed, total } = listing;
  const folder = folderOf(image);
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-2.5 gap-y-1.5">
      <p aria-live="polite" className="text-[0.9375rem] font-[650] whitespace-nowrap tabular-nums">
        {grouped(at + 1)} of {grouped(ids.length)}
        {isNarrowed && <span className="font-normal"> listed of {grouped(total)}</span>}
      </p>
      <bdi className="figures mr-auto min-w-0 truncate text-ink-2">
        {folder === "" ? "" : `${folder}/`}
        {imageName(image)}
      </bdi>
      <NextButtons desk={desk} className="flex gap-2 max-sm:hidden" />
      <LayoutSwitch desk={desk} />
    </div>
  );
}

interface NextButtonsProps {
  desk: Desk;
  className: string;
}

function NextButtons({ desk, className }: NextButtonsProps) {
  return (
    <span className={className}>
      {[CAPTION_ACTS.nextProblem, CAPTION_ACTS.nextUnreviewed].map((act) => (
        <Button key={act.id} keys={act.keys[0]} onClick={() => act.run(desk)}>
          {act.label}
        </Button>
      ))}
    </span>
  );
}

interface OneImageProps {
  ref: React.RefObject<HTMLElement | null>;
  image: SheetImage;
  at: number;
  ids: readonly ImageId[];
  standings: Standings;
  problems: readonly TextProblem[];
  desk: Desk;
}

function OneImage({ ref, image, at, ids, standings, problems, desk }: OneImageProps) {
  const { rows: actions } = desk;
  const hash = pictureHashOf(image);
  const facts = useSheet((state) => (hash === null ? undefined : state.pictures.get(hash)));
  const fields = useSheet((state) => state.sheet.fields);
  const name = imageName(image);
  const standing = standings.byId.get(image.id);
  return (
    <article
      ref={ref}
      tabIndex={-1}
      aria-label={name}
      data-image-id={image.id}
      onFocusCapture={() => actions.activate(image.id)}
      className="grid min-h-0 flex-1 gap-x-4 gap-y-2.5 rounded max-md:outline-hidden md:grid-cols-[minmax(0,1fr)_22rem] md:grid-rows-[minmax(0,1fr)] xl:grid-cols-[minmax(0,1fr)_26rem]"
    >
      <div className="flex min-h-0 min-w-0 flex-col gap-2.5 max-sm:-mx-3 max-sm:gap-0">
        <ZoomPicture image={image} facts={facts ?? null} />
        <Reel at={at} ids={ids} standings={standings} desk={desk} />
      </div>
      {standing !== undefined && (
        <div className="flex min-h-0 flex-col gap-3.5 overflow-y-auto rounded border border-line bg-sheet p-4 max-md:overflow-visible">
          {standing.texts.map((text) => {
            const field = fields.find(({ id }) => id === text.fieldId);
            return field === undefined ? null : (
              <OneText
                key={text.fieldId}
                image={image}
                text={text}
                field={field}
                isNamed={fields.length > 1}
                standing={standing}
                problems={problems.filter(({ fieldId }) => fieldId === text.fieldId)}
                actions={actions}
              />
            );
          })}
          <SplitNote image={image} isReachable actions={actions} className="text-control" />
          <RoleChoice image={image} standing={standing} actions={actions} />
          <div className="mt-auto flex items-center gap-1 border-t border-line pt-2 text-control text-ink-2">
            <ReviewTick
              name={name}
              isReviewed={standing.reviewed}
              isReachable
              onPress={() => actions.review([image.id])}
            />
            <span aria-hidden="true">{standing.reviewed ? "Reviewed" : "Not reviewed"}</span>
            <span className="ml-auto">
              <RowMenu
                image={image}
                standing={standing}
                hasProblems={problems.length > 0}
                isReachable
                actions={actions}
              />
            </span>
          </div>
          {/* On a phone there is no room for them above. */}
          <NextButtons desk={desk} className="flex flex-wrap gap-2 sm:hidden" />
        </div>
      )}
    </article>
  );
}

const ON_EACH_SIDE = 4;

/** The images before and after, as they lie on the film. */
function Reel({ at, ids, standings, desk }: Omit<OneImageProps, "ref" | "image" | "problems">) {
  const from = Math.max(0, Math.min(at - ON_EACH_SIDE, ids.length - 2 * ON_EACH_SIDE - 1));
  return (
    <ul
      aria-label="Neighbours"
      className="flex shrink-0 overflow-hidden rounded bg-film px-0.5 max-sm:hidden"
    >
      {ids.slice(from, from + 2 * ON_EACH_SIDE + 1).map((id) => (
        <ReelFrame
          key={id}
          id={id}
          isCurrent={id === ids[at]}
          isReviewed={standings.byId.get(id)?.reviewed === true}
          onPress={() => desk.rowParts.list()?.focus(id)}
        />
      ))}
    </ul>
  );
}

interface ReelFrameProps {
  id: ImageId;
  isCurrent: boolean;
  isReviewed: boolean;
  onPress: () => void;
}

function ReelFrame({ id, isCurrent, isReviewed, onPress }: ReelFrameProps) {
  const image = useSheet((state) => state.images.get(id));
  if (image === undefined) return null;
  return (
    <li className="max-w-24 min-w-14 flex-1">
      <button
        type="button"
        tabIndex={-1}
        aria-label={`${imageName(image)}${isReviewed ? ", reviewed" : ""}`}
        aria-current={isCurrent ? "true" : undefined}
        onClick={onPress}
        className="relative block w-full px-0.5 pb-0.75 text-left text-edge outline-edge!"
      >
        <span aria-hidden="true" className="block pl-0.75 font-mono text-[0.65625rem] leading-4.5">
          {frameText(image)}
        </span>
        {isReviewed && (
          <Check
            size={15}
            strokeWidth={3.4}
            aria-hidden="true"
            className="absolute top-px right-1 text-[#ff6a5c]"
          />
        )}
        <FramePicture
          image={image}
          className={classNames(
            "aspect-3/2 w-full",
            isCurrent
              ? "after:absolute after:inset-0 after:border-2 after:border-edge"
              : "opacity-60",
          )}
        />
      </button>
    </li>
  );
}

interface OneFootProps {
  counts: ListCounts;
  /** Whether going on marks the image as reviewed. */
  marks: boolean;
  onMarks: (marks: boolean) => void;
  onNext: () => void;
  desk: Desk;
}

function OneFoot({ counts, marks, onMarks, onNext, desk }: OneFootProps) {
  const id = useId();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-2 max-md:sticky max-md:-bottom-6 max-md:z-1 max-md:-mx-3 max-md:border-t max-md:border-line max-md:bg-paper max-md:px-3 max-md:py-2">
      <span className="figures flex min-w-0 items-center gap-2.5 whitespace-nowrap text-ink-2">
        <ReviewBar counts={counts} className="w-40 max-w-full min-w-10 shrink max-sm:w-20" />
        {reviewText(counts)}
      </span>
      <span className="ml-auto flex items-center gap-2 text-control text-ink-2">
        <input
          id={id}
          type="checkbox"
          checked={marks}
          onChange={(event) => onMarks(event.target.checked)}
          className="size-4 accent-ink"
        />
        <label htmlFor={id}>Mark as reviewed</label>
      </span>
      <span className="flex items-center gap-2 max-sm:w-full">
        <IconButton
          label={CAPTION_ACTS.previous.label}
          keys={CAPTION_ACTS.previous.keys[0] ?? ""}
          className="size-9! border border-line-2 bg-sheet"
          onClick={() => CAPTION_ACTS.previous.run(desk)}
        >
          <ChevronLeft size={16} />
        </IconButton>
        <Button
          look="strong"
          keys={ONE_ACTS.goOn.keys[0]}
          className="max-sm:flex-1"
          // Leaving a field saves it; the button does so itself, and then knows which field to go on with.
          onMouseDown={(event) => event.preventDefault()}
          onClick={onNext}
        >
          {marks ? "Reviewed, next" : "Save and next"}
        </Button>
      </span>
    </div>
  );
}
