import type { ImageId } from "#src/domain/image.ts";

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
