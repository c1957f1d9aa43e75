import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import {
  memo,
  useCallback,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type RefObject,
} from "react";
import { flushSync } from "react-dom";
import type { Field, FieldId } from "#src/domain/field.ts";
import { frameText } from "#src/domain/frame.ts";
import { imageName, type ImageId, type SheetImage } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import { FramePicture } from "#src/sheet/frame.tsx";
import { RoleNote } from "#src/features/caption/checks/role-note.tsx";
import { FirstProblem } from "#src/features/caption/checks/problem-notes.tsx";
import type { LayoutProps } from "#src/features/caption/layout-props.ts";
import type { TextProblem } from "#src/features/caption/listing/problems.ts";
import type { RowActions } from "#src/features/caption/list/row-actions.ts";
import { RowAnswer } from "#src/features/caption/list/row-answer.tsx";
import type { Standing, TextStanding } from "#src/features/caption/list/standing.ts";
import { ReviewTick } from "#src/features/caption/texts/review-tick.tsx";
import { SelectBox } from "#src/features/caption/texts/select-box.tsx";
import { SplitNote } from "#src/features/caption/texts/split-note.tsx";
import { RowMenu } from "#src/features/caption/texts/row-menu.tsx";
import { TextEditor } from "#src/features/caption/texts/text-editor.tsx";
import { ExistingFact, LengthMeter } from "#src/features/caption/texts/text-facts.tsx";
import { hoverHandlers, TextTools, Unsaved } from "#src/features/caption/texts/text-tools.tsx";
import { edit, fieldOf, useCaptionView } from "#src/features/caption/view-state.ts";
import { useShownRow } from "#src/features/caption/shown-row.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Highlighted } from "#src/ui/highlighted.tsx";
import { columnsIn, GAP_PX } from "./columns.ts";

const STRIP_AND_TEXT_PX = 140;

