import { computeChanges, type BulkChanges, type BulkTexts } from "./compute-changes.ts";
import type { TextEdit } from "./text-edits.ts";

// Edits thousands of texts beside the page. A pattern may take for ever: whatever started this worker ends it then.

let texts: BulkTexts = { fields: [], words: [], fieldAt: new Uint8Array() };

self.addEventListener("message", ({ data }: MessageEvent<BulkOrder>) => {
  texts = data.texts ?? texts;
  tell({ kind: "begun" });
  try {
    const changes = computeChanges(texts, data.edit);
    tell({ kind: "done", changes }, [changes.at.buffer, changes.over.buffer]);
  } catch (error) {
    tell({ kind: "bad-pattern", why: error instanceof SyntaxError ? error.message : "" });
  }
});

function tell(report: BulkReport, transfer: ArrayBuffer[] = []): void {
  self.postMessage(report, { transfer });
}

/** An edit of texts. Null for those of the order before. One order at a time. */
export interface BulkOrder {
  texts: BulkTexts | null;
  edit: TextEdit;
}

/** What comes back for each order: that it has begun, and then what it came to. */
export type BulkReport =
  | { kind: "begun" }
  | { kind: "done"; changes: BulkChanges }
  /** `why` is the browser’s own word for it. */
  | { kind: "bad-pattern"; why: string };
