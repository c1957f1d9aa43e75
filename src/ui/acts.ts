import { useLayoutEffect, useRef } from "react";
import { createStore } from "zustand/vanilla";
import { matchKeyBindingPress, parseKeybinding } from "tinykeys";

/**
 * Something that can be done, said once: buttons, menus, the key handler, the list of shortcuts and the command palette
 * read it. It is handed what it needs to act, so that a table of acts is plain data which a test can go through.
 */
export interface Act<Context = unknown> {
  /** Unique in the app: "caption.select-all". */
  id: string;
  /** What it does, for the list of shortcuts and the palette. */
  label: string;
  /** As tinykeys writes them: "j", "Shift+?", "$mod+Enter", "ArrowDown". Any of them presses it; none is fine. */
  keys: readonly string[];
  /** The heading it is listed under. */
  group: string;
  /** Whether it can be done now; by default it always can. While it can’t, the browser gets its keys. */
  isEnabled?: (context: Context) => boolean;
  /** Whether it is on, for acts that switch something. */
  isChecked?: (context: Context) => boolean;
  /**
   * Works in a text field too, or only in those that match this selector: what spends money never does elsewhere. Only for
   * bindings with Ctrl or Cmd.
   */
  whileTyping?: boolean | string;
  /** Works while a modal dialog is open, or loads. */
  inDialog?: boolean;
  /** Repeats while the key is held down. */
  repeats?: boolean;
  run: (context: Context) => void;
}

/** An act together with what it acts on. */
export interface LiveAct extends Act<void> {
  isEnabled: () => boolean;
}

/** The text fields in which a run may be started by a key: those that say what is asked. */
export const IN_PROMPT = "[data-prompt]";

type Source = () => readonly LiveAct[];

/** Whether single characters act as shortcuts; users who dictate or whose hands shake switch them off. */
export const shortcutSettings = createStore<{ singleKeysOn: boolean }>(() => ({
  singleKeysOn: true,
}));

// Later ones take precedence.
const sources: Source[] = [];

/** Makes a table of acts live while the component is mounted. Table and context may change with every render. */
export function useActs<Context>(acts: readonly Act<Context>[], context: Context): void {
  const latest = useRef({ acts, context });
  useLayoutEffect(() => {
    latest.current = { acts, context };
  });
  // Before anything is painted: what shows its key takes it.
  useLayoutEffect(() => {
    const source: Source = () =>
      latest.current.acts.map((act) => bindAct(act, latest.current.context));
    if (sources.length === 0) window.addEventListener("keydown", onKeyDown);
    sources.push(source);
    return () => {
      sources.splice(sources.indexOf(source), 1);
      if (sources.length === 0) window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}

function bindAct<Context>(act: Act<Context>, context: Context): LiveAct {
  const { isEnabled, isChecked, run, ...words } = act;
  return {
    ...words,
    isEnabled: () => isEnabled?.(context) ?? true,
    ...(isChecked === undefined ? {} : { isChecked: () => isChecked(context) }),
    run: () => run(context),
  };
}

/** Every act that is live now, in the order they were added. */
export function liveActs(): LiveAct[] {
  return sources.flatMap((source) => source());
}

/** True for a binding of one character, with or without Shift (WCAG 2.1.4 asks for a way to turn these off). */
export function isSingleKey(binding: string): boolean {
  return binding === "Space" || /^(Shift\+)?.$/u.test(binding);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  for (const source of sources.toReversed()) {
    const act = source().find((candidate) => applies(candidate, event));
    if (act === undefined) continue;
    event.preventDefault();
    act.run();
    return;
  }
}

/** Dialogs, also those that still load: what is typed by then is meant for them. */
const COVERS = "dialog:modal, [data-covers]";

/** Whether a press does this act now. */
export function applies(act: LiveAct, event: KeyboardEvent): boolean {
  if (event.repeat && act.repeats !== true) return false;
  if (act.inDialog !== true && document.querySelector(COVERS) !== null) return false;
  if (!leavesKey(act, event)) return false;
  const isPressed = act.keys.some((binding) => {
    if (!shortcutSettings.getState().singleKeysOn && isSingleKey(binding)) return false;
    const presses = parseKeybinding(binding);
    return presses[0] !== undefined && matchKeyBindingPress(event, presses[0]);
  });
  return isPressed && act.isEnabled();
}

/** Whether the focused element leaves this key to the act. */
function leavesKey({ whileTyping = false }: LiveAct, event: KeyboardEvent): boolean {
  if (typeof whileTyping === "boolean") return whileTyping || !usesKeyItself(event);
  const { target } = event;
  return !(target instanceof HTMLElement) || !takesText(target) || target.matches(whileTyping);
}

const NAMES_KEYS = new Set(["checkbox", "radio", "range", "button", "submit", "file", "color"]);
const CONTROL_KEYS =
  /^( |Enter|Arrow(Up|Down|Left|Right)|Home|End|PageUp|PageDown|Backspace|Delete)$/;

/** Whether the focused element does something with this key by itself. */
function usesKeyItself(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (takesText(target) || target.closest("select, [role=menu]") !== null) return true;
  if (target instanceof HTMLInputElement) return CONTROL_KEYS.test(event.key);
  if (target.closest("[role=listbox], [role=slider], [role=radiogroup], [role=tablist]") !== null)
    return CONTROL_KEYS.test(event.key);
  if (target.closest("button, a[href], summary") !== null)
    return event.key === "Enter" || event.key === " ";
  return false;
}

function takesText(target: HTMLElement): boolean {
  if (target instanceof HTMLInputElement) return !NAMES_KEYS.has(target.type);
  return target.isContentEditable || target.closest("textarea") !== null;
}