/** The contact sheet: pictures side by side with the texts under them; only the rows near the window are in the document. */
export function ContactGrid({
  listing: { ids, problems },
  standings,
  scroller,
  desk,
}: LayoutProps) {
  const grid = useRef<HTMLDivElement>(null);
  const { columns, cellPx, hadFocus } = useColumns(scroller, grid);
  const activeId = useCaptionView((state) => state.activeId);
  const known = activeId === null ? -1 : ids.indexOf(activeId);
  const activeRow = known < 0 ? -1 : Math.floor(known / columns);
  // The row of the active image stays in the document, so that it keeps the focus and what is typed in it.
  const rangeExtractor = useCallback(
    (range: Range) => {
      const rows = defaultRangeExtractor(range);
      if (activeRow < 0 || rows.includes(activeRow)) return rows;
      return [...rows, activeRow].toSorted((a, b) => a - b);
    },
    [activeRow],
  );
  // oxlint-disable-next-line react/incompatible-library -- no compiler runs here, and the component that calls this is small
  const virtualizer = useVirtualizer({
    count: Math.ceil(ids.length / columns),
    getScrollElement: () => scroller,
    estimateSize: () => (cellPx * 2) / 3 + STRIP_AND_TEXT_PX,
    gap: GAP_PX,
    overscan: 2,
    // Drawn in a task of its own, rows don’t hold up the scrolling that asks for them.
    useFlushSync: false,
    scrollPaddingStart: 6,
    scrollPaddingEnd: 6,
    rangeExtractor,
  });
  // Rows of another width are of another height.
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, cellPx, columns]);
  const show = (id: ImageId): HTMLElement | null => {
    const at = ids.indexOf(id);
    if (at < 0) return null;
    virtualizer.scrollToIndex(Math.floor(at / columns), { align: "auto" });
    return grid.current?.querySelector<HTMLElement>(`[aria-posinset="${at + 1}"]`) ?? null;
  };
  // With more or fewer columns an image lies in another row, and its element is another.
  useLayoutEffect(() => {
    if (hadFocus.current && activeId !== null && !holdsFocus(grid.current))
      show(activeId)?.focus({ preventScroll: true });
    hadFocus.current = false;
  });
  useImperativeHandle(desk.setList, () => ({
    focus: (id) => {
      flushSync(() => desk.view.setState({ activeId: id }));
      show(id)?.focus({ preventScroll: true });
    },
    show: (id) => {
      if (id === null) virtualizer.scrollToOffset(0);
      else show(id);
    },
    edit: (text) => {
      flushSync(() => edit(desk.view, text));
      show(text.imageId);
    },
    hasFocus: () => holdsFocus(grid.current),
    columns: () => columns,
  }));
  const fieldId = useCaptionView((state) => state.fieldId);
  const fields = useSheet((state) => state.sheet.fields);
  const field = useMemo(() => fieldOf({ fieldId }, fields), [fieldId, fields]);
  return (
    <div
      ref={grid}
      role="feed"
      aria-label="Images"
      {...hoverHandlers(desk.view)}
      className="relative w-full"
      style={{ height: virtualizer.getTotalSize() }}
    >
      {virtualizer.getVirtualItems().map(({ key, index, start }) => (
        <div
          key={key}
          ref={virtualizer.measureElement}
          data-index={index}
          role="presentation"
          className="absolute inset-x-0 top-0 grid items-stretch gap-3 max-sm:gap-2"
          style={{
            transform: `translateY(${start}px)`,
            gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {ids.slice(index * columns, (index + 1) * columns).map((id, column) => (
            <Cell
              key={id}
              id={id}
              position={index * columns + column + 1}
              total={ids.length}
              isActive={index * columns + column === Math.max(0, known)}
              standing={standings.byId.get(id)}
              found={problems.get(id)}
              field={field}
              isNamed={fields.length > 1}
              actions={desk.rows}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

/** How many pictures lie side by side in the room there is, and how wide each is. */
function useColumns(scroller: HTMLElement, grid: RefObject<HTMLElement | null>) {
  const [widthPx, setWidthPx] = useState(() => innerWidth(scroller));
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    let last = innerWidth(scroller);
    const observer = new ResizeObserver(() => {
      const next = innerWidth(scroller);
      if (next === last) return;
      last = next;
      hadFocus.current = holdsFocus(grid.current);
      setWidthPx(next);
    });
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scroller, grid]);
  const columns = columnsIn(widthPx);
  return { columns, cellPx: (widthPx - GAP_PX * (columns - 1)) / columns, hadFocus };
}

function holdsFocus(element: HTMLElement | null): boolean {
  return element?.contains(document.activeElement) === true;
}

function innerWidth(scroller: HTMLElement): number {
  const { paddingLeft, paddingRight } = getComputedStyle(scroller);
  return scroller.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}

interface CellProps {
  id: ImageId;
  position: number;
  total: number;
  isActive: boolean;
  standing: Standing | undefined;
  found: readonly TextProblem[] | undefined;
  /** The one whose text stands under the pictures. */
  field: Field;
  isNamed: boolean;
  actions: RowActions;
}

/** Looks up what its frame shows. */
function Cell({ id, found, standing, ...rest }: CellProps) {
  const shown = useShownRow(id, { standing, problems: found });
  return shown === null ? null : <GridFrame {...shown} {...rest} />;
}

interface GridFrameProps extends Omit<CellProps, "id" | "standing" | "found"> {
  image: SheetImage;
  standing: Standing;
  problems: readonly TextProblem[];
  isSelected: boolean;
  editedField: FieldId | null;
}

/** One frame of the contact sheet: an article named by its file. */
const GridFrame = memo(function GridFrame(props: GridFrameProps) {
  const { image, standing, isActive, isSelected, editedField, actions } = props;
  const fields = useSheet((state) => state.sheet.fields);
  const name = imageName(image);
  const shownField = editedField ?? props.field.id;
  const text = standing.texts.find(({ fieldId }) => fieldId === shownField) ?? standing.texts[0];
  return (
    <article
      data-image-id={image.id}
      aria-label={name}
      aria-posinset={props.position}
      aria-setsize={props.total}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the articles of a feed take the focus, one at a time
      tabIndex={isActive ? 0 : -1}
      onFocusCapture={() => actions.activate(image.id)}
      className={classNames(
        "group/row relative flex min-w-0 flex-col overflow-clip rounded border bg-sheet",
        // A ring of its own: pictures would lie over an outline.
        "outline-hidden after:pointer-events-none after:absolute after:inset-0 after:rounded-[5px] after:border-focus focus-visible:after:border-2",
        isSelected ? "border-ink ring-1 ring-ink" : "border-line",
      )}
    >
      <label className="flex h-6.5 items-center gap-2 bg-film px-2.25 font-mono text-[0.6875rem] font-medium tracking-[0.02em] whitespace-nowrap text-edge pointer-coarse:h-9">
        <SelectBox
          image={image}
          name={name}
          isSelected={isSelected}
          isReachable={isActive}
          className="size-3.5"
          actions={actions}
        />
        <span aria-hidden="true">{frameText(image)}</span>
        <span aria-hidden="true" className="min-w-0 flex-1 truncate" title={name}>
          <bdi>
            <Highlighted text={name} />
          </bdi>
        </span>
      </label>
      <div className="relative aspect-3/2 bg-film">
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Enlarge ${name}`}
          className="absolute inset-0 cursor-zoom-in"
          onClick={() => actions.enlarge(image.id)}
        >
          <FramePicture image={image} className="pointer-events-none size-full" />
        </button>
        <ReviewTick
          name={name}
          isReviewed={standing.reviewed}
          isReachable={isActive}
          onPress={() => actions.review([image.id])}
          className={classNames(
            "absolute! top-1.5 right-1.5 size-6.5! rounded-full! bg-sheet pointer-coarse:size-9!",
            !standing.reviewed &&
              "opacity-0 group-focus-within/row:opacity-90 group-hover/row:opacity-90 group-focus/row:opacity-90 pointer-coarse:opacity-90",
          )}
        />
      </div>
      {text !== undefined && (
        <FrameWords
          {...props}
          field={fields.find(({ id }) => id === text.fieldId) ?? props.field}
          text={text}
          isEditing={editedField === text.fieldId}
          name={name}
        />
      )}
    </article>
  );
});

interface FrameWordsProps extends GridFrameProps {
  text: TextStanding;
  isEditing: boolean;
  name: string;
}

function FrameWords({ image, text, isEditing, name, ...props }: FrameWordsProps) {
  const { field, isNamed, isActive, actions, standing } = props;
  const fields = useSheet((state) => state.sheet.fields);
  if (isEditing)
    return (
      <div className="p-1.5">
        <TextEditor
          image={image}
          text={text}
          field={field}
          isNamed={isNamed}
          isSmall
          actions={actions}
        />
      </div>
    );
  return (
    <div className="flex flex-1 flex-col gap-1 px-2.5 pt-1.5 pb-1">
      <div className="min-h-13.5 [&_p]:line-clamp-3 [&_p]:text-control [&_p]:leading-4.5">
        <RowAnswer image={image} text={text} field={field} actions={actions} />
      </div>
      <Unsaved of={{ imageId: image.id, fieldId: text.fieldId }} name={name} actions={actions} />
      {/* Above the tools, which lie over the line below as long as the pointer is on the frame. */}
      <div className="figures mt-auto flex min-w-0 flex-wrap items-center gap-x-2 text-ink-2">
        <FirstProblem
          imageId={image.id}
          name={name}
          standing={standing}
          problems={props.problems}
          fields={fields}
          isReachable={isActive}
          isShort
          actions={actions}
        />
        <RoleNote image={image} standing={standing} isReachable={isActive} actions={actions} />
        <SplitNote image={image} isReachable={isActive} isShort actions={actions} />
      </div>
      <div className="figures relative flex min-h-6 min-w-0 items-center gap-2 text-ink-2">
        {(text.text ?? "") !== "" && <LengthMeter text={text.text ?? ""} limit={field.limit} />}
        <ExistingFact texts={[text]} isShort />
        {text.edited && (
          <span className="text-pencil" title="Edited">
            ✎<span className="sr-only"> edited</span>
          </span>
        )}
        <TextTools
          image={image}
          text={text}
          fieldName={isNamed ? field.name : null}
          isReachable={isActive}
          className="absolute top-0 right-6"
          actions={actions}
        />
        <span className="-mr-1.5 ml-auto">
          <RowMenu
            image={image}
            standing={standing}
            hasProblems={props.problems.length > 0}
            isReachable={isActive}
            actions={actions}
          />
        </span>
      </div>
    </div>
  );
}
