import { shownOrder, votableColumns } from "#src/domain/comparison.ts";
import type { ImageId } from "#src/domain/image.ts";
import { type Act, IN_PROMPT } from "#src/ui/acts.ts";
import type { CompareDesk } from "./compare-desk.ts";
import type { Choice } from "./voting/vote-actions.ts";

/** Where a vote goes. */
interface VotePlace {
  desk: CompareDesk;
  /** The row that is voted on; null if there is none. */
  imageId: () => ImageId | null;
  /** How long the user has looked at it. */
  seconds?: () => number;
}

/** The listed rows, or the row on the stage. */
interface RowsPlace extends VotePlace {
  move: (by: 1 | -1) => void;
}

/** The slide that is presented. */
interface PresentPlace {
  /** By column. */
  go: (by: 1 | -1) => void;
  goToRow: (by: 1 | -1) => void;
  revealAll: () => void;
}

/** The acts for voting, in every place that has a row to vote on. */
const VOTE_ACTS = {
  pick1: pick(1),
  pick2: pick(2),
  pick3: pick(3),
  pick4: pick(4),
  pick5: pick(5),
  pick6: pick(6),
  tie: act("tie", ["t", "0"], {
    label: "Tie",
    run: onRow((id, place) => vote(id, { kind: "tie" }, place)),
  }),
  allBad: act("all-bad", ["b"], {
    label: "All bad",
    run: onRow((id, place) => vote(id, { kind: "all-bad" }, place)),
  }),
  reveal: act("reveal", ["r"], {
    label: "Reveal",
    run: onRow((id, { desk }) => desk.votes.reveal(id)),
  }),
  withdraw: act("withdraw", ["Backspace"], {
    label: "Take the vote back",
    run: onRow((id, { desk }) => desk.votes.withdraw(id)),
  }),
};

/** Everything that can be done in Compare’s grid by a key or by its name. */
export const COMPARE_ACTS = {
  run: act<RowsPlace>("run", ["$mod+Enter"], {
    label: "Run",
    whileTyping: IN_PROMPT,
    run: ({ desk }) => desk.run("missing"),
  }),
  next: act<RowsPlace>("next", ["j", "ArrowDown"], {
    label: "Next row",
    repeats: true,
    run: ({ move }) => move(1),
  }),
  previous: act<RowsPlace>("previous", ["k", "ArrowUp"], {
    label: "Previous row",
    repeats: true,
    run: ({ move }) => move(-1),
  }),
  ...VOTE_ACTS,
  note: act("note", ["n"], {
    label: "Note on the vote",
    run: onRow((imageId, { desk }) => desk.open({ kind: "note", imageId })),
  }),
  stage: act<RowsPlace>("stage", ["v"], {
    label: "Vote one by one",
    run: ({ desk }) => desk.open({ kind: "stage" }),
  }),
  present: act<RowsPlace>("present", ["p"], {
    label: "Present",
    run: ({ desk }) => desk.open({ kind: "present" }),
  }),
};

/** What can be done on the stage, where one row at a time is voted on. */
export const STAGE_ACTS: readonly Act<RowsPlace>[] = [
  ...Object.values(VOTE_ACTS),
  act<RowsPlace>("stage-next", ["ArrowRight", "j", "Enter"], {
    label: "Next row",
    run: ({ move }) => move(1),
  }),
  act<RowsPlace>("stage-previous", ["ArrowLeft", "k"], {
    label: "Previous row",
    run: ({ move }) => move(-1),
  }),
].map((one) => ({ ...one, inDialog: true }));

/** What can be done while presenting. */
export const PRESENT_ACTS: readonly Act<PresentPlace>[] = [
  slide("reveal", ["Space", "ArrowRight", "PageDown", "Enter"], {
    label: "Reveal the next column",
    run: ({ go }) => go(1),
  }),
  slide("back", ["ArrowLeft", "PageUp", "Backspace"], { label: "Back", run: ({ go }) => go(-1) }),
  slide("next", ["ArrowDown", "j"], { label: "Next picture", run: ({ goToRow }) => goToRow(1) }),
  slide("previous", ["ArrowUp", "k"], {
    label: "Previous picture",
    run: ({ goToRow }) => goToRow(-1),
  }),
  slide("reveal-all", ["a"], {
    label: "Reveal every column",
    run: ({ revealAll }) => revealAll(),
  }),
];

type Rest<Place> = Omit<Act<Place>, "id" | "keys" | "group">;

function act<Place = VotePlace>(
  id: string,
  keys: readonly string[],
  rest: Rest<Place>,
): Act<Place> {
  return { ...rest, id: `compare.${id}`, keys, group: "Compare" };
}

function slide(id: string, keys: readonly string[], rest: Rest<PresentPlace>): Act<PresentPlace> {
  return { ...rest, id: `present.${id}`, keys, group: "Present", inDialog: true };
}

function pick(place: number): Act<VotePlace> {
  return act(`pick-${place}`, [String(place)], {
    label: `Pick answer ${place}`,
    isEnabled: ({ desk, imageId }) => {
      const id = imageId();
      return id !== null && choiceAt(desk, id, place) !== null;
    },
    run: onRow((id, at) => vote(id, choiceAt(at.desk, id, place), at)),
  });
}

function onRow(run: (id: ImageId, place: VotePlace) => void): (place: VotePlace) => void {
  return (place) => {
    const imageId = place.imageId();
    if (imageId !== null) run(imageId, place);
  };
}

function vote(imageId: ImageId, choice: Choice | null, { desk, seconds }: VotePlace): void {
  if (choice !== null) desk.votes.vote(imageId, choice, seconds?.());
}

function choiceAt(desk: CompareDesk, imageId: ImageId, place: number): Choice | null {
  const { rows, settings } = desk.comparison();
  const row = rows.get(imageId);
  if (row === undefined) return null;
  const index = shownOrder(row, settings.blind)[place - 1];
  return index !== undefined && votableColumns(row, settings.blind).includes(index)
    ? { kind: "pick", index }
    : null;
}
