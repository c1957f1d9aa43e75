import type { Delivery, CallLimits, PictureReference, TaskOrder } from "#src/domain/delivery.ts";
import type { Connection } from "#src/domain/connection.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { Recipe } from "#src/domain/recipe.ts";
import type { SentFacts, Task, TaskUuid } from "#src/domain/task.ts";

/** The service, as the engine sees it. Both throw FailureError. */
export interface TaskClient {
  ask(order: TaskOrder, limits: CallLimits): Promise<Delivery>;
  /** Looks up a task that was sent, by its UUID. */
  lookUp(taskUuid: TaskUuid, limits: CallLimits): Promise<Delivery>;
  readonly connection: Connection;
}

/** Makes the picture ready to send: makes a smaller copy where the recipe wants one, then the data URI, off the main thread. */
export interface PictureSource {
  prepare(
    image: SheetImage,
    recipe: Recipe,
    signal: AbortSignal,
  ): Promise<{ picture: PictureReference; sent: SentFacts }>;
}

/** Where tasks are written before anything is sent. */
export interface Ledger {
  writeTasks(tasks: readonly Task[], durability: "strict" | "relaxed"): Promise<void>;
}
