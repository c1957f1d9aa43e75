import { useEffect, useState } from "react";
import { openTypedDrafts, type TypedDrafts } from "#src/storage/typed-drafts.ts";
import { useOpenSheet } from "./sheet/use-sheet.ts";

let opened: TypedDrafts | null = null;
const drafts = (): TypedDrafts => (opened ??= openTypedDrafts());

/**
 * The text of an open field, which survives a reload of the page: opening the same field again finds it as it was left.
 * Closing the field, saved or not, drops it. Nothing is stored for a sheet that is kept in memory.
 *
 * @param field names the field on this sheet, such as `note/` and the image's id
 */
export function useDraft(field: string, initial: string): [string, (text: string) => void] {
  const { sheet } = useOpenSheet().store.getState();
  const key = sheet.keeping === "disk" ? `${sheet.id}/${field}` : null;
  const [begun] = useState(initial);
  const [text, setText] = useState(() => (key === null ? null : drafts().read(key)) ?? initial);
  useEffect(() => {
    if (key === null) return undefined;
    if (text !== begun) drafts().hold(key, text);
    return () => drafts().drop(key);
  }, [key, text, begun]);
  return [text, setText];
}
