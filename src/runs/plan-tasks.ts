import { sentSideOf } from "#src/catalog/sent-side.ts";
import type { Purse } from "#src/domain/connection.ts";
import { pictureHashOf } from "#src/domain/image.ts";
import type { RunId, Task, TaskUuid } from "#src/domain/task.ts";
import type { Ledger, LedgerAnswer, LedgerQuestion } from "./ports.ts";
import type { RunPlan } from "./run-engine.ts";

/** Makes a plan's tasks, each with the one UUID it will ever have. Questions this device has the answer to are done at once. */
export async function planTasks(
  plan: RunPlan,
  parts: {
    ledger: Ledger;
    purse: Purse;
    runId: RunId;
    /** Epoch milliseconds. */
    now: number;
    newUuid: () => string;
  },
): Promise<Task[]> {
  const reused = plan.reuse ? await findReusable(plan, parts) : [];
  return plan.questions.map(({ imageId, recipe, repeat }, at): Task => {
    // The order of a run is kept in its times, down to fractions of a millisecond, since it must survive a reload.
    const createdAt = parts.now + at / 1000;
    const answer = reused[at] ?? null;
    return {
      taskUuid: parts.newUuid(),
      sheetId: plan.sheetId,
      imageId,
      runId: parts.runId,
      askedBy: plan.askedBy,
      recipe,
      repeat,
      purse: parts.purse,
      state:
        answer === null
          ? { phase: "waiting" }
          : { phase: "done", answer: answer.answer, source: "reused", costMicroUsd: 0 },
      times: {
        createdAt,
        preparingAt: null,
        firstSentAt: null,
        sentAt: null,
        endedAt: answer === null ? null : parts.now,
        serviceMs: null,
      },
      sent: null,
      holdMicroUsd: 0,
      deletedAt: null,
    };
  });
}

/**
 * Parts a plan: what is asked under a new id, and the unsettled tasks whose questions are asked once more. What was sent
 * from another purse is no such task: that one's service was never asked.
 */
export async function sortOutUnsettled(
  plan: RunPlan,
  { ledger, purse }: { ledger: Ledger; purse: Purse },
): Promise<{ anew: RunPlan; unsettled: TaskUuid[] }> {
  if (plan.unsettled === undefined || plan.unsettled.length === 0)
    return { anew: plan, unsettled: [] };
  const known = await ledger.readTasks(plan.sheetId, plan.unsettled);
  const doubtful = new Map(
    known
      .filter((task) => task.state.phase === "unsettled" && task.purse === purse)
      .filter(({ deletedAt }) => deletedAt === null)
      .map((task) => [questionKey(task), task.taskUuid]),
  );
  const unsettled: TaskUuid[] = [];
  const questions = plan.questions.filter((question) => {
    const taskUuid = doubtful.get(questionKey(question));
    if (taskUuid !== undefined) unsettled.push(taskUuid);
    return taskUuid === undefined;
  });
  return { anew: { ...plan, questions }, unsettled };
}

function questionKey({
  imageId,
  recipe,
  repeat,
}: Pick<Task, "imageId" | "recipe" | "repeat">): string {
  const { modelId, prompt, sentSize } = recipe;
  return JSON.stringify([imageId, modelId, prompt, sentSize, repeat]);
}

async function findReusable(
  { questions }: RunPlan,
  { ledger, purse }: { ledger: Ledger; purse: Purse },
): Promise<(LedgerAnswer | null)[]> {
  const images = await ledger.readImages(questions.map(({ imageId }) => imageId));
  const asked = questions.map(({ recipe, repeat, fresh }, at): LedgerQuestion | null => {
    const image = images[at] ?? null;
    const pictureHash = image === null ? null : pictureHashOf(image);
    // A repeat asks how stable a model is: an answer given before says nothing of that.
    if (pictureHash === null || repeat > 1 || fresh === true) return null;
    const { modelId, prompt } = recipe;
    return { pictureHash, modelId, prompt, sentSide: sentSideOf(recipe), purse };
  });
  const found = await ledger.findReusables(asked.filter((question) => question !== null));
  let next = 0;
  return asked.map((question) => (question === null ? null : (found[next++] ?? null)));
}
