import { toFailure } from "#src/domain/failure.ts";
import { readVerdicts } from "#src/exports/verdict-reading.ts";
import { parseCsv } from "#src/lib/parse-csv.ts";
import { readSheetFile, type SheetFile } from "./read-sheet-file.ts";
import type { FileOrder, FileReport } from "./file-messages.ts";

// Reads what other people's files hold, so that a file that takes long, or for ever, never holds up the page: whoever
// started this worker ends it.

let opened: SheetFile | null = null;

self.addEventListener("message", ({ data }: MessageEvent<FileOrder>) => {
  carryOut(data).catch((error: unknown) => tell({ kind: "failed", failure: toFailure(error) }));
});

async function carryOut(order: FileOrder): Promise<void> {
  switch (order.kind) {
    case "open-sheet": {
      opened = await readSheetFile(order.file, {
        signal: new AbortController().signal,
        onProgress: (progress) => tell({ kind: "progress", progress }),
      });
      const { readPicture: _stays, ...contents } = opened;
      tell({ kind: "sheet", contents });
      break;
    }
    case "read-picture": {
      const picture = (await opened?.readPicture(order.hash)) ?? null;
      const bytes = picture === null ? [] : [picture.copy.bytes, picture.thumbnail.bytes];
      tell({ kind: "picture", picture }, bytes);
      break;
    }
    case "read-verdicts":
      tell({ kind: "verdicts", reading: readVerdicts(await order.file.text()) });
      break;
    case "read-table":
      tell({ kind: "table", records: parseCsv(await order.file.text()) });
      break;
  }
}

function tell(report: FileReport, transfer: ArrayBuffer[] = []): void {
  self.postMessage(report, { transfer });
}
