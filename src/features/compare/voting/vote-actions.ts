import { shownTask, type ComparedRow } from "#src/domain/comparison.ts";
import { CAPTION_FIELD } from "#src/domain/field.ts";
import { imageName, type ImageId } from "#src/domain/image.ts";
import type { MarkValue } from "#src/domain/mark.ts";
import { typedReference, voteChain } from "#src/domain/row-vote.ts";
import type { NewMark } from "#src/state/sheet/actions.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { report } from "#src/sheet/tell.ts";
import { showToast } from "#src/ui/toasts.ts";
import { canReveal, isRevealed, shownUuids, whyNoVote } from "./blind-rules.ts";

/** What the user says about a row. `index` is a column's. */
export type Choice = { kind: "pick"; index: number } | { kind: "tie" } | { kind: "all-bad" };

/** What can be said about rows, and typed beside them. */
export interface VoteActions {
  vote: (imageId: ImageId, choice: Choice, secondsTaken?: number) => void;
  /** Takes a row's vote back, whatever it replaced; a blind row, whose names were seen with it, is void then. */
  withdraw: (imageId: ImageId) => void;
  /** Shows the names of a blind row; before a vote, that voids it. */
  reveal: (imageId: ImageId) => void;
  note: (imageId: ImageId, note: string) => void;
  setReference: (imageId: ImageId, text: string) => void;
}

// Names that were seen can't be unseen: no undo brings a blind row back.
const SEEN: MarkValue = { kind: "void", why: "revealed" };

/** Makes the actions of one open sheet. */
export function createVoteActions(
  open: OpenSheet,
  read: { rowOf: (imageId: ImageId) => ComparedRow | undefined; isBlind: () => boolean },
): VoteActions {
  const markOf = (row: ComparedRow, value: MarkValue): NewMark => ({
    imageId: row.image.id,
    value,
    shown: shownUuids(row, read.isBlind()),
    replaces: row.vote.kind === "open" ? null : row.vote.mark.id,
  });
  return {
    vote: (imageId, choice, secondsTaken) => {
      const row = read.rowOf(imageId);
      if (row === undefined) return;
      const refusal = whyNoVote(row, read.isBlind());
      const value = refusal === null ? valueOf(row, choice) : null;
      if (value === null) {
        showToast({ text: refusal ?? "There is no answer to pick there.", kind: "vote" });
        return;
      }
      const mark = {
        ...markOf(row, value),
        secondsTaken: secondsTaken === undefined ? null : Math.round(secondsTaken * 10) / 10,
      };
      report(open.marks.add([mark], labelOf(row), read.isBlind() ? { leaves: SEEN } : {}));
    },
    withdraw: (imageId) => {
      const row = read.rowOf(imageId);
      if (row?.vote.kind !== "cast" || !isRevealed(row, read.isBlind())) return;
      const marks = open.store.getState().marks.get(imageId) ?? [];
      report(
        read.isBlind()
          ? open.marks.add([markOf(row, SEEN)], labelOf(row))
          : open.marks.remove(voteChain(row.vote.mark, marks), labelOf(row)),
      );
    },
    reveal: (imageId) => {
      const row = read.rowOf(imageId);
      if (row === undefined || !canReveal(row, read.isBlind())) return;
      report(open.marks.addForGood([markOf(row, SEEN)]));
    },
    note: (imageId, note) => {
      const row = read.rowOf(imageId);
      if (row?.vote.kind !== "cast") return;
      const { id, value, shown, secondsTaken } = row.vote.mark;
      const noted = {
        imageId,
        value,
        shown,
        secondsTaken,
        note: note.trim() || null,
        replaces: id,
      };
      report(open.marks.add([noted], `the note on ${imageName(row.image)}`));
    },
    setReference: (imageId, text) => {
      const row = read.rowOf(imageId);
      if (row === undefined) return;
      const before = typedReference(open.store.getState().marks.get(imageId) ?? []);
      if (text.trim() === (before?.text ?? "")) return;
      const reference = {
        imageId,
        value: { kind: "reference", fieldId: CAPTION_FIELD, text: text.trim() } as const,
        shown: [],
        replaces: before?.mark.id ?? null,
      };
      report(open.marks.add([reference], `the reference of ${imageName(row.image)}`));
    },
  };
}

function valueOf(row: ComparedRow, choice: Choice): MarkValue | null {
  if (choice.kind !== "pick") return choice;
  const task = shownTask(row.cells[choice.index]);
  return task === null ? null : { kind: "pick", taskUuid: task.taskUuid };
}

function labelOf({ image }: ComparedRow): string {
  return `the vote on ${imageName(image)}`;
}
