import { createStore } from "zustand/vanilla";
import { matchKeyBindingPress, parseKeybinding } from "tinykeys";

export interface Shortcut {
  /** As tinykeys writes them: "j", "Shift+?", "$mod+Enter", "ArrowDown". Any of them presses it. */
  keys: readonly string[];
  /** What it does, for the list of shortcuts. */
  label: string;
  /** The heading it is listed under. */
  group: string;
  /** Works in a text field too. For bindings with Ctrl or Cmd only. */
  whileTyping?: boolean;
  /** Works while a modal dialog is open. */
  inDialog?: boolean;
  /** Goes on while the key is held down. */
  repeats?: boolean;
  run: (event: KeyboardEvent) => void;
}

type Source = () => readonly Shortcut[];

/** Whether single characters act as shortcuts; people who dictate or whose hands shake switch them off. */
export const shortcutSettings = createStore<{ singleKeysOn: boolean }>(() => ({
  singleKeysOn: true,
}));

const sources: Source[] = [];

/** Makes shortcuts live; later ones win over earlier ones. Returns what takes them away. */
export function addShortcuts(source: Source): () => void {
  if (sources.length === 0) window.addEventListener("keydown", onKeyDown);
  sources.push(source);
  return () => {
    sources.splice(sources.indexOf(source), 1);
    if (sources.length === 0) window.removeEventListener("keydown", onKeyDown);
  };
}

/** Every shortcut that is live now, in the order they were added. */
export function liveShortcuts(): Shortcut[] {
  return sources.flatMap((source) => source());
}

/** True for a binding that is one character, with or without Shift (WCAG 2.1.4 asks for a way to turn these off). */
export function isSingleKey(binding: string): boolean {
  return binding === "Space" || /^(Shift\+)?.$/u.test(binding);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  for (const source of sources.toReversed()) {
    const shortcut = source().find((candidate) => applies(candidate, event));
    if (shortcut === undefined) continue;
    event.preventDefault();
    shortcut.run(event);
    return;
  }
}

function applies(shortcut: Shortcut, event: KeyboardEvent): boolean {
  if (event.repeat && shortcut.repeats !== true) return false;
  if (shortcut.inDialog !== true && document.querySelector("dialog:modal") !== null) return false;
  if (shortcut.whileTyping !== true && usesKeyItself(event)) return false;
  return shortcut.keys.some((binding) => {
    if (!shortcutSettings.getState().singleKeysOn && isSingleKey(binding)) return false;
    const presses = parseKeybinding(binding);
    return presses[0] !== undefined && matchKeyBindingPress(event, presses[0]);
  });
}

const NAMES_KEYS = new Set(["checkbox", "radio", "range", "button", "submit", "file", "color"]);
const CONTROL_KEYS =
  /^( |Enter|Arrow(Up|Down|Left|Right)|Home|End|PageUp|PageDown|Backspace|Delete)$/;

/** Whether what has the focus does something with this key by itself. */
function usesKeyItself(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest("textarea, select, [role=menu]") !== null)
    return true;
  if (target instanceof HTMLInputElement)
    return NAMES_KEYS.has(target.type) ? CONTROL_KEYS.test(event.key) : true;
  if (target.closest("[role=listbox], [role=slider], [role=radiogroup], [role=tablist]") !== null)
    return CONTROL_KEYS.test(event.key);
  if (target.closest("button, a[href], summary") !== null)
    return event.key === "Enter" || event.key === " ";
  return false;
}
