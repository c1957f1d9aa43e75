import { useId, useState, type ReactNode } from "react";
import { Button, MoreButton, type MoreButtonProps } from "./button.tsx";
import { lazyPart } from "./lazy-part.tsx";
import type { PopoverTrigger } from "./popover.tsx";

const MenuList = lazyPart(async () => (await import("./menu-list.tsx")).MenuList, {
  giveUp: ({ onOpen }) => onOpen(false),
});

export interface MenuItem {
  label: string;
  /** A few words in quieter type under the label. */
  hint?: string;
  disabled?: boolean;
  /** Set for items of which one or more are on. */
  checked?: boolean;
  /** For choices among which the rest of the menu then acts. */
  staysOpen?: boolean;
  onChoose: () => void;
}

/** Spread these on the button that opens the menu. */
export interface MenuTrigger extends PopoverTrigger {
  "aria-haspopup": "menu";
  onClick: () => void;
}

interface MenuProps {
  /** Accessible name of the menu. */
  label: string;
  trigger: (props: MenuTrigger) => ReactNode;
  items: readonly MenuItem[];
  align?: "start" | "end";
}

/**
 * A menu of actions under its button: arrows, Home, End and first letters move; Escape closes. It is mounted by the
 * first press, which opens it; later presses are handled by the browser.
 */
export function Menu({ label, trigger, items, align = "start" }: MenuProps) {
  const id = useId();
  const [isWanted, setWanted] = useState(false);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      {trigger({
        popoverTarget: id,
        "aria-expanded": isOpen,
        "aria-haspopup": "menu",
        onClick: () => setWanted(true),
      })}
      {isWanted && <MenuList id={id} label={label} items={items} align={align} onOpen={setOpen} />}
    </>
  );
}

/** Trigger of a menu: a button with these words. */
export function wordsTrigger(words: string) {
  return (trigger: MenuTrigger) => <Button {...trigger}>{words}</Button>;
}

/** Trigger of a menu: the second half of a split button. */
export function moreTrigger(more: MoreButtonProps) {
  return (trigger: MenuTrigger) => <MoreButton {...trigger} {...more} />;
}
