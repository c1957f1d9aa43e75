import type { ComparedRow } from "#src/domain/comparison.ts";
import { classNames } from "#src/lib/class-names.ts";
import { Button } from "#src/ui/button.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { useDesk } from "#src/features/compare/compare-desk.ts";
import { canReveal, isRevealed, whyNoVote } from "#src/features/compare/voting/blind-rules.ts";
import { useVoteText } from "#src/features/compare/voting/use-vote-text.ts";

interface StageFootProps {
  row: ComparedRow;
  isBlind: boolean;
  seconds: () => number;
  onMove: (by: 1 | -1) => void;
}

/** What can be said of a row as a whole, and the way to the next. */
export function StageFoot({ row, isBlind, seconds, onMove }: StageFootProps) {
  const { votes } = useDesk();
  const { id } = row.image;
  const refusal = whyNoVote(row, isBlind);
  const isCast = row.vote.kind === "cast" && isRevealed(row, isBlind);
  return (
    <div className="flex flex-wrap items-center gap-2.5 border-t border-line bg-sheet px-4 py-2.5">
      {refusal === null && (
        <>
          <Button keys="t" onClick={() => votes.vote(id, { kind: "tie" }, seconds())}>
            Tie
          </Button>
          <Button keys="b" onClick={() => votes.vote(id, { kind: "all-bad" }, seconds())}>
            All bad
          </Button>
        </>
      )}
      {canReveal(row, isBlind) && (
        <Button keys="r" title="Before a vote this voids the row" onClick={() => votes.reveal(id)}>
          Reveal
        </Button>
      )}
      {isCast && (
        <Button keys="Backspace" onClick={() => votes.withdraw(id)}>
          Take back
        </Button>
      )}
      <VoteLine row={row} isBlind={isBlind} refusal={refusal} />
      {row.vote.kind === "cast" && isCast && (
        <NoteField
          key={row.vote.mark.id}
          note={row.vote.mark.note ?? ""}
          onSave={(note) => votes.note(id, note)}
        />
      )}
      <span className="ml-auto flex gap-2.5">
        <Button keys="ArrowLeft" onClick={() => onMove(-1)}>
          Back
        </Button>
        <Button look="strong" keys="ArrowRight" onClick={() => onMove(1)}>
          Next
        </Button>
      </span>
    </div>
  );
}

/** A few words with the vote. Enter and leaving the field keep them. */
function NoteField({ note, onSave }: { note: string; onSave: (note: string) => void }) {
  const save = (text: string) => {
    if (text.trim() !== note) onSave(text);
  };
  return (
    <input
      type="text"
      aria-label="Note on the vote"
      placeholder="Note…"
      defaultValue={note}
      maxLength={10_000}
      onBlur={(event) => save(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
      className={classNames(controlLook, "w-44 py-1 text-control")}
    />
  );
}

function VoteLine({
  row,
  isBlind,
  refusal,
}: {
  row: ComparedRow;
  isBlind: boolean;
  refusal: string | null;
}) {
  const words = useVoteText(row, isBlind);
  return (
    <output
      className={classNames(
        "text-control",
        row.vote.kind === "cast" && isRevealed(row, isBlind) ? "text-pencil" : "text-ink-2",
      )}
    >
      {words ?? refusal ?? ""}
    </output>
  );
}
