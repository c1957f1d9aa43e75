import { formatSeconds } from "#src/lib/format-time.ts";
import { shortened } from "#src/lib/shortened.ts";
import { modelById } from "#src/catalog/find-models.ts";
import type { AnswerSource } from "#src/domain/answer.ts";
import { costOf, type Task } from "#src/domain/task.ts";
import { formatUsd } from "#src/domain/money.ts";
import { isSimulatedTask } from "#src/domain/simulated.ts";

const SOURCE_WORDS: Record<AnswerSource, string | null> = {
  service: null,
  sandbox: null,
  device: null,
  recorded: "Recorded",
  reused: "Reused",
};

/** Where an answer comes from, what it cost and how long it took: facts for the line under it. */
export function AnswerFacts({ task }: { task: Task }) {
  const { state, recipe } = task;
  if (state.phase !== "done" && state.phase !== "empty") return null;
  const source = SOURCE_WORDS[state.source];
  const seconds = secondsOf(task);
  return (
    <>
      <span>{state.source === "reused" ? "free" : costText(task)}</span>
      {seconds !== null && <span>{seconds}</span>}
      <span
        title={
          recipe.prompt === null || recipe.prompt === ""
            ? undefined
            : shortened(recipe.prompt, 1000)
        }
      >
        {modelById(recipe.modelId)?.shortName ?? recipe.modelId}
      </span>
      {source !== null && <span>{source}</span>}
      {isSimulatedTask(task) && <SimulatedTag />}
    </>
  );
}

/** Marks what no model has said. */
export function SimulatedTag() {
  return (
    <span
      title="Simulated by the sandbox: no model saw this picture"
      className="rounded-xs border border-line-2 px-1.25 text-ink-2"
    >
      Simulated
    </span>
  );
}

function costText(task: Task): string {
  const cost = costOf(task);
  return cost === null ? "cost unknown" : formatUsd(cost);
}

function secondsOf({ times, state }: Task): string | null {
  if (state.phase === "done" && state.source === "reused") return null;
  if (times.sentAt === null || times.endedAt === null) return null;
  return formatSeconds(Math.max(0, times.endedAt - times.sentAt) / 1000);
}
