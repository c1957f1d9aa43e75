import { useEffect, useRef, type KeyboardEvent, type ToggleEvent } from "react";
import { classNames } from "#src/lib/class-names.ts";
import type { MenuItem } from "./menu.tsx";
import { anchorOf, useBeside } from "./popover.tsx";

interface MenuListProps {
  id: string;
  label: string;
  items: readonly MenuItem[];
  align: "start" | "end";
  onOpen: (isOpen: boolean) => void;
}

/** What a menu opens. It is mounted by the first press of its button, and opens at once. */
export function MenuList({ id, label, items, align, onOpen }: MenuListProps) {
  const ref = useRef<HTMLDivElement>(null);
  const stayBeside = useBeside(id, align);
  useEffect(() => {
    // One task later: if this is mounted within the press itself, the browser opens it, and would close what is open.
    const timer = setTimeout(() => {
      const menu = ref.current;
      if (menu === null || menu.matches(":popover-open")) return;
      // So that closing gives it the focus back: some browsers don’t focus a button that is pressed.
      anchorOf(id)?.focus();
      menu.showPopover();
    });
    return () => clearTimeout(timer);
  }, [id]);
  const onToggle = (event: ToggleEvent<HTMLDivElement>) => {
    const isOpen = stayBeside(event);
    onOpen(isOpen);
    if (isOpen) itemsOf(event.currentTarget)[0]?.focus();
  };
  return (
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
        if (item.staysOpen !== true) close();
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
