import { maySendAgain } from "#src/catalog/service-memory.ts";
import { purseName } from "#src/domain/connection.ts";
import { imageName } from "#src/domain/image.ts";
import type { Task } from "#src/domain/task.ts";
import { classNames } from "#src/lib/class-names.ts";
import { usePurse } from "#src/state/services.ts";
import { partCount } from "#src/state/pictures/parts.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { report } from "./tell.ts";
import { grouped } from "#src/lib/counted.ts";

/** Says that a task may have been charged, and what can be done: look for its answer, or ask once more. */
export function UnsettledLine({ task, className }: { task: Task; className?: string }) {
  const { runs } = useOpenSheet();
  const image = useSheet((state) => state.images.get(task.imageId));
  const isSplit = useSheet((state) => partCount(state, task.imageId) > 0);
  const isItsPurse = usePurse() === task.purse;
  // oxlint-disable-next-line react/purity -- once drawn, it holds: the engine looks at the clock again before it sends
  const isYoung = maySendAgain(task.times.firstSentAt, Date.now());
  const again = isYoung ? "Send again" : "Ask again, and perhaps pay twice";
  const name = image === undefined ? "this image" : imageName(image);
  const askOnce = (mayPayTwice: boolean) => {
    const { imageId, fieldId, recipe, promptSent, repeat, askedBy } = task;
    const questions = [{ imageId, fieldId, recipe, promptSent, repeat, fresh: true }];
    report(runs.start({ askedBy, questions, reuse: false, mayPayTwice }));
  };
  return (
    <div className={classNames("max-w-[74ch] text-warn", className)}>
      <p>Unsettled: this was sent, no answer came, and it may have been charged.</p>
      {isItsPurse ? (
        <p className="mt-1.5 flex flex-wrap gap-1.5">
          <Button
            look="mini"
            aria-label={`Check again: ${name}`}
            title="Looks for its answer, which is free"
            onClick={() => report(runs.checkAgain([task.taskUuid]))}
          >
            Check again
          </Button>
          {!isSplit && (
            <Button
              look="mini"
              aria-label={`${again}: ${name}`}
              title={
                isYoung ? "Under the same id: the service works on an id only once" : undefined
              }
              onClick={() => askOnce(!isYoung)}
            >
              {again}
            </Button>
          )}
        </p>
      ) : (
        <p>
          Only {purseName(task.purse)} knows about it: change the connection back to check again.
        </p>
      )}
    </div>
  );
}

/** Looks up everything unsettled on the sheet at once. */
export function CheckUnsettled() {
  const { runs, store } = useOpenSheet();
  const purse = usePurse();
  const count = useSheet((state) => unsettledIn(state.tasks, purse).length);
  if (count === 0) return null;
  const lookUp = () =>
    runs.checkAgain(unsettledIn(store.getState().tasks, purse).map(({ taskUuid }) => taskUuid));
  return (
    <Button title="Looks for their answers, which is free" onClick={() => report(lookUp())}>
      Look up {grouped(count)} unsettled
    </Button>
  );
}

function unsettledIn(tasks: ReadonlyMap<string, readonly Task[]>, purse: Task["purse"]): Task[] {
  return [...tasks.values()]
    .flat()
    .filter(
      (task) => task.state.phase === "unsettled" && task.purse === purse && task.deletedAt === null,
    );
}
