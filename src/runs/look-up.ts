import { sentSideOf } from "#src/catalog/sent-side.ts";
import type { Delivery } from "#src/domain/delivery.ts";
import { toFailure, type Failure } from "#src/domain/failure.ts";
import { pictureHashOf } from "#src/domain/image.ts";
import { paysFromItsPurse, stopForFailure, type Errand } from "./desk.ts";
import { leaveToItsPurse } from "./doubtful-task.ts";
import type { LedgerQuestion } from "./ports.ts";
import { isOverload, isSilence, meaningOf, reachedNobody } from "./retry-policy.ts";

/** What one look-up came to: the task has ended; nothing is known yet; it was let go of; or the look-up itself failed. */
export type LookUp = "ended" | "nothing" | "left" | Failure;

/**
 * Asks the service once for a task that was sent. "nothing" covers a task that runs and one the service never had:
 * they look alike on the wire.
 */
export async function lookUpOnce(errand: Errand): Promise<LookUp> {
  const { desk, taskUuid } = errand;
  const { client, clock, timing } = desk.tools;
  const startedAt = clock.now();
  let giveBack = (): void => undefined;
  try {
    if (!errand.hasSlot) giveBack = await desk.throttle().take({ urgent: true, signal: desk.over });
    if (!paysFromItsPurse(desk, taskUuid)) {
      if (desk.isChecked(taskUuid)) return "nothing";
      leaveToItsPurse(errand);
      return "left";
    }
    const delivery = await client().lookUp(taskUuid, {
      signal: desk.over,
      timeoutMs: timing.lookUpMs,
    });
    desk.heard();
    return takeDelivery(errand, delivery) ? "ended" : "nothing";
  } catch (thrown) {
    const failure = toFailure(thrown);
    if (reachedNobody(failure)) desk.heardNobody(failure);
    else if (failure.kind !== "cancelled" && !isSilence(failure)) desk.heard();
    if (isOverload(failure)) desk.throttle().overloaded(failure, startedAt);
    return afterFailedLookUp(errand, failure);
  } finally {
    giveBack();
  }
}

/** Takes in what the service delivered; false while it only says that the task is being worked on. */
export function takeDelivery({ desk, taskUuid, image }: Errand, delivery: Delivery): boolean {
  if (delivery.kind === "processing") return false;
  const { answer, source, costMicroUsd, serviceMs } = delivery;
  desk.throttle().succeeded();
  const { recipe, purse } = desk.task(taskUuid);
  const pictureHash = image === null ? null : pictureHashOf(image);
  const question: LedgerQuestion | null =
    pictureHash === null
      ? null
      : {
          pictureHash,
          modelId: recipe.modelId,
          prompt: recipe.prompt,
          sentSide: sentSideOf(recipe),
          purse,
        };
  desk.tell(
    taskUuid,
    {
      type: "task-answered",
      at: desk.tools.clock.now(),
      answer,
      source,
      costMicroUsd,
      serviceMs,
    },
    question,
  );
  return true;
}

function afterFailedLookUp({ desk, taskUuid }: Errand, failure: Failure): LookUp {
  if (desk.over.aborted) return "left";
  if (failure.kind === "refused" && failure.saidBy === "service") {
    desk.tell(taskUuid, { type: "task-refused", at: desk.tools.clock.now(), failure });
    return "ended";
  }
  // It was for the person's own asking: no run stands or falls with it.
  if (desk.isChecked(taskUuid)) return failure;
  const isOffline = failure.kind === "offline" && !desk.tools.network.isOnline();
  if (!isOffline && meaningOf(failure) !== "stops") return failure;
  desk.tell(taskUuid, { type: "task-postponed", mayBeAccepted: true });
  desk.stopRun(isOffline ? { kind: "offline" } : stopForFailure(failure));
  return "left";
}
