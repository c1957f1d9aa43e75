import { AgeBadge, FailureLine, SimulatedTag } from "#src/sheet/answer.tsx";
import { UnsettledLine } from "#src/sheet/unsettled-line.tsx";
import { isSimulatedTask, type Task } from "#src/domain/task.ts";
import type { Face } from "#src/features/age-check/grid/faces.ts";
import { partCount } from "#src/state/pictures/parts.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { shortNameOf } from "#src/features/age-check/set-up/settings.ts";

interface VerdictsProps {
  face: Face;
  modelIds: readonly string[];
  isRevealed: boolean;
  /** Names each model even if there is only one. */
  namesAlways?: boolean;
}

/** What the models said about a face, as far as the user may see it. */
export function Verdicts({ face, modelIds, isRevealed, namesAlways = false }: VerdictsProps) {
  const isSplit = useSheet((state) => partCount(state, face.image.id) > 0);
  const hasName = namesAlways || modelIds.length > 1;
  return (
    <ul className="flex flex-col gap-2.5">
      {modelIds.map((modelId) => (
        <li key={modelId}>
          {hasName && (
            <p className="figures mb-0.5 flex items-center gap-1.5 text-ink-2">
              {shortNameOf(modelId)}
              {isSimulatedIn(face, modelId) && <SimulatedTag />}
            </p>
          )}
          <Verdict
            task={face.tasks.get(modelId) ?? null}
            isRevealed={isRevealed}
            unasked={isSplit ? "Its parts are asked about instead" : "Not asked yet"}
          />
        </li>
      ))}
    </ul>
  );
}

interface VerdictProps {
  task: Task | null;
  isRevealed: boolean;
  /** What stands where nothing was asked. */
  unasked: string;
}

function Verdict({ task, isRevealed, unasked }: VerdictProps) {
  if (task === null) return <Quiet>{unasked}</Quiet>;
  const { state } = task;
  switch (state.phase) {
    case "cancelled":
      return <Quiet>{unasked}</Quiet>;
    case "failed":
    case "refused":
      return (
        <FailureLine
          failure={state.failure}
          lead={state.phase === "refused" ? "Refused." : "Not answered."}
          className="text-xs"
        />
      );
    case "unsettled":
      return <UnsettledLine task={task} className="text-xs" />;
    case "done":
      if (!isRevealed) return <Quiet>Hidden until you answer</Quiet>;
      return state.answer.kind === "age" ? (
        <AgeBadge verdict={state.answer.verdict} />
      ) : (
        <Quiet>Answered without a group</Quiet>
      );
    case "empty":
      return <Quiet>{isRevealed ? "Answered with nothing" : "Hidden until you answer"}</Quiet>;
    case "waiting":
    case "preparing":
    case "sending":
    case "resting":
    case "polling":
      return <Quiet>Asking…</Quiet>;
  }
}

function isSimulatedIn(face: Face, modelId: string): boolean {
  const task = face.tasks.get(modelId);
  return task !== undefined && isSimulatedTask(task);
}

function Quiet({ children }: { children: string }) {
  return <p className="text-control text-ink-2">{children}</p>;
}
