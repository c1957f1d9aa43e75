import { sentSideOf } from "#src/catalog/sent-side.ts";
import type { Purse } from "#src/domain/connection.ts";
import { pictureHashOf } from "#src/domain/image.ts";
import type { RunId, Task } from "#src/domain/task.ts";
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
