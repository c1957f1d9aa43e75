import { modelById } from "#src/catalog/find-models.ts";
import { failureText } from "#src/domain/failure-text.ts";
import type { Task } from "#src/domain/task.ts";
import { Pulse } from "#src/ui/pulse.tsx";

const MOST_TRIES = 4;

/** What is happening to a task that has not ended. */
export function TaskProgress({ task }: { task: Task }) {
  return (
    <div>
      {task.state.phase !== "waiting" && <Pulse className="mb-2" />}
      <p className="text-caption text-ink-2">{wordsOf(task)}</p>
    </div>
  );
}

function wordsOf({ state, recipe }: Task): string {
  const model = modelById(recipe.modelId)?.name ?? recipe.modelId;
  switch (state.phase) {
    case "waiting":
      return "In the queue.";
    case "preparing":
      return "Getting the copy ready to send…";
    case "sending":
      return state.attempt === 1
        ? `Waiting for ${model}…`
        : `Waiting for ${model}, try ${state.attempt} of ${MOST_TRIES}…`;
    case "resting":
      return `Resting before try ${state.attempt + 1} of ${MOST_TRIES}. ${failureText(state.failure)}`;
    case "polling":
      return `The service may have it; waiting for ${model}…`;
    case "done":
    case "empty":
    case "refused":
    case "failed":
    case "cancelled":
    case "unsettled":
      return "";
  }
}
