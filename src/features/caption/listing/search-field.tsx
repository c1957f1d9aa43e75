import { Search } from "lucide-react";
import { useRef, type KeyboardEvent } from "react";
import type { Desk } from "#src/features/caption/desk.ts";
import { useCaptionView } from "#src/features/caption/view-state.ts";
import { useActs, type Act } from "#src/ui/acts.ts";
import { KeyHint } from "#src/ui/key-hint.tsx";

/** Finds images by what is said of them. The browser’s own search can’t: most of the list is not in the document. */
export function SearchField({ desk }: { desk: Desk }) {
  const search = useCaptionView((state) => state.search);
  const input = useRef<HTMLInputElement>(null);
  // Where Escape goes back to.
  const before = useRef<Element | null>(null);
  const focus = () => {
    before.current = document.activeElement;
    input.current?.focus();
    input.current?.select();
  };
  useActs(FINDING, { focus, isFocused: () => document.activeElement === input.current });
  const leave = () => {
    const old = before.current;
    before.current = null;
    const { activeId } = desk.view.getState();
    if (old instanceof HTMLElement && old.isConnected && old !== document.body) old.focus();
    else if (activeId !== null) desk.rowParts.list()?.focus(activeId);
    else input.current?.blur();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      // Of a search that is cleared, nothing else is taken back.
      event.preventDefault();
      event.stopPropagation();
      desk.view.setState({ search: "" });
      leave();
    } else if (event.key === "Enter" || event.key === "ArrowDown") {
      const [first] = desk.listed();
      if (first === undefined) return;
      event.preventDefault();
      desk.rowParts.list()?.focus(first);
    }
  };
  return (
    <label className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded border border-line-2 bg-sheet pr-1.5 pl-2.5 text-ink-2 focus-within:outline-2 focus-within:outline-offset-1 focus-within:outline-focus pointer-coarse:h-10">
      <Search size={15} aria-hidden="true" className="shrink-0" />
      <span className="sr-only">Search texts, names, folders and prompts</span>
      <input
        ref={input}
        type="search"
        value={search}
        placeholder="Search texts, names, folders, prompts"
        aria-keyshortcuts="Control+F Meta+F /"
        onChange={(event) => desk.view.setState({ search: event.target.value })}
        onKeyDown={onKeyDown}
        className="h-7 min-w-0 flex-1 bg-transparent text-sm text-ink outline-none placeholder:text-ink-2"
      />
      <KeyHint keys="$mod+f" className="max-sm:hidden" />
    </label>
  );
}

interface Finding {
  focus: () => void;
  isFocused: () => boolean;
}

const FIND = {
  label: "Search the sheet",
  group: "Caption",
  run: ({ focus }: Finding) => focus(),
} as const;

const FINDING: readonly Act<Finding>[] = [
  {
    ...FIND,
    id: "caption.search",
    keys: ["$mod+f"],
    whileTyping: true,
    // Pressed a second time it is the browser’s own search.
    isEnabled: ({ isFocused }) => !isFocused(),
  },
  { ...FIND, id: "caption.search-slash", keys: ["/"] },
];
