import {
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  type SyntheticEvent,
} from "react";
import type { Field, FieldId } from "#src/domain/field.ts";
import type { ImageId } from "#src/domain/image.ts";
import { tagKey } from "#src/domain/tags.ts";
import { deskOf, useStandings } from "#src/features/caption/desk.ts";
import type { Standing } from "#src/features/caption/list/standing.ts";
import { useCaptionSettings } from "#src/features/caption/settings.ts";
import { counted } from "#src/lib/counted.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { placeBeside } from "#src/ui/popover.tsx";
import { offeredTags, withTag } from "./complete-tag.ts";
import { useTagTable } from "./use-tag-table.ts";

interface CompletionParts {
  field: Pick<Field, "id" | "kind">;
  value: string;
  type: (text: string) => void;
}

interface Completion {
  /** Spread these on the text area. */
  control: {
    ref: RefObject<HTMLTextAreaElement | null>;
    "aria-autocomplete"?: "list";
    "aria-controls"?: string | undefined;
    "aria-activedescendant"?: string | undefined;
    onInput?: (event: SyntheticEvent<HTMLTextAreaElement>) => void;
  };
  /** Whether a key was for the list; the editor leaves it alone then. */
  press: (event: KeyboardEvent) => boolean;
  /** The tags that are offered, shown under the text area. */
  list: ReactNode;
}

/**
 * Completes the tags of a field from its vocabulary or, if it has none, from those in use. Nothing is chosen until an arrow
 * key has gone to it, so Enter, Tab and Escape mean what they always do.
 */
export function useTagCompletion({ field, value, type }: CompletionParts): Completion {
  const isOn = field.kind === "tags";
  const inUse = useTagsInUse(isOn ? field.id : null);
  const ref = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  // Where the user typed last: moving about in a text offers nothing.
  const [typedAt, setTypedAt] = useState<{ value: string; caret: number } | null>(null);
  const [active, setActive] = useState(-1);
  const nextCaret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (nextCaret.current !== null)
      ref.current?.setSelectionRange(nextCaret.current, nextCaret.current);
    nextCaret.current = null;
  });
  const caret = typedAt?.value === value ? typedAt.caret : null;
  const offered = isOn && caret !== null ? offeredTags(value, caret, inUse) : [];
  const isOpen = offered.length > 0;
  const close = () => {
    setTypedAt(null);
    setActive(-1);
  };
  const choose = (tag: string) => {
    const done = withTag(value, caret ?? value.length, tag);
    nextCaret.current = done.caret;
    close();
    type(done.text);
  };
  const press = (event: KeyboardEvent): boolean => {
    if (!isOpen || event.nativeEvent.isComposing) return false;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    const tag = offered[active];
    // One more place than tags: the text itself.
    const places = offered.length + 1;
    if (event.key === "ArrowDown") setActive(((active + 2) % places) - 1);
    else if (event.key === "ArrowUp") setActive(((active + places) % places) - 1);
    else if (tag === undefined) return false;
    else if (event.key === "Enter" || event.key === "Tab") choose(tag);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  if (!isOn) return { control: { ref }, press, list: null };
  return {
    control: {
      ref,
      "aria-autocomplete": "list",
      "aria-controls": isOpen ? id : undefined,
      "aria-activedescendant": isOpen && active >= 0 ? `${id}-${active}` : undefined,
      onInput: ({ currentTarget }) => {
        setTypedAt({ value: currentTarget.value, caret: currentTarget.selectionStart });
        setActive(-1);
      },
    },
    press,
    list: (
      <>
        <output className="sr-only">
          {isOpen
            ? `${counted(offered.length, "tag fits", "tags fit")}. Arrow down to choose.`
            : ""}
        </output>
        {isOpen && (
          <OfferedTags id={id} offered={offered} active={active} anchor={ref} onChoose={choose} />
        )}
      </>
    ),
  };
}

interface OfferedTagsProps {
  id: string;
  offered: readonly string[];
  active: number;
  anchor: RefObject<HTMLElement | null>;
  onChoose: (tag: string) => void;
}

// In the top layer: rows cut off what reaches beyond them.
function OfferedTags({ id, offered, active, anchor, onChoose }: OfferedTagsProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const list = ref.current;
    if (list === null || anchor.current === null) return undefined;
    list.showPopover();
    return placeBeside(list, anchor.current, "start");
  }, [anchor]);
  return (
    <div
      ref={ref}
      id={id}
      popover="manual"
      role="listbox" // oxlint-disable-line jsx-a11y/prefer-tag-over-role -- a datalist knows one value and not several between commas
      aria-label="Tags that fit"
      // The cell under it is not what is pressed.
      onPointerDown={(event) => event.stopPropagation()}
      className="fixed inset-auto m-0 max-h-64 min-w-44 overflow-y-auto rounded-lg border border-line-2 bg-sheet p-1 text-control text-ink shadow-xl"
    >
      {offered.map((tag, index) => (
        // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the text keeps the focus, and its keys choose
        <div
          key={tag}
          id={`${id}-${index}`}
          role="option" // oxlint-disable-line jsx-a11y/prefer-tag-over-role -- of a list that is no select
          aria-selected={index === active}
          dir="auto"
          className="cursor-pointer rounded px-2.5 py-1 hover:bg-paper aria-selected:bg-ink aria-selected:text-sheet pointer-coarse:py-2.5"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(tag)}
        >
          {tag}
        </div>
      ))}
    </div>
  );
}

const NONE: ReadonlyMap<ImageId, Standing> = new Map();

/**
 * The tags that a field may have, most used first, as the texts are now: one that is still being written counts once it
 * stands. None for a field without tags.
 */
function useTagsInUse(fieldId: FieldId | null): readonly string[] {
  const { byId } = useStandings(deskOf(useOpenSheet()));
  const { vocabularies } = useCaptionSettings();
  const table = useTagTable(fieldId === null ? NONE : byId, fieldId ?? "");
  return useMemo(() => {
    const allowed = vocabularies.find((one) => one.fieldId === fieldId)?.tags ?? [];
    if (allowed.length === 0) return table?.tags.map(({ tag }) => tag) ?? [];
    const usesOf = (tag: string): number => table?.byKey.get(tagKey(tag))?.images.length ?? 0;
    return allowed.toSorted((a, b) => usesOf(b) - usesOf(a));
  }, [fieldId, table, vocabularies]);
}
