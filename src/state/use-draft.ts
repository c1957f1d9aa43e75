import { useEffect, useState, useSyncExternalStore } from "react";
import { openTypedDrafts, type TypedDrafts } from "#src/storage/typed-drafts.ts";
import type { OpenSheet } from "./sheet/open-sheet.ts";
import { useOpenSheet } from "./sheet/use-sheet.ts";

let opened: TypedDrafts | null = null;
const drafts = (): TypedDrafts => (opened ??= openTypedDrafts());

/**
 * The text of an open field, which survives a reload, a crash and a discarded tab: opening the same field again finds
 * it as it was left. Closing the field, saved or not, drops it. Nothing is stored for a sheet that is kept in memory.
 *
 * @param field names the field on this sheet, such as `note/` and the image's id
 */
export function useDraft(field: string, initial: string): [string, (text: string) => void] {
  const open = useOpenSheet();
  const [begun] = useState(initial);
  const [text, setText] = useState(() => drafts().read(keyOf(open, field)) ?? initial);
  useEffect(() => () => dropDraft(open, field), [open, field]);
  const type = (typed: string): void => {
    setText(typed);
    if (typed === begun) dropDraft(open, field);
    else holdDraft(open, field, typed);
  };
  return [text, type];
}

/**
 * What was typed in a field and is neither saved nor dropped, whether or not the field is open; null if there is
 * nothing.
 */
export function useUnsavedDraft(field: string): string | null {
  const open = useOpenSheet();
  return useSyncExternalStore(drafts().subscribe, () => drafts().read(keyOf(open, field)));
}

/** Holds what was typed in a field until it is dropped, also if the field is closed. */
export function holdDraft(open: OpenSheet, field: string, text: string): void {
  drafts().hold(keyOf(open, field), text, open.store.getState().sheet.keeping);
}

/** Drops what was typed in a field; with `text` only if it is still this. */
export function dropDraft(open: OpenSheet, field: string, text?: string): void {
  const key = keyOf(open, field);
  if (text === undefined || drafts().read(key) === text) drafts().drop(key);
}

function keyOf({ store }: OpenSheet, field: string): string {
  return `${store.getState().sheet.id}/${field}`;
}
