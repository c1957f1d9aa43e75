import * as v from "valibot";
import type { TextStore } from "./device-settings.ts";
import { TAB_ERASED } from "./erase-everything.ts";

/**
 * What is typed in open fields and not saved yet, by a name of the field. It survives a reload of its tab, and no more.
 */
export interface TypedDrafts {
  /** What was typed before the reload; null if nothing was, or if it has been dropped. */
  read: (field: string) => string | null;
  hold: (field: string, text: string) => void;
  drop: (field: string) => void;
}

const NAME = "contact-sheet.drafts";
const schema = v.record(v.string(), v.string());

/**
 * Writes to the tab's store only as the page goes away (`pagehide`), so that typing stays cheap and nothing typed is
 * stored while the page is open. Never throws: if the browser stores nothing, a reload loses the drafts.
 */
export function createTypedDrafts(tab: () => TextStore, page: EventTarget): TypedDrafts {
  const drafts = readAll(tab);
  page.addEventListener("pagehide", () => writeAll(tab, drafts));
  page.addEventListener(TAB_ERASED, () => drafts.clear());
  return {
    read: (field) => drafts.get(field) ?? null,
    hold: (field, text) => {
      drafts.set(field, text);
    },
    drop: (field) => {
      drafts.delete(field);
    },
  };
}

function readAll(tab: () => TextStore): Map<string, string> {
  try {
    const stored = v.safeParse(schema, JSON.parse(tab().getItem(NAME) ?? "{}"));
    return new Map(stored.success ? Object.entries(stored.output) : []);
  } catch {
    return new Map();
  }
}

function writeAll(tab: () => TextStore, drafts: ReadonlyMap<string, string>): void {
  try {
    if (drafts.size === 0) tab().removeItem(NAME);
    else tab().setItem(NAME, JSON.stringify(Object.fromEntries(drafts)));
  } catch {
    // Blocked, or full: there is no other place for it.
  }
}

/** The drafts of this tab, in its sessionStorage. */
export function openTypedDrafts(): TypedDrafts {
  return createTypedDrafts(() => sessionStorage, window);
}
