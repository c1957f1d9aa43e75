import { FailureError } from "#src/domain/failure.ts";
import type { VerdictReading } from "#src/exports/verdict-files.ts";
import { trustedScript } from "#src/lib/trusted.ts";
import type { SheetFile } from "./read-sheet-file.ts";
import type { FileProgress } from "./write-sheet-file.ts";
import type { FileOrder, FileReport } from "./file-worker.ts";
// oxlint-disable-next-line import/default -- by this query Vite gives the address of the worker that it builds
import fileWorkerUrl from "./file-worker.ts?worker&url";

/** The part of a Worker that is used here. */
export interface FileWorker {
  postMessage(order: FileOrder): void;
  terminate(): void;
  addEventListener(
    type: "message",
    listen: (event: MessageEvent<FileReport>) => void,
    options: { signal: AbortSignal },
  ): void;
  addEventListener(type: "error", listen: () => void, options: { signal: AbortSignal }): void;
}

/** A sheet's file that is read elsewhere: pictures come when asked for, until it is closed. */
interface OpenSheetFile extends SheetFile {
  close: () => void;
}

/** Opens a sheet's file. Rejects with a FailureError (sheet-file) or with the signal's reason. */
export type SheetFileReader = (
  file: Blob,
  watch: { signal: AbortSignal; onProgress: (progress: FileProgress) => void },
) => Promise<OpenSheetFile>;

// Within the bounds on bytes and rows nothing takes nearly as long; it ends what nobody has thought
// of.
const MOST_READING_MS = 120_000;

/** Starts a separate worker for each file, so that ending it ends whatever a strange file makes it do. */
export function startFileWorker(): FileWorker {
  return new Worker(trustedScript(fileWorkerUrl), { type: "module" });
}

/** A reader of sheets' files that works in a worker. */
export function createSheetFileReader(startWorker: () => FileWorker): SheetFileReader {
  return async (file, { signal, onProgress }) => {
    const worker = startWorker();
    const ask = (order: FileOrder): Promise<FileReport> =>
      askWorker(worker, order, { signal, onProgress });
    try {
      const report = await ask({ kind: "open-sheet", file });
      if (report.kind !== "sheet") throw unexpected(report);
      return {
        ...report.contents,
        readPicture: async (hash) => {
          const answer = await ask({ kind: "read-picture", hash });
          if (answer.kind !== "picture") throw unexpected(answer);
          return answer.picture;
        },
        close: () => worker.terminate(),
      };
    } catch (error) {
      worker.terminate();
      throw error;
    }
  };
}

/** Reads a verdict file in a worker; null if it is not one. Rejects with a FailureError or the signal's reason. */
export async function readVerdictFile(
  file: Blob,
  signal: AbortSignal,
  startWorker: () => FileWorker = startFileWorker,
): Promise<VerdictReading | null> {
  const report = await askOnce({ kind: "read-verdicts", file }, { signal, startWorker });
  if (report.kind !== "verdicts") throw unexpected(report);
  return report.reading;
}

/**
 * Reads a CSV file in a worker, one record per line; null if it has more lines or columns than such a file can. Rejects
 * like readVerdictFile.
 */
export async function readTableFile(
  file: Blob,
  signal: AbortSignal,
  startWorker: () => FileWorker = startFileWorker,
): Promise<Record<string, string>[] | null> {
  const report = await askOnce({ kind: "read-table", file }, { signal, startWorker });
  if (report.kind !== "table") throw unexpected(report);
  return report.records;
}

async function askOnce(
  order: FileOrder,
  { signal, startWorker }: { signal: AbortSignal; startWorker: () => FileWorker },
): Promise<FileReport> {
  const worker = startWorker();
  try {
    return await askWorker(worker, order, { signal, onProgress: () => undefined });
  } finally {
    worker.terminate();
  }
}

function askWorker(
  worker: FileWorker,
  order: FileOrder,
  { signal, onProgress }: Parameters<SheetFileReader>[1],
): Promise<FileReport> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const ending = new AbortController();
    const end = (step: () => void): void => {
      clearTimeout(timer);
      ending.abort();
      step();
    };
    const timer = setTimeout(() => {
      worker.terminate();
      end(() => reject(new FailureError({ kind: "sheet-file", reason: "too-large" })));
    }, MOST_READING_MS);
    const leave = (): void => {
      worker.terminate();
      end(() => reject(signal.reason));
    };
    const once = { signal: ending.signal };
    signal.addEventListener("abort", leave, once);
    worker.addEventListener(
      "error",
      () =>
        end(() => reject(new FailureError({ kind: "internal", detail: "the file reader broke" }))),
      once,
    );
    worker.addEventListener(
      "message",
      ({ data }) => {
        if (data.kind === "progress") onProgress(data.progress);
        else if (data.kind === "failed") end(() => reject(new FailureError(data.failure)));
        else end(() => resolve(data));
      },
      once,
    );
    worker.postMessage(order);
  });
}

function unexpected({ kind }: FileReport): FailureError {
  return new FailureError({ kind: "internal", detail: `the file reader answered with ${kind}` });
}
