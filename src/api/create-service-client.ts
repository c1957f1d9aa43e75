import { readAnswerMark } from "#src/contract/answer-mark.ts";
import type { DataItem } from "#src/contract/replies.ts";
import type { CaptionTask } from "#src/contract/requests.ts";
import type { Answer, AnswerSource } from "#src/domain/answer.ts";
import type { Balance, Connection, ConnectionCheck } from "#src/domain/connection.ts";
import type { CallLimits, Delivery, PictureReference, TaskOrder } from "#src/domain/delivery.ts";
import { FailureError } from "#src/domain/failure.ts";
import { toMicroUsd } from "#src/domain/money.ts";
import { createAccount } from "./account.ts";
import { type Word, wordOn } from "./read-reply.ts";
import { createTransport, type Exchange, type TransportOptions } from "./transport.ts";
import { parseAgeLabel } from "#src/domain/age-label.ts";

/** The service, through one connection. Nothing above can tell which. Every promise rejects with a FailureError. */
export interface ServiceClient {
  readonly connection: Connection;
  /** Posts one task. If the service already has it, this rejects with "conflict": look it up. */
  ask(order: TaskOrder, limits: CallLimits): Promise<Delivery>;
  /** Looks up a task that was sent. "processing" may also mean that the service does not know it. */
  lookUp(taskUuid: string, limits: CallLimits): Promise<Delivery>;
  /** Leaves a picture with the service, which keeps it until 30 days after its last use. */
  upload(
    order: { taskUuid: string; dataUri: string },
    limits: CallLimits,
  ): Promise<{ imageUuid: string; imageUrl: string | null }>;
  /** What is left on the account; null if the service does not say. */
  balance(limits: CallLimits): Promise<Balance | null>;
  /** Tries the connection with one call that costs nothing. Rejects only if it is cancelled. */
  test(limits: CallLimits): Promise<ConnectionCheck>;
}

export interface ServiceClientOptions extends TransportOptions {
  /** A new UUID v4. */
  newUuid: () => string;
}

/** A thin client: the wire's words in, ours out. It keeps no state and never retries, since a retry may cost money. */
export function createServiceClient(options: ServiceClientOptions): ServiceClient {
  const post = createTransport(options);
  const { connection } = options;
  const ownSource: AnswerSource =
    connection.kind === "proxy" && connection.upstream === "sandbox" ? "sandbox" : "service";

  const deliver = (taskUuid: string, item: DataItem, exchange: Exchange): Delivery =>
    isUnfinished(item)
      ? { kind: "processing" }
      : {
          kind: "answered",
          answer: readAnswer(item),
          costMicroUsd: toMicroUsd(item.cost),
          source: readAnswerMark(exchange.answerMarks, taskUuid) ?? ownSource,
          serviceMs: exchange.serviceMs,
        };

  return {
    connection,
    ask: async (order, limits) => {
      const exchange = await post(captionTaskOf(order), limits);
      const item = itemIn(wordOn(order.taskUuid, exchange), exchange);
      return deliver(order.taskUuid, item, exchange);
    },
    lookUp: async (taskUuid, limits) => {
      const exchange = await post({ taskType: "getResponse", taskUUID: taskUuid }, limits);
      const word = wordOn(taskUuid, exchange);
      // An empty `data` is what a task that is still running looks like.
      if (word.kind === "nothing") return { kind: "processing" };
      return deliver(taskUuid, itemIn(word, exchange), exchange);
    },
    upload: async ({ taskUuid, dataUri }, limits) => {
      const exchange = await post(
        { taskType: "mediaStorage", taskUUID: taskUuid, operation: "upload", media: dataUri },
        limits,
      );
      const item = itemIn(wordOn(taskUuid, exchange), exchange);
      const imageUuid = item.mediaUUID ?? item.imageUUID;
      if (!imageUuid) throw badShape(exchange);
      return { imageUuid, imageUrl: item.mediaURL ?? item.imageURL ?? null };
    },
    ...createAccount({ connection, post, newUuid: options.newUuid }),
  };
}

function captionTaskOf(order: TaskOrder): CaptionTask {
  return {
    taskType: "caption",
    taskUUID: order.taskUuid,
    model: order.modelId,
    ...(order.prompt === null ? {} : { prompt: order.prompt }),
    includeCost: true,
    deliveryMethod: order.delivery,
    inputs: { image: wireForm(order.picture) },
  };
}

function wireForm(picture: PictureReference): string {
  switch (picture.kind) {
    case "data-uri":
      return picture.dataUri;
    case "url":
      return picture.url;
    case "uuid":
      return picture.imageUuid;
  }
}

function itemIn(word: Word, exchange: Exchange): DataItem {
  if (word.kind === "failure") throw new FailureError(word.failure);
  if (word.kind === "nothing") throw badShape(exchange);
  return word.item;
}

function badShape({ status }: Exchange): FailureError {
  return new FailureError({ kind: "bad-response", status, detail: "unexpected-shape" });
}

// An entry with nothing but its UUID acknowledges the task, even one sent for a synchronous answer. Taking it for an
// empty answer would lose sight of a task that is being paid for.
function isUnfinished(item: DataItem): boolean {
  if (item.status)
    return /^(processing|pending|queued|running|starting|in.?progress)$/iu.test(item.status);
  return item.text === undefined && !item.structuredData && typeof item.cost !== "number";
}

/** What an entry of `data` says about its picture: the age group first, then the text; null if it has neither. */
function readAnswer(item: DataItem): Answer | null {
  const label = item.structuredData?.ageGroup ?? "";
  if (label.trim() !== "") {
    const confidence = asFraction(item.structuredData?.confidence);
    return { kind: "age", verdict: { label, range: parseAgeLabel(label), confidence } };
  }
  const text = item.text ?? "";
  return text.trim() === "" ? null : { kind: "caption", text };
}

// Specified as 0–100, but seen as 0–1: the likeliest of five or more groups cannot be at 1 % or less.
function asFraction(confidence: number | null | undefined): number | null {
  if (confidence === null || confidence === undefined || confidence < 0 || confidence > 100)
    return null;
  // Rounded, because 79.65 / 100 is otherwise a little more than 0.7965.
  return confidence <= 1 ? confidence : Math.round(confidence * 10_000) / 1_000_000;
}
