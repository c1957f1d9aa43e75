import { Copy, PencilLine, RotateCw } from "lucide-react";
import type { PointerEvent, ReactNode } from "react";
import { imageName, type ImageId, type SheetImage } from "#src/domain/image.ts";
import { classNames } from "#src/lib/class-names.ts";
import { draftName, type RowActions } from "#src/features/caption/list/row-actions.ts";
import { canEdit, type TextStanding } from "#src/features/caption/list/standing.ts";
import { useCaptionView, type CaptionView, type TextOf } from "#src/features/caption/view-state.ts";
import { useUnsavedDraft } from "#src/state/use-draft.ts";
import { Button, IconButton } from "#src/ui/button.tsx";

/** The word on the button that asks about a text; null while it can’t be asked for. */
export function askWord({ trouble, kind, isSplit }: TextStanding): string | null {
  if (isSplit) return null;
  return ASK_WORDS[trouble ?? kind];
}

/** Whether anything was asked or written for a text. */
export function hasHistory({ text, shown }: TextStanding): boolean {
  return text !== null || shown.answered !== null || shown.latest !== null;
}

const ASK_WORDS: Record<TextStanding["kind"], string | null> = {
  done: "Redo",
  empty: "Ask again",
  refused: "Ask again",
  failed: "Retry",
  missing: "Ask",
  unsettled: null,
  preparing: null,
  running: null,
  unseen: null,
  decorative: null,
  split: null,
};

interface TextToolsProps {
  image: SheetImage;
  text: TextStanding;
  /** Null if the sheet has one field, which needs no name. */
  fieldName: string | null;
  /** Whether Tab stops at them. */
  isReachable: boolean;
  /** Where they lie. */
  className: string;
  actions: RowActions;
}

/**
 * What can be done to a text: only there under the pointer and in the active row, since many small buttons in every row
 * would make scrolling slow. The row’s menu holds the same, for a thumb and for assistive technology.
 */
export function TextTools(props: TextToolsProps) {
  const isHovered = useCaptionView((state) => state.hoveredId === props.image.id);
  return props.isReachable || isHovered ? <Tools {...props} /> : null;
}

function Tools(props: TextToolsProps) {
  const { image, text, fieldName, isReachable, className, actions } = props;
  const name = imageName(image);
  const place = { imageId: image.id, fieldId: text.fieldId };
  const what = fieldName === null ? "caption" : fieldName.toLowerCase();
  const ask = askWord(text);
  const hasText = (text.text ?? "") !== "";
  const tool = (label: string, run: (of: TextOf) => void, icon: ReactNode) => (
    <IconButton
      label={label}
      tabIndex={isReachable ? 0 : -1}
      className="size-6! rounded-[4px]"
      onClick={() => run(place)}
    >
      {icon}
    </IconButton>
  );
  return (
    <span
      className={classNames(
        "flex bg-sheet opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 group-focus/row:opacity-100 max-sm:sr-only pointer-coarse:sr-only",
        className,
      )}
    >
      {canEdit(text) &&
        tool(
          `${text.text === null ? "Write" : "Edit"} the ${what} of ${name}`,
          actions.startEdit,
          <PencilLine size={13} />,
        )}
      {hasText && tool(`Copy the ${what} of ${name}`, actions.copy, <Copy size={13} />)}
      {ask !== null &&
        tool(
          fieldName === null ? `${ask}: ${name}` : `${ask}: ${what} of ${name}`,
          actions.ask,
          <RotateCw size={13} />,
        )}
    </span>
  );
}

/** Notes which image is under the pointer, for whatever holds the images. */
export function hoverHandlers(view: CaptionView) {
  const hover = (hoveredId: ImageId | null): void => {
    if (view.getState().hoveredId !== hoveredId) view.setState({ hoveredId });
  };
  return {
    onPointerOver: ({ target, pointerType }: PointerEvent) => {
      const row = target instanceof Element ? target.closest<HTMLElement>("[data-image-id]") : null;
      if (pointerType !== "touch") hover(row?.dataset["imageId"] ?? null);
    },
    onPointerLeave: () => hover(null),
  };
}

interface UnsavedProps {
  of: TextOf;
  name: string;
  actions: Pick<RowActions, "startEdit" | "dropTyped">;
}

/** Says that words were typed and not saved, as after a crash, and offers them. */
export function Unsaved({ of, name, actions }: UnsavedProps) {
  const draft = useUnsavedDraft(draftName(of));
  if (draft === null) return null;
  return (
    <span className="inline-flex min-w-0 items-center gap-1 font-sans text-[0.78125rem] text-pencil">
      <span className="max-w-72 truncate" title={draft}>
        Not saved: {draft === "" ? "(nothing)" : draft}
      </span>
      <Button
        look="mini"
        className="py-0!"
        aria-label={`Continue the unsaved words of ${name}`}
        onClick={() => actions.startEdit(of)}
      >
        Continue
      </Button>
      <Button
        look="mini"
        className="py-0!"
        aria-label={`Drop the unsaved words of ${name}`}
        onClick={() => actions.dropTyped(of)}
      >
        Drop
      </Button>
    </span>
  );
}
