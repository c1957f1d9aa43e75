import type { Answer, AnswerSource } from "./answer.ts";
import type { MicroUsd } from "./money.ts";

/**
 * The picture in the form the service gets it. Only "data-uri" carries pixels, and only while it is being sent.
 */
export type PictureReference =
  | { kind: "data-uri"; dataUri: string }
  | { kind: "url"; url: string }
  | { kind: "uuid"; imageUuid: string };

/** One task, as it is handed to the client. */
export interface TaskOrder {
  /** UUID v4, the same for every try of one task. */
  taskUuid: string;
  modelId: string;
  /** Null sends no prompt at all. */
  prompt: string | null;
  picture: PictureReference;
  delivery: "sync" | "async";
}

/** Every call to the service can be ended by a signal, and ends by itself at its deadline. */
export interface CallLimits {
  signal: AbortSignal;
  timeoutMs: number;
}

/** What the service said about a task, except failures (those are thrown as FailureError). */
export type Delivery =
  | {
      kind: "answered";
      /** Null if the service answered with neither text nor a group. */
      answer: Answer | null;
      /** Null if the service named no cost. */
      costMicroUsd: MicroUsd | null;
      source: AnswerSource;
      /** Milliseconds the service itself took, if a proxy says so in Server-Timing. */
      serviceMs: number | null;
    }
  /** Accepted but not finished: poll for it. An unknown taskUUID may look the same. */
  | { kind: "processing" };
