import { loadOnce } from "#src/lib/load-once.ts";
import type { PurgeChannel } from "#src/state/history/undo-stack.ts";
import type { SheetChannel } from "#src/state/history/changes.ts";

// Only needed once another tab says something.
const loadReader = loadOnce(async () => (await import("./read-rows.ts")).readRows);

/**
 * Tabs of one sheet, over a BroadcastChannel. Only this app's own code can post on it, but a tab may be of another
 * version: what it posts is ignored if it can't be read as rows of this sheet.
 */
export function openSheetChannel(sheetId: string): SheetChannel {
  const channel = new BroadcastChannel(`contact-sheet.sheet.${sheetId}`);
  return {
    post: (rows) => channel.postMessage(rows),
    onRows: (listener) => {
      const unread: unknown[] = [];
      channel.addEventListener("message", (event: MessageEvent<unknown>) => {
        unread.push(event.data);
        loadReader().then(
          (readRows) => {
            for (const message of unread.splice(0)) {
              const rows = readRows(message, sheetId);
              if (rows !== null) listener(rows);
            }
          },
          // What arrived stays unread until the next message loads the reader again.
          () => undefined,
        );
      });
    },
    close: () => channel.close(),
  };
}

/** Notices of purges, over a BroadcastChannel. */
export function openPurgeChannel(): PurgeChannel {
  const channel = new BroadcastChannel("contact-sheet.purges");
  return {
    tell: (removedBefore) => channel.postMessage(removedBefore),
    onPurge: (listener) => {
      channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
        if (typeof data === "number") listener(data);
      });
    },
    close: () => channel.close(),
  };
}
