import { startTimer } from "#src/lib/long-timer.ts";
import { trustedScript } from "#src/lib/trusted.ts";
import type { BulkOrder, BulkReport } from "./bulk-worker.ts";
// oxlint-disable-next-line import/default -- by this query Vite gives the address of the worker that it builds
import bulkWorkerUrl from "./bulk-worker.ts?worker&url";
import type { BulkTexts } from "./compute-changes.ts";
import type { TextEdit } from "./text-edits.ts";

/** How long a pattern may look for its matches in all texts. */
const MOST_PATTERN_MS = 2_000;

/** What became of a preview. */
export type PreviewOutcome =
  | Exclude<BulkReport, { kind: "begun" }>
  /** Its pattern was ended. */
  | { kind: "too-slow" }
  /** Another one was asked for. */
  | { kind: "replaced" }
  /** The worker could not be loaded. */
  | { kind: "lost" };

/** As much of a Worker as a preview uses. */
interface PreviewWorker {
  postMessage(order: BulkOrder): void;
  terminate(): void;
  addEventListener(type: "message", listen: (event: MessageEvent<BulkReport>) => void): void;
  addEventListener(type: "error" | "messageerror", listen: () => void): void;
}

interface PreviewerParts {
  startWorker: () => PreviewWorker;
  /** Calls back after so many milliseconds, unless what it returns is called before. */
  after: (milliseconds: number, callback: () => void) => () => void;
}

/** Previews edits in a worker, the newest alone. */
export interface Previewer {
  /** Texts that are the same object as before are not sent again. */
  preview: (texts: BulkTexts, edit: TextEdit) => Promise<PreviewOutcome>;
  /** Ends the worker; a later preview starts another. */
  end: () => void;
}

/** The previewer of a browser. */
export function createBrowserPreviewer(): Previewer {
  return createPreviewer({
    startWorker: () => new Worker(trustedScript(bulkWorkerUrl), { type: "module" }),
    after: startTimer,
  });
}

/**
 * A previewer with one worker. A preview that is under way when the next is asked for is ended with its worker, since one
 * that looks for a pattern hears nothing; so is a pattern that takes more than its time, which begins as it begins to look.
 */
export function createPreviewer({ startWorker, after }: PreviewerParts): Previewer {
  let worker: PreviewWorker | null = null;
  let sent: BulkTexts | null = null;
  let settle: ((outcome: PreviewOutcome) => void) | null = null;
  let callOff: () => void = () => undefined;
  let isPattern = false;
  const finish = (outcome: PreviewOutcome): void => {
    callOff();
    const done = settle;
    settle = null;
    done?.(outcome);
  };
  const end = (outcome: PreviewOutcome): void => {
    worker?.terminate();
    worker = null;
    sent = null;
    finish(outcome);
  };
  const start = (): PreviewWorker => {
    const started = startWorker();
    started.addEventListener("message", ({ data }) => {
      if (started !== worker) return;
      if (data.kind !== "begun") finish(data);
      else if (isPattern) callOff = after(MOST_PATTERN_MS, () => end({ kind: "too-slow" }));
    });
    for (const type of ["error", "messageerror"] as const)
      started.addEventListener(type, () => {
        if (started === worker) end({ kind: "lost" });
      });
    return started;
  };
  return {
    preview: (texts, edit) => {
      if (settle !== null) end({ kind: "replaced" });
      const asked = (worker ??= start());
      const order = { texts: texts === sent ? null : texts, edit };
      sent = texts;
      isPattern = edit.kind === "replace" && edit.isPattern;
      return new Promise((resolve) => {
        settle = resolve;
        asked.postMessage(order);
      });
    },
    end: () => end({ kind: "replaced" }),
  };
}
