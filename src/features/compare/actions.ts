import { votableColumns } from "#src/domain/comparison.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Act } from "#src/ui/acts.ts";
import type { CompareDesk } from "./compare-desk.ts";
import type { Choice } from "./voting/vote-actions.ts";

const GROUP = "Compare";

/** Where a vote goes. */
export interface VotePlace {
  desk: CompareDesk;
  /** The row that is voted on; null if there is none. */
  imageId: () => ImageId | null;
  /** How long the user has looked at it. */
  seconds?: () => number;
}

/** The listed rows. */
export interface GridPlace extends VotePlace {
  move: (by: 1 | -1) => void;
}

/** The row on the stage. */
export interface StagePlace extends VotePlace {
  move: (by: 1 | -1) => void;
}

/** The slide that is presented. */
export interface PresentPlace {
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
  tie: {
    id: "compare.tie",
    label: "Tie",
    keys: ["t", "0"],
    group: GROUP,
    run: onRow((id, place) => vote(id, { kind: "tie" }, place)),
  },
  allBad: {
    id: "compare.all-bad",
    label: "All bad",
    keys: ["b"],
    group: GROUP,
    run: onRow((id, place) => vote(id, { kind: "all-bad" }, place)),
  },
  reveal: {
    id: "compare.reveal",
    label: "Reveal",
    keys: ["r"],
    group: GROUP,
    run: onRow((id, { desk }) => desk.votes.reveal(id)),
  },
  withdraw: {
    id: "compare.withdraw",
    label: "Take the vote back",
    keys: ["Backspace"],
    group: GROUP,
    run: onRow((id, { desk }) => desk.votes.withdraw(id)),
  },
} satisfies Record<string, Act<VotePlace>>;

/** Everything that can be done in Compare’s grid by a key or by its name. */
export const COMPARE_ACTS = {
  run: {
    id: "compare.run",
    label: "Run",
    keys: ["$mod+Enter"],
    group: GROUP,
    whileTyping: true,
    run: ({ desk }) => desk.run("missing"),
  },
  next: {
    id: "compare.next",
    label: "Next row",
    keys: ["j", "ArrowDown"],
    group: GROUP,
    repeats: true,
    run: ({ move }) => move(1),
  },
  previous: {
    id: "compare.previous",
    label: "Previous row",
    keys: ["k", "ArrowUp"],
    group: GROUP,
    repeats: true,
    run: ({ move }) => move(-1),
  },
  ...VOTE_ACTS,
  note: {
    id: "compare.note",
    label: "Note on the vote",
    keys: ["n"],
    group: GROUP,
    run: onRow((imageId, { desk }) => desk.open({ kind: "note", imageId })),
  },
  stage: {
    id: "compare.stage",
    label: "Vote one by one",
    keys: ["v"],
    group: GROUP,
    run: ({ desk }) => desk.open({ kind: "stage" }),
  },
  present: {
    id: "compare.present",
    label: "Present",
    keys: ["p"],
    group: GROUP,
    run: ({ desk }) => desk.open({ kind: "present" }),
  },
} satisfies Record<string, Act<GridPlace>>;

const VOTES_ON_STAGE = Object.values<Act<VotePlace>>(VOTE_ACTS).map((act) => ({
  ...act,
  inDialog: true,
}));

/** What can be done on the stage, where one row at a time is voted on. */
export const STAGE_ACTS: readonly Act<StagePlace>[] = [
  ...VOTES_ON_STAGE,
  {
    id: "compare.stage-next",
    label: "Next row",
    keys: ["ArrowRight", "j", "Enter"],
    group: GROUP,
    inDialog: true,
    run: ({ move }) => move(1),
  },
  {
    id: "compare.stage-previous",
    label: "Previous row",
    keys: ["ArrowLeft", "k"],
    group: GROUP,
    inDialog: true,
    run: ({ move }) => move(-1),
  },
];

/** What can be done while presenting. */
export const PRESENT_ACTS: readonly Act<PresentPlace>[] = [
  {
    id: "present.reveal",
    label: "Reveal the next column",
    keys: ["Space", "ArrowRight", "PageDown", "Enter"],
    group: "Present",
    inDialog: true,
    run: ({ go }) => go(1),
  },
  {
    id: "present.back",
    label: "Back",
    keys: ["ArrowLeft", "PageUp", "Backspace"],
    group: "Present",
    inDialog: true,
    run: ({ go }) => go(-1),
  },
  {
    id: "present.next",
    label: "Next picture",
    keys: ["ArrowDown", "j"],
    group: "Present",
    inDialog: true,
    run: ({ goToRow }) => goToRow(1),
  },
  {
    id: "present.previous",
    label: "Previous picture",
    keys: ["ArrowUp", "k"],
    group: "Present",
    inDialog: true,
    run: ({ goToRow }) => goToRow(-1),
  },
  {
    id: "present.reveal-all",
    label: "Reveal every column",
    keys: ["a"],
    group: "Present",
    inDialog: true,
    run: ({ revealAll }) => revealAll(),
  },
];

function pick(place: number): Act<VotePlace> {
  return {
    id: `compare.pick-${place}`,
    label: `Pick answer ${place}`,
    keys: [String(place)],
    group: GROUP,
    isEnabled: ({ desk, imageId }) => {
      const id = imageId();
      return id !== null && choiceAt(desk, id, place) !== null;
    },
    run: onRow((id, at) => vote(id, choiceAt(at.desk, id, place), at)),
  };
}

function onRow(act: (id: ImageId, place: VotePlace) => void): (place: VotePlace) => void {
  return (place) => {
    const imageId = place.imageId();
    if (imageId !== null) act(imageId, place);
  };
}

function vote(imageId: ImageId, choice: Choice | null, { desk, seconds }: VotePlace): void {
  if (choice !== null) desk.votes.vote(imageId, choice, seconds?.());
}

function choiceAt(desk: CompareDesk, imageId: ImageId, place: number): Choice | null {
  const { rows, settings } = desk.comparison();
  const row = rows.get(imageId);
  if (row === undefined) return null;
  const order = settings.blind ? row.blindOrder : [...row.cells.keys()];
  const index = order[place - 1];
  return index !== undefined && votableColumns(row, settings.blind).includes(index)
    ? { kind: "pick", index }
    : null;
}
