import { votableColumns } from "#src/domain/comparison.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { Shortcut } from "#src/ui/shortcuts.ts";
import type { CompareDesk } from "#src/features/compare/compare-desk.ts";
import type { Choice } from "./vote-actions.ts";

interface VoteAt {
  /** The row that is voted on; null where there is none. */
  imageId: () => ImageId | null;
  inDialog?: boolean;
  /** How long the person has looked at it. */
  seconds?: () => number;
}

const PLACES = [1, 2, 3, 4, 5, 6] as const;

/** The keys that vote, wherever a row is voted on. */
export function voteShortcuts(desk: CompareDesk, at: VoteAt): Shortcut[] {
  const key = (
    keys: readonly string[],
    label: string,
    act: (imageId: ImageId) => void,
  ): Shortcut => ({
    keys,
    label,
    group: "Compare",
    inDialog: at.inDialog === true,
    run: () => {
      const imageId = at.imageId();
      if (imageId !== null) act(imageId);
    },
  });
  const vote = (imageId: ImageId, choice: Choice | null): void => {
    if (choice !== null) desk.votes.vote(imageId, choice, at.seconds?.());
  };
  return [
    ...PLACES.map((place) =>
      key([String(place)], `Pick answer ${place}`, (imageId) =>
        vote(imageId, choiceAt(desk, imageId, place)),
      ),
    ),
    key(["t", "0"], "Tie", (imageId) => vote(imageId, { kind: "tie" })),
    key(["b"], "All bad", (imageId) => vote(imageId, { kind: "all-bad" })),
    key(["r"], "Reveal", desk.votes.reveal),
    key(["Backspace"], "Take the vote back", desk.votes.withdraw),
  ];
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
