import { shownTask, type ComparedRow } from "#src/domain/comparison.ts";
import { recipeKey } from "#src/domain/recipe.ts";
import { useDesk, useTaskOf } from "#src/features/compare/compare-desk.ts";
import { classNames } from "#src/lib/class-names.ts";
import { Button } from "#src/ui/button.tsx";
import { canReveal, isPicked, isRevealed, whyNoVote } from "./blind-rules.ts";

interface PickButtonProps {
  row: ComparedRow;
  isBlind: boolean;
  /** The column's. */
  index: number;
  /** Its place in the row, from 1: the key that picks it. */
  place: number;
  /** The answer's name for now: a blind one has none. */
  name: string;
  /** How long the row has been looked at, on the stage; not known in the grid. */
  seconds?: () => number;
}

/** Picks an answer, if it can be picked or is. The picked one is circled by hand, in red pencil. */
export function PickButton({ row, isBlind, index, place, name, seconds }: PickButtonProps) {
  const { votes } = useDesk();
  const picked = isPicked(row, index, isBlind);
  const canVote = shownTask(row.cells[index]) !== null && whyNoVote(row, isBlind) === null;
  if (!canVote && !picked) return null;
  return (
    <span className={classNames("relative ml-1.5 inline-flex", picked && PENCIL_CIRCLE)}>
      <button
        type="button"
        aria-pressed={picked}
        aria-keyshortcuts={String(place)}
        aria-label={`Pick ${name}`}
        onClick={() => {
          if (picked) votes.withdraw(row.image.id);
          else votes.vote(row.image.id, { kind: "pick", index }, seconds?.());
        }}
        className={classNames(
          "rounded-full border px-2.5 py-0.5 text-xs whitespace-nowrap pointer-coarse:py-2",
          picked
            ? "border-transparent font-semibold text-pencil"
            : "border-line-2 text-ink-2 hover:border-ink-3 hover:text-ink",
        )}
      >
        <kbd aria-hidden="true" className="font-mono">
          {place}
        </kbd>{" "}
        {picked ? "picked" : "pick"}
      </button>
    </span>
  );
}

const PENCIL_CIRCLE =
  "after:pointer-events-none after:absolute after:-inset-x-2 after:-inset-y-1 after:-rotate-2 after:rounded-[48%_52%_46%_54%/58%_44%_56%_42%] after:border-[2.5px] after:border-pencil";

/** What can be said about a row as a whole; `seconds` on the stage, where there is room for more. */
export function RowVoteButtons({
  row,
  isBlind,
  seconds,
}: Pick<PickButtonProps, "row" | "isBlind" | "seconds">) {
  const { votes } = useDesk();
  const { id } = row.image;
  const look = seconds === undefined ? "mini" : "ghost";
  return (
    <>
      {whyNoVote(row, isBlind) === null && (
        <>
          <Button look={look} keys="t" onClick={() => votes.vote(id, { kind: "tie" }, seconds?.())}>
            Tie
          </Button>
          <Button
            look={look}
            keys="b"
            onClick={() => votes.vote(id, { kind: "all-bad" }, seconds?.())}
          >
            All bad
          </Button>
        </>
      )}
      {canReveal(row, isBlind) && (
        <Button
          look={look}
          keys="r"
          title={look === "mini" ? undefined : "Before a vote this voids the row"}
          onClick={() => votes.reveal(id)}
        >
          Reveal
        </Button>
      )}
      {row.vote.kind === "cast" && isRevealed(row, isBlind) && (
        <Button
          look={look}
          keys={look === "mini" ? undefined : "Backspace"}
          onClick={() => votes.withdraw(id)}
        >
          Take back
        </Button>
      )}
    </>
  );
}

/** The outcome of a row's vote, in words that give away no name before it may be seen; null if there is nothing to say. */
export function useVoteText(row: ComparedRow, isBlind: boolean): string | null {
  const desk = useDesk();
  const taskOf = useTaskOf();
  const { image, vote } = row;
  if (vote.kind === "open") return null;
  if (vote.kind === "void")
    return vote.why === "revealed"
      ? "Void: revealed before a vote"
      : "Void: an answer was redone. Vote again.";
  if (!isRevealed(row, isBlind)) return "An answer has arrived since the vote. Vote again.";
  switch (vote.choice.kind) {
    case "tie":
      return "Tie";
    case "all-bad":
      return "All bad";
    case "pick": {
      const task = taskOf(image.id, vote.choice.taskUuid);
      const key = task === null ? null : recipeKey(task.recipe);
      const column = desk.comparison().columns.find((one) => one.key === key);
      return `Picked ${column?.label ?? "a column that is gone"}`;
    }
  }
}
