import type { RowsWritten, SheetChannel } from "#src/state/sheet-channel.ts";

/** Tabs of one sheet, over a BroadcastChannel. Only this app's own code can post on it. */
export function openSheetChannel(sheetId: string): SheetChannel {
  const channel = new BroadcastChannel(`contact-sheet.sheet.${sheetId}`);
  return {
    post: (rows) => channel.postMessage(rows),
    onRows: (listener) => {
      channel.addEventListener("message", (event: MessageEvent<RowsWritten>) =>
        listener(event.data),
      );
    },
    close: () => channel.close(),
  };
}
