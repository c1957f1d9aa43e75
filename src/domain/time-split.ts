import { isReused, type Task } from "./task.ts";

/** Where the time of an answer went, in milliseconds; unknown parts are null. */
export interface TimeSplit {
  /** From asking until its turn came. */
  queueMs: number | null;
  /** Getting the picture ready to send. */
  preparingMs: number | null;
  /** Tries that were turned away and the pauses between them; 0 if the first try was answered. */
  retriesMs: number | null;
  /** From the last sending to the answer: upload and model together. */
  serviceMs: number | null;
  /**
   * False if the picture was only named, because the service already had it: then that time includes no
   * upload.
   */
  hasUpload: boolean;
  /** The service's own share of that, if a proxy reports it; the rest is the way there and back. */
  modelMs: number | null;
}

/** The split of an ended task; null for a reused answer, which took none of the service's time. */
export function timeSplit(task: Task): TimeSplit | null {
  const { times, sent } = task;
  if (times.endedAt === null) return null;
  if (isReused(task)) return null;
  return {
    queueMs: between(times.createdAt, times.preparingAt),
    preparingMs: between(times.preparingAt, times.firstSentAt),
    retriesMs: between(times.firstSentAt, times.sentAt),
    serviceMs: between(times.sentAt, times.endedAt),
    hasUpload: sent?.bytes !== 0,
    modelMs: times.serviceMs,
  };
}

// Clocks get set back, and a negative time would be nonsense.
function between(from: number | null, to: number | null): number | null {
  return from === null || to === null ? null : Math.max(0, to - from);
}
