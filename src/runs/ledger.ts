import { sentSideOf } from "#src/catalog/find-models.ts";
import type { Purse } from "#src/domain/connection.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { reusedPrompt } from "#src/domain/recipe.ts";
import type { RunId, RunNote, Task, TaskUuid } from "#src/domain/task.ts";
import type { Ledger, LedgerAnswer, LedgerQuestion } from "./ports.ts";
import type { RunPlan } from "./run-events.ts";

/**
 * Makes a plan's tasks, each with the one UUID it will ever have. Questions that this device has the answer to are done
 * at once.
 */
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
  return plan.questions.map(
    ({ imageId, fieldId, recipe, promptSent, language, mount, repeat }, at): Task => {
      // The order of a run is kept in its times, down to fractions of a millisecond, since it must survive a reload.
      const createdAt = parts.now + at / 1000;
      const answer = reused[at] ?? null;
      return {
        taskUuid: parts.newUuid(),
        sheetId: plan.sheetId,
        imageId,
        runId: parts.runId,
        askedBy: plan.askedBy,
        fieldId,
        recipe,
        promptSent,
        language,
        repeat,
        mount,
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
    },
  );
}

/**
 * Splits a plan into what is asked under a new id, and the unsettled tasks whose questions are asked once more. A task
 * sent from another purse does not count: this purse's service was never asked.
 */
export async function sortOutUnsettled(
  plan: RunPlan,
  { ledger, purse }: { ledger: Ledger; purse: Purse },
): Promise<{ unasked: RunPlan; unsettled: TaskUuid[] }> {
  if (plan.unsettled === undefined || plan.unsettled.length === 0)
    return { unasked: plan, unsettled: [] };
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
  return { unasked: { ...plan, questions }, unsettled };
}

// Whichever view or field it was asked for, it is the same to the service.
function questionKey({
  imageId,
  recipe,
  promptSent,
  repeat,
}: Pick<Task, "imageId" | "recipe" | "promptSent" | "repeat">): string {
  const { modelId, sentSize } = recipe;
  // An empty prompt is none.
  return JSON.stringify([imageId, modelId, promptSent ?? "", sentSize, repeat]);
}

async function findReusable(
  { questions }: RunPlan,
  { ledger, purse }: { ledger: Ledger; purse: Purse },
): Promise<(LedgerAnswer | null)[]> {
  const images = await ledger.readImages(questions.map(({ imageId }) => imageId));
  const asked = questions.map(
    ({ recipe, promptSent, mount, repeat, fresh }, at): LedgerQuestion | null => {
      const image = images[at] ?? null;
      const pictureHash = image === null ? null : pictureHashOf(image);
      // A repeat asks how stable a model is, and an answer given before says nothing about that.
      if (pictureHash === null || repeat > 1 || fresh === true) return null;
      const { modelId } = recipe;
      const prompt = reusedPrompt(recipe, promptSent);
      return { pictureHash, modelId, prompt, sentSide: sentSideOf(recipe), mount, purse };
    },
  );
  const found = await ledger.findReusables(asked.filter((question) => question !== null));
  let next = 0;
  return asked.map((question) => (question === null ? null : (found[next++] ?? null)));
}

type Reusable = { question: LedgerQuestion; answer: LedgerAnswer };

/** Writes task rows in groups: while one transaction runs, further rows gather for the next one. */
export interface LedgerWriter {
  /** Resolves once these rows, or newer ones of the same tasks, are flushed to disk. Rejects with storage's failure; the rows are kept and written with the next group. */
  write: (rows: readonly Task[], reusable?: Reusable) => Promise<void>;
  writeNote: (note: RunNote) => Promise<void>;
  /** Writes what a failure left unwritten. */
  flush: () => Promise<void>;
}

/**
 * One flush to disk costs the same for one row and for fifty, so rows share it. All of it is written strictly,
 * since an answer is money.
 */
export function createLedgerWriter(
  ledger: Ledger,
  onWritten: (taskUuids: readonly TaskUuid[]) => void,
): LedgerWriter {
  let tasks = new Map<TaskUuid, Task>();
  let reusable: Reusable[] = [];
  let note: RunNote | null = null;
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  async function writeGroup(): Promise<void> {
    const group = { tasks, reusable, note };
    if (tasks.size === 0 && note === null) return;
    tasks = new Map();
    reusable = [];
    note = null;
    try {
      await ledger.write(
        {
          tasks: [...group.tasks.values()],
          reusable: group.reusable,
          runs: group.note === null ? [] : [group.note],
        },
        "strict",
      );
    } catch (thrown) {
      // Nothing is lost: newer rows of the same task take precedence over what could not be
      // written.
      tasks = new Map([...group.tasks, ...tasks]);
      reusable = [...group.reusable, ...reusable];
      note ??= group.note;
      throw thrown;
    }
    onWritten([...group.tasks.keys()]);
  }

  function commit(): Promise<void> {
    if (next !== null) return next;
    const before = running ?? Promise.resolve();
    const started = before
      .catch(() => undefined)
      .then(() => {
        if (next === started) next = null;
        running = writeGroup();
        return running;
      });
    next = started;
    return started;
  }

  return {
    write: (rows, entry) => {
      for (const task of rows) tasks.set(task.taskUuid, task);
      if (entry !== undefined) reusable.push(entry);
      return commit();
    },
    writeNote: (value) => {
      note = value;
      return commit();
    },
    flush: commit,
  };
}
