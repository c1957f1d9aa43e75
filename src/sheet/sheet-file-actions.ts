import { FailureError, toFailure, type Failure } from "#src/domain/failure.ts";
import { failureText } from "#src/domain/failure-text.ts";
import type { Sheet } from "#src/domain/sheet.ts";
import { formatBytes } from "#src/lib/format-bytes.ts";
import { createSheetFileReader, startFileWorker } from "#src/state/files/read-files.ts";
import { fixFrames } from "#src/state/pictures/frame-numbers.ts";
import type { Services } from "#src/state/services.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { useSheetFileWork, type SheetFileWork } from "#src/state/files/sheet-file-work.ts";
import {
  openSheetFile,
  saveSheetFile,
  sheetFileName,
  type OpenedSheet,
  type Watch,
} from "#src/state/files/sheet-files.ts";
import { rowCountsText } from "./row-counts-text.ts";
import { chooseSaveTarget } from "#src/ui/save-target.ts";
import { showToast } from "#src/ui/toasts.ts";
import { report } from "./tell.ts";

const readSheetFile = createSheetFileReader(startFileWorker);

// A small file is open before anyone could read a dialog.
const SHOWN_AFTER_MS = 300;

/** Saves a sheet to a file of the user's choice. Never rejects: the sheets' dialog shows what went wrong. */
export async function saveToFile(
  { sheets, workspace }: Services,
  sheet: Pick<Sheet, "id" | "name" | "keeping">,
): Promise<void> {
  if (isBusy()) return;
  const target = await chooseSaveTarget(sheetFileName(sheet.name), {
    description: "Contact Sheet",
    mime: "application/zip",
    extension: ".zip",
  });
  if (target === null || isBusy()) return;
  const saved = await carry({ kind: "saving", name: sheet.name }, async (watch) => {
    await workspace.find(sheet.id)?.keepTyped();
    fixFrames();
    const stream = await saveSheetFile(sheets, sheet, watch);
    return stream === null ? null : target.write(stream, watch.signal).catch(asUnwritable);
  });
  if (saved === null) return;
  if (saved.watched) leaveDialog();
  showToast({
    text: `“${sheet.name}” is saved as ${target.fileName}, ${formatBytes(saved.result)}.`,
    kind: "sheet-file",
  });
}

/** Opens a sheet's file as a new sheet. Never rejects: the sheets' dialog shows what went wrong. */
export async function openFromFile({ sheets, workspace }: Services, file: File): Promise<void> {
  if (isBusy()) return;
  const dialogTimer = setTimeout(() => {
    if (useSheetFileWork.getState().work?.watched === true)
      useShellDialog.getState().open("sheets");
  }, SHOWN_AFTER_MS);
  const opened = await carry({ kind: "opening", name: file.name }, (watch) =>
    openSheetFile({ ...sheets, readSheetFile }, file, watch),
  );
  clearTimeout(dialogTimer);
  if (opened === null) return;
  const { sheet } = opened.result;
  const show = () => workspace.openSheet(sheet.id);
  await workspace.refresh();
  const trouble = leftOutText(opened.result);
  if (opened.watched) {
    await show();
    leaveDialog();
  } else {
    showToast({
      text: `“${sheet.name}” is opened.`,
      kind: "sheet-file",
      action: { label: "Show it", run: () => report(show()) },
    });
  }
  if (trouble !== null) tellTrouble(trouble);
}

function isBusy(): boolean {
  if (useSheetFileWork.getState().work === null) return false;
  showToast({
    text: "One sheet file is still being saved or opened: try again when that is done.",
    tone: "warn",
    kind: "sheet-file",
  });
  return true;
}

/** Runs a step that can be watched and cancelled; null if it was cancelled, failed or had nothing to do. */
async function carry<Result>(
  { kind, name }: Pick<SheetFileWork, "kind" | "name">,
  step: (watch: Watch) => Promise<Result | null>,
): Promise<{ result: Result; watched: boolean } | null> {
  const ending = new AbortController();
  const { show, change, end } = useSheetFileWork.getState();
  let shown = "";
  show({ kind, name, progress: null, watched: true, cancel: () => ending.abort() });
  try {
    const result = await step({
      signal: ending.signal,
      onProgress: (progress) => {
        const share = `${progress.of} ${Math.floor((progress.done / progress.total) * 100)}`;
        if (share !== shown) change({ progress });
        shown = share;
      },
    });
    const watched = useSheetFileWork.getState().work?.watched === true;
    end(null);
    return result === null ? null : { result, watched };
  } catch (error) {
    end(null);
    if (!ending.signal.aborted) tellTrouble(failureText(toFailure(error)));
    return null;
  }
}

function tellTrouble(trouble: string): void {
  useSheetFileWork.getState().end(trouble);
  useShellDialog.getState().open("sheets");
}

function leaveDialog(): void {
  const { dialog, close } = useShellDialog.getState();
  if (dialog === "sheets") close();
}

// Objections of the disk or the browser to the place; failures of the sheet's own storage are passed on unchanged.
function asUnwritable(error: unknown): never {
  const failure = toFailure(error);
  const unwritable: Failure = { kind: "sheet-file", reason: "unwritable" };
  throw new FailureError(failure.kind === "internal" ? unwritable : failure);
}

function leftOutText({ sheet, leftOut }: OpenedSheet): string | null {
  const list = rowCountsText(leftOut);
  if (list === "") return null;
  return `“${sheet.name}” is opened, but its file is damaged in places: ${list} could not be read. The rest is here.`;
}
