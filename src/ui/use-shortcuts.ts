import { useEffect, useLayoutEffect, useRef } from "react";
import { addShortcuts, type Shortcut } from "./shortcuts.ts";

/** Makes shortcuts live while the component is there. They may change with every render. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  const latest = useRef(shortcuts);
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => addShortcuts(() => latest.current), []);
}
