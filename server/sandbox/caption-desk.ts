import type { AnswerMark } from "#src/contract/answer-mark.ts";
import type { BillingLedger } from "./billing-ledger.ts";
import {
  answerFromExample,
  answerFromPixels,
  cannedAnswer,
  highestPrice,
  type ComposedAnswer,
} from "./compose-answer.ts";
import type { GivenPicture, PictureDesk } from "./picture-desk.ts";
import type { Scenario } from "./scenario.ts";
import type { DataItem, TaskBook, TaskResult } from "./task-book.ts";
import { badRequest, type Checked } from "./wire-error.ts";
import { unknownModel, type CaptionOrder } from "./wire-task.ts";

/** What the sandbox keeps between requests. */
export interface CaptionDeskParts {
  scenario: () => Scenario;
  book: TaskBook;
  ledger: BillingLedger;
  pictures: PictureDesk;
  /** Resolves early when the sandbox is being stopped. */
  pause: (waitMs: number) => Promise<void>;
  /** Resolves once the work on one more task may begin. */
  mayWork: () => Promise<void>;
  /** US dollars left, in millionths; null means plenty. */
  balanceMicroUsd: () => number | null;
}

type SettledResult = Exclude<TaskResult, { kind: "processing" }>;

/** A task's entry in the reply, and who made it. */
export type CaptionOutcome = Checked<{ item: DataItem; mark: AnswerMark }>;

/** Takes caption tasks: it accepts, works, bills and remembers. */
export interface CaptionDesk {
  take(order: CaptionOrder): Promise<CaptionOutcome>;
  /** Only validates and prices. */
  price(order: CaptionOrder): CaptionOutcome;
}

/** A desk that works with what the sandbox keeps. */
export function createCaptionDesk(parts: CaptionDeskParts): CaptionDesk {
  const { book, ledger } = parts;

  function admit(order: CaptionOrder): Checked<GivenPicture> {
    const scenario = parts.scenario();
    if (scenario.retiredModels.includes(order.model.id)) return unknownModel();
    const balance = parts.balanceMicroUsd();
    if (balance !== null && balance < highestPrice(order.model, scenario)) {
      return badRequest("insufficientCredits", "The balance is too low.", { status: 402 });
    }
    return parts.pictures.find(order.picture);
  }

  /**
   * Does the work and notes how it ended. It never rejects, since nobody waits for an async task.
   */
  async function workAndSettle(order: CaptionOrder, picture: GivenPicture): Promise<SettledResult> {
    const result = await work(parts, order, picture).catch((): SettledResult => ({
      kind: "failed",
      error: {
        status: 500,
        code: "inferenceError",
        message: "The sandbox failed while reading the picture.",
      },
    }));
    book.settle(order.taskUuid, result);
    // A failed sync task was answered immediately and is not billed, so its UUID may be used again.
    if (result.kind === "failed" && order.delivery === "sync") book.release(order.taskUuid);
    return result;
  }

  async function take(order: CaptionOrder): Promise<CaptionOutcome> {
    const isAsync = order.delivery === "async";
    if (!book.accept(order.taskUuid, isAsync || parts.scenario().keepSyncResults)) {
      ledger.conflicted();
      const details = { parameter: "taskUUID" };
      return badRequest("conflictTaskUUID", "This taskUUID is already in use.", details);
    }
    const picture = admit(order);
    if (!picture.ok) {
      book.release(order.taskUuid);
      return picture;
    }
    ledger.accepted(order.taskUuid, order.model.id);
    const working = workAndSettle(order, picture.value);
    if (isAsync) {
      const item = { taskType: "caption", taskUUID: order.taskUuid };
      return { ok: true, value: { item, mark: "sandbox" } };
    }
    const result = await working;
    return result.kind === "failed"
      ? { ok: false, error: result.error }
      : { ok: true, value: { item: result.item, mark: result.mark } };
  }

  function price(order: CaptionOrder): CaptionOutcome {
    const picture = admit(order);
    if (!picture.ok) return picture;
    const cost = toUsd(highestPrice(order.model, parts.scenario()));
    const item = { taskType: "caption", taskUUID: order.taskUuid, cost };
    return { ok: true, value: { item, mark: "sandbox" } };
  }

  return { take, price };
}

async function work(
  { scenario: currentScenario, pictures, pause, mayWork, ledger }: CaptionDeskParts,
  order: CaptionOrder,
  picture: GivenPicture,
): Promise<SettledResult> {
  await mayWork();
  const scenario = currentScenario();
  await pause(order.delivery === "async" ? scenario.asyncMs : scenario.serviceMs);
  const answer = await answerTo(order, picture, { scenario, pictures });
  if (!answer.ok) return { kind: "failed", error: answer.error };
  ledger.billed(order.taskUuid, answer.value.costMicroUsd);
  return { kind: "answered", item: asItem(order, answer.value), mark: answer.value.mark };
}

async function answerTo(
  order: CaptionOrder,
  picture: GivenPicture,
  { scenario, pictures }: { scenario: Scenario; pictures: PictureDesk },
): Promise<Checked<ComposedAnswer>> {
  const question = { model: order.model, prompt: order.prompt, scenario };
  if (picture.kind === "published") {
    return { ok: true, value: answerFromExample(picture.example, question) };
  }
  if (!scenario.pixelWork) {
    return { ok: true, value: cannedAnswer(order.picture.slice(-64), question) };
  }
  const measures = await pictures.measure(picture.read());
  return measures.ok ? { ok: true, value: answerFromPixels(measures.value, question) } : measures;
}

function asItem(order: CaptionOrder, answer: ComposedAnswer): DataItem {
  return {
    taskType: answer.taskType,
    taskUUID: order.taskUuid,
    ...answer.content,
    ...(order.includeCost && { cost: toUsd(answer.costMicroUsd) }),
  };
}

function toUsd(microUsd: number): number {
  return microUsd / 1_000_000;
}
