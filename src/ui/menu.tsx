import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type ToggleEvent,
} from "react";
import { classNames } from "#src/lib/class-names.ts";
import { placeBeside } from "./place-beside.ts";
import type { PopoverTrigger } from "./popover.tsx";

export interface MenuItem {
  label: string;
  /** A few words in quieter type under the label. */
  hint?: string;
  icon?: ReactNode;
  disabled?: boolean;
  /** Set for items of which one or more are on. */
  checked?: boolean;
  onChoose: () => void;
}

interface MenuProps {
  /** Accessible name of the menu. */
  label: string;
  trigger: (props: PopoverTrigger & { "aria-haspopup": "menu" }) => ReactNode;
  items: readonly MenuItem[];
  align?: "start" | "end";
}

/** A menu of actions under its button: arrows, Home, End and first letters move; Escape closes. */
export function Menu({ label, trigger, items, align = "start" }: MenuProps) {
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const letGo = useRef<(() => void) | null>(null);
  const [open, setOpen] = useState(false);
  // Unmounted while open it gets no toggle event.
  useEffect(() => () => letGo.current?.(), []);
  const onToggle = (event: ToggleEvent<HTMLDivElement>) => {
    letGo.current?.();
    letGo.current = null;
    const isOpen = event.newState === "open";
    setOpen(isOpen);
    const anchor = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`);
    if (!isOpen || anchor === null) return;
    letGo.current = placeBeside(event.currentTarget, anchor, align);
    itemsOf(event.currentTarget)[0]?.focus();
  };
  return (
    <>
      {trigger({ popoverTarget: id, "aria-expanded": open, "aria-haspopup": "menu" })}
      <div
        ref={ref}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onToggle={onToggle}
        onKeyDown={moveFocus}
        className="fixed inset-auto m-0 max-h-[80dvh] min-w-48 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line-2 bg-sheet p-1 text-ink shadow-xl"
      >
        {items.map((item) => (
          <MenuRow key={item.label} item={item} close={() => ref.current?.hidePopover()} />
        ))}
      </div>
    </>
  );
}

function MenuRow({ item, close }: { item: MenuItem; close: () => void }) {
  return (
    <button
      type="button"
      role={item.checked === undefined ? "menuitem" : "menuitemcheckbox"}
      aria-checked={item.checked}
      aria-disabled={item.disabled}
      tabIndex={-1}
      onClick={() => {
        if (item.disabled === true) return;
        close();
        item.onChoose();
      }}
      className={classNames(
        "flex w-full items-start gap-2.5 rounded px-2.5 py-1.5 text-left text-control focus:bg-paper focus:outline-none hover:bg-paper pointer-coarse:py-2.5",
        "focus-visible:shadow-[inset_0_0_0_2px_var(--focus)]",
        item.disabled === true && "cursor-default text-ink-2",
      )}
    >
      {item.checked !== undefined && (
        <span aria-hidden="true" className="w-3">
          {item.checked ? "✓" : ""}
        </span>
      )}
      {item.icon !== undefined && (
        <span aria-hidden="true" className="mt-0.5 text-ink-2">
          {item.icon}
        </span>
      )}
      <span className="min-w-0">
        <span className="block">{item.label}</span>
        {item.hint !== undefined && <span className="block text-xs text-ink-2">{item.hint}</span>}
      </span>
    </button>
  );
}

function itemsOf(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>("[role^=menuitem]")];
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item === document.activeElement);
  const next = nextItem(event, items, at);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function nextItem(event: KeyboardEvent, items: HTMLElement[], at: number): HTMLElement | undefined {
  switch (event.key) {
    case "ArrowDown":
      return items[(at + 1) % items.length];
    case "ArrowUp":
      return items.at(at - 1);
    case "Home":
      return items[0];
    case "End":
      return items.at(-1);
    default:
      break;
  }
  if (!/^\p{Letter}$/u.test(event.key) || event.ctrlKey || event.metaKey || event.altKey)
    return undefined;
  const letter = event.key.toLowerCase();
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find((item) =>
    item.textContent.trim().toLowerCase().startsWith(letter),
  );
}
