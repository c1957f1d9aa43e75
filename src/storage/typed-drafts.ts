import * as v from "valibot";
import type { TextStore } from "./device-settings.ts";
import { TAB_ERASED } from "./erase-everything.ts";

/**
 * What is typed in open fields and not saved yet, by a name of the field. It survives a reload, a crash and a tab that
 * was discarded, and is found in any later tab.
 */
export interface TypedDrafts {
  /** What was typed before; null if nothing was, or if it has been dropped. */
  read: (field: string) => string | null;
  /** With "memory" it lasts as long as the page, and is stored nowhere. */
  hold: (field: string, text: string, keeping: "disk" | "memory") => void;
  drop: (field: string) => void;
  /** Calls back when a draft begins or ends, or is typed further. */
  subscribe: (listener: () => void) => () => void;
}

const NAME = "contact-sheet.draft.";
const schema = v.object({ text: v.string(), at: v.number() });

/** Typing stays cheap, and a crash takes no more than this. */
const WRITTEN_AFTER_MS = 300;

// Fields go with their images and sheets, and nobody comes back for what was typed in them.
const KEPT_MS = 60 * 24 * 60 * 60 * 1000;

interface DraftParts {
  /** The device's store. It may throw. */
  device: () => TextStore & Pick<Storage, "length" | "key">;
  page: EventTarget;
  /** Epoch milliseconds. */
  now: () => number;
}

/**
 * Each draft is an entry of its own, so that tabs don't overwrite each other's. Never throws: if the browser stores
 * nothing, drafts last as long as the page.
 */
export function createTypedDrafts({ device, page, now }: DraftParts): TypedDrafts {
  const drafts = readAll(device, now());
  const unwritten = new Set<string>();
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const write = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const field of unwritten) {
      const text = drafts.get(field);
      attempt(() =>
        text === undefined
          ? device().removeItem(NAME + field)
          : device().setItem(NAME + field, JSON.stringify({ text, at: now() })),
      );
    }
    unwritten.clear();
  };
  const writeSoon = (field: string): void => {
    unwritten.add(field);
    timer ??= setTimeout(write, WRITTEN_AFTER_MS);
  };
  page.addEventListener("pagehide", write);
  // A hidden tab may be discarded without another word.
  page.addEventListener("visibilitychange", write);
  page.addEventListener(TAB_ERASED, () => {
    clearTimeout(timer);
    timer = undefined;
    unwritten.clear();
    drafts.clear();
    tell();
  });
  return {
    read: (field) => drafts.get(field) ?? null,
    hold: (field, text, keeping) => {
      drafts.set(field, text);
      if (keeping === "disk") writeSoon(field);
      tell();
    },
    drop: (field) => {
      if (!drafts.delete(field)) return;
      unwritten.add(field);
      write();
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function readAll(device: DraftParts["device"], at: number): Map<string, string> {
  const found = new Map<string, string>();
  attempt(() => {
    const store = device();
    const keys = Array.from({ length: store.length }, (_, index) => store.key(index));
    for (const key of keys) {
      if (key?.startsWith(NAME) !== true) continue;
      const draft = parse(store.getItem(key));
      if (draft === null || at - draft.at > KEPT_MS) store.removeItem(key);
      else found.set(key.slice(NAME.length), draft.text);
    }
  });
  return found;
}

function parse(stored: string | null): v.InferOutput<typeof schema> | null {
  try {
    const parsed = v.safeParse(schema, JSON.parse(stored ?? "null"));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

function attempt(step: () => void): void {
  try {
    step();
  } catch {
    // Blocked, or full: there is no other place for it.
  }
}

/** The drafts of this device, in its localStorage. */
export function openTypedDrafts(): TypedDrafts {
  return createTypedDrafts({ device: () => localStorage, page: window, now: Date.now });
}
