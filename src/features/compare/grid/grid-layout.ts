import type { ColumnId } from "#src/domain/compare-settings.ts";
import type { ComparedColumn } from "#src/domain/comparison.ts";
import type { ImageId } from "#src/domain/image.ts";

/** How wide everything in the grid is, in pixels. */
export interface GridLayout {
  picture: number;
  /** By column. */
  columns: readonly number[];
  /** True if one column at a time has room beside the picture: then the user swipes through the columns. */
  swipes: boolean;
}

export const NARROWEST_PX = 180;
export const WIDEST_PX = 1200;
const COMFORTABLE_PX = 244;
const EXPANDED_SHARE = 0.62;
const PHONE_PX = 640;
const PICTURE_PX = 236;
const PHONE_PICTURE_PX = 118;

/** Shares out the room: to columns that were given a width, to the expanded one, then to the rest equally. */
export function gridLayout(
  columns: readonly ComparedColumn[],
  roomPx: number,
  expandedId: ColumnId | null,
): GridLayout {
  const swipes = roomPx < PHONE_PX;
  const picture = swipes ? PHONE_PICTURE_PX : PICTURE_PX;
  const left = Math.max(0, roomPx - picture);
  if (swipes) {
    const each = Math.max(NARROWEST_PX, left);
    return { picture, columns: columns.map(() => each), swipes };
  }
  const isExpanded = ({ column }: ComparedColumn): boolean => column.id === expandedId;
  const expandedPx = Math.round(left * EXPANDED_SHARE);
  const given = columns.map((compared) =>
    isExpanded(compared) ? expandedPx : compared.column.widthPx,
  );
  const taken = given.reduce<number>((sum, width) => sum + (width ?? 0), 0);
  const free = given.filter((width) => width === null).length;
  const each = Math.max(COMFORTABLE_PX, Math.floor((left - taken) / Math.max(1, free)));
  return { picture, columns: given.map((width) => width ?? each), swipes };
}

/** Places across, from and to, inclusive; `last` is below `first` if there is none. */
export interface ShownColumns {
  first: number;
  last: number;
}

/** The columns that show in the window, and one on either side. */
export function shownColumns(
  { picture, columns }: GridLayout,
  scrollLeft: number,
  windowPx: number,
): ShownColumns {
  const lefts = columns.map((_, index) => total(columns.slice(0, index)));
  const showing = [...columns.keys()].filter((index) => {
    const left = (lefts[index] ?? 0) - scrollLeft;
    return left < windowPx - picture && left + (columns[index] ?? 0) > 0;
  });
  const first = showing[0] ?? 0;
  const last = showing.at(-1) ?? -1;
  return { first: Math.max(0, first - 1), last: Math.min(columns.length - 1, last + 1) };
}

/** The width of everything, whether it shows or not. */
export function widthOf({ picture, columns }: GridLayout): number {
  return picture + total(columns);
}

export function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0);
}

/** Names the element that rows scroll in. */
export const SCROLLER_ID = "compare-scroller";

/** Names the head's element: what is under it is out of sight. */
export const HEAD_ID = "compare-head";

/** The rows of which at least half can be seen or, if they are tall, that fill half of the window; from the top. */
export function idsInWindow(): ImageId[] {
  const room = roomForRows();
  return [...document.querySelectorAll<HTMLElement>("article[data-image-id]")].flatMap((row) => {
    const at = row.getBoundingClientRect();
    const seenPx = Math.min(at.bottom, room.bottom) - Math.max(at.top, room.top);
    const id = row.dataset["imageId"];
    const isSeen = seenPx >= Math.min(at.height, room.bottom - room.top) / 2;
    return id !== undefined && isSeen ? [id] : [];
  });
}

/** Scrolls as little as needed for a row to be seen, its top before its end. */
export function bringToView(row: HTMLElement): void {
  const room = roomForRows();
  const { top, bottom } = row.getBoundingClientRect();
  const above = top - room.top;
  const below = Math.min(bottom - room.bottom, above);
  const by = above < 0 ? above : Math.max(0, below);
  if (by !== 0) document.getElementById(SCROLLER_ID)?.scrollBy({ top: by });
}

function roomForRows(): { top: number; bottom: number } {
  const head = document.getElementById(HEAD_ID)?.getBoundingClientRect();
  const scroller = document.getElementById(SCROLLER_ID)?.getBoundingClientRect();
  return { top: head?.bottom ?? 0, bottom: scroller?.bottom ?? window.innerHeight };
}
