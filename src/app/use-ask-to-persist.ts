import { useEffect } from "react";

/** Asks the browser not to clear storage by itself, once there is something in it that was paid for. */
export function useAskToPersist(wanted: boolean): void {
  useEffect(() => {
    if (wanted) void askOnce();
  }, [wanted]);
}

let asked = false;

async function askOnce(): Promise<void> {
  if (asked) return;
  asked = true;
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // Refused or unknown here: the settings say so, and offer to ask again.
  }
}
