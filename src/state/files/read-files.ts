import { FailureError } from "#src/domain/failure.ts";
import type { VerdictReading } from "#src/exports/verdict-files.ts";
import type { CaptionEntry, ReadCaptions } from "#src/imports/read-caption-file.ts";
import { trustedScript } from "#src/lib/trusted.ts";
import type { SheetFile } from "./read-sheet-file.ts";
import type { FileProgress } from "./write-sheet-file.ts";
import type { FileOrder, FilePart, FileReport } from "./file-worker.ts";
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
    const onPart = (part: FilePart): void => {
      if (part.kind === "progress") onProgress(part.progress);
    };
    const ask = (order: FileOrder): Promise<FileReport> =>
      askWorker(worker, order, { signal, onPart });
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

/**
 * Reads a caption file in a worker, since JSON is parsed in one step, for seconds if it is made for that. Rejects like
 * readVerdictFile.
 */
export async function readLongCaptions(
  source: Omit<Extract<FileOrder, { kind: "read-captions" }>, "kind">,
  signal: AbortSignal,
  startWorker: () => FileWorker = startFileWorker,
): Promise<ReadCaptions> {
  const entries: CaptionEntry[] = [];
  const onPart = (part: FilePart): void => {
    // One by one: a call takes no more arguments than its stack holds.
    if (part.kind === "caption-entries") for (const entry of part.entries) entries.push(entry);
  };
  const order = { kind: "read-captions", ...source } as const;
  const report = await askOnce(order, { signal, startWorker, onPart });
  if (report.kind !== "captions") throw unexpected(report);
  return { entries, troubles: report.troubles };
}

interface AskedOnce {
  signal: AbortSignal;
  startWorker: () => FileWorker;
  onPart?: (part: FilePart) => void;
}

async function askOnce(
  order: FileOrder,
  { signal, startWorker, onPart = () => undefined }: AskedOnce,
): Promise<FileReport> {
  const worker = startWorker();
  try {
    return await askWorker(worker, order, { signal, onPart });
  } finally {
    worker.terminate();
  }
}

function askWorker(
  worker: FileWorker,
  order: FileOrder,
  { signal, onPart }: { signal: AbortSignal; onPart: (part: FilePart) => void },
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
        if (data.kind === "progress" || data.kind === "caption-entries") onPart(data);
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
