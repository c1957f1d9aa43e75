import { EllipsisVertical } from "lucide-react";
import type { SheetImage } from "#src/domain/image.ts";
import { captionText } from "#src/domain/shown-answer.ts";
import { Button } from "#src/ui/button.tsx";
import { IconButton } from "#src/ui/icon-button.tsx";
import { Menu, type MenuItem } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import type { RowActions } from "./row-actions.ts";
import type { Standing, StandingKind } from "./standing.ts";

interface RowButtonsProps {
  image: SheetImage;
  name: string;
  standing: Standing;
  actions: RowActions;
}

const ASK_WORDS: Record<StandingKind, string | null> = {
  preparing: null,
  unseen: null,
  running: null,
  missing: "Ask",
  done: "Redo",
  empty: "Ask again",
  refused: "Ask again",
  failed: "Try again",
  // Its own line offers what can be done.
  unsettled: null,
};

/** What can be done to one image. */
export function RowButtons({ image, name, standing, actions }: RowButtonsProps) {
  const { id } = image;
  const { shown } = standing;
  const canEdit =
    standing.answers === "text" &&
    standing.kind !== "preparing" &&
    (standing.kind !== "running" || captionText(shown) !== null);
  const ask = ASK_WORDS[standing.trouble ?? standing.kind];
  const items: MenuItem[] = [
    { label: "What leaves your browser", onChoose: () => actions.tellSent(id) },
    ...(standing.edited
      ? [{ label: "Back to the model’s words", onChoose: () => actions.dropEdit(id) }]
      : []),
    { label: "Remove from the sheet", onChoose: () => actions.remove(id) },
  ];
  return (
    <span className="ml-auto flex items-center gap-1 font-sans">
      {canEdit && (
        <Button
          look="mini"
          aria-label={`${captionText(shown) === null ? "Write" : "Edit"} the caption of ${name}`}
          onClick={() => actions.startEdit(id)}
        >
          {captionText(shown) === null ? "Write" : "Edit"}
        </Button>
      )}
      {(captionText(shown) ?? "") !== "" && (
        <Button
          look="mini"
          aria-label={`Copy the caption of ${name}`}
          onClick={() => actions.copy(id)}
        >
          Copy
        </Button>
      )}
      {ask !== null && (
        <Button look="mini" aria-label={`${ask}: ${name}`} onClick={() => actions.ask(id)}>
          {ask}
        </Button>
      )}
      <Menu label={`More for ${name}`} align="end" items={items} trigger={moreTrigger(name)} />
    </span>
  );
}

function moreTrigger(name: string) {
  return (trigger: PopoverTrigger) => (
    <IconButton {...trigger} label={`More for ${name}`} className="size-6.5">
      <EllipsisVertical size={14} />
    </IconButton>
  );
}
