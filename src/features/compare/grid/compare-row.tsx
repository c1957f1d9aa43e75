import { memo, type Ref } from "react";
import type { CompareSettings } from "#src/domain/compare-settings.ts";
import { shownOrder, type ComparedColumn, type ComparedRow } from "#src/domain/comparison.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import { CompareCell } from "./compare-cell.tsx";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import { total, type GridLayout } from "./grid-layout.ts";
import { shortened } from "#src/lib/shortened.ts";
import { FilmStrip, FramePicture } from "#src/sheet/frame.tsx";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import {
  isRevealed,
  visibleReference,
  whyNoVote,
} from "#src/features/compare/voting/blind-rules.ts";
import { RowVoteButtons, useVoteText } from "#src/features/compare/voting/vote-controls.tsx";

interface CompareRowProps {
  row: ComparedRow | undefined;
  columns: readonly ComparedColumn[];
  settings: CompareSettings;
  /** From 0, among the `total` listed rows. */
  index: number;
  total: number;
  topPx: number;
  isActive: boolean;
  layout: GridLayout;
  /** The columns near the window, from and to, inclusive. */
  first: number;
  last: number;
  measure: Ref<HTMLElement>;
}

/** One picture with what every column says about it: an article named by its file name. */
export const CompareRow = memo(function CompareRow(props: CompareRowProps) {
  const { row, columns, settings, index, isActive, layout, first, last, measure, topPx } = props;
  const { view } = useDesk();
  if (row === undefined) return null;
  const { image } = row;
  const order = shownOrder(row, settings.blind);
  const skippedPx = total(layout.columns.slice(0, first));
  return (
    <article
      ref={measure}
      data-index={index}
      data-image-id={image.id}
      aria-label={imageName(image)}
      aria-posinset={index + 1}
      aria-setsize={props.total}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- rows take the focus, one at a time, so that keys can vote
      tabIndex={isActive ? 0 : -1}
      onFocusCapture={() => view.setState({ activeId: image.id })}
      style={{ top: topPx }}
      className={classNames(
        "absolute left-0 flex min-h-52 w-full border-b border-line bg-sheet",
        "focus-visible:-outline-offset-2",
      )}
    >
      <PictureCell
        row={row}
        isBlind={settings.blind}
        widthPx={layout.picture}
        isSmall={layout.swipes}
      />
      {skippedPx > 0 && <div className="shrink-0" style={{ width: skippedPx }} />}
      {order.slice(first, last + 1).map((column, offset) => (
        <CompareCell
          key={first + offset}
          row={row}
          columns={columns}
          settings={settings}
          index={column}
          place={first + offset + 1}
          widthPx={layout.columns[first + offset] ?? 0}
        />
      ))}
    </article>
  );
});

// Beside a picture there is room for a few lines; each one's dialog shows all of it.
const SHOWN_CHARACTERS = 300;

interface PictureCellProps {
  row: ComparedRow;
  isBlind: boolean;
  widthPx: number;
  /** On a phone the frame is narrow and its print shortened. */
  isSmall: boolean;
}

/** The picture at the left of a row, pinned there, with what was said about the row as a whole. */
function PictureCell({ row, isBlind, widthPx, isSmall }: PictureCellProps) {
  const { image } = row;
  const reference = visibleReference(row, isBlind);
  const name = imageName(image);
  const hash = pictureHashOf(image);
  const facts = useSheet((state) => (hash === null ? undefined : state.pictures.get(hash)));
  const { open } = useDesk();
  return (
    <div
      className="sticky left-0 z-[5] flex shrink-0 flex-col border-r border-line bg-sheet"
      style={{ width: widthPx }}
    >
      <FilmStrip image={image} facts={facts ?? null} isShort={isSmall} />
      <button
        type="button"
        aria-label={`Enlarge ${name}`}
        className="block w-full cursor-zoom-in"
        onClick={() => open({ kind: "enlarge", imageId: image.id })}
      >
        <FramePicture image={image} className="pointer-events-none aspect-3/2 w-full" />
      </button>
      <div className={classNames("flex flex-col gap-1 py-2", isSmall ? "px-1.5" : "px-2.5")}>
        {reference !== null && (
          <p className="line-clamp-3 text-xs text-ink-2 wrap-anywhere" dir="auto">
            <b className="font-semibold">Reference: </b>
            {shortened(reference.text, SHOWN_CHARACTERS)}
          </p>
        )}
        <RowVoteLine row={row} isBlind={isBlind} />
        <RowButtons row={row} isBlind={isBlind} name={name} />
      </div>
    </div>
  );
}

function RowVoteLine({ row, isBlind }: Pick<PictureCellProps, "row" | "isBlind">) {
  const words = useVoteText(row, isBlind);
  const refusal = whyNoVote(row, isBlind);
  const isCast = row.vote.kind === "cast" && isRevealed(row, isBlind);
  const note = row.vote.kind === "cast" && isCast ? row.vote.mark.note : null;
  return (
    <>
      {words !== null && (
        <p className={classNames("text-xs", isCast ? "text-pencil" : "text-warn")}>{words}</p>
      )}
      {note !== null && (
        <p className="text-xs text-pencil wrap-anywhere">“{shortened(note, SHOWN_CHARACTERS)}”</p>
      )}
      {words === null && isBlind && refusal !== null && (
        <p className="text-xs text-ink-2">{refusal}</p>
      )}
    </>
  );
}

function RowButtons({ row, isBlind, name }: { row: ComparedRow; isBlind: boolean; name: string }) {
  const { open } = useDesk();
  const { id } = row.image;
  return (
    <div className="-ml-1.5 flex flex-wrap">
      <RowVoteButtons row={row} isBlind={isBlind} />
      {row.vote.kind === "cast" && isRevealed(row, isBlind) && (
        <Button look="mini" keys="n" onClick={() => open({ kind: "note", imageId: id })}>
          Note…
        </Button>
      )}
      <Button
        look="mini"
        aria-label={`Reference for ${name}`}
        onClick={() => open({ kind: "reference", imageId: id })}
      >
        Reference…
      </Button>
    </div>
  );
}
