import { useEffect, useSyncExternalStore } from "react";
import { useSetting } from "#src/state/services.ts";

const darkQuery = window.matchMedia("(prefers-color-scheme: dark)");

/** The theme on screen, and a switch to the other one. Keeps the page's mark of it in step. */
export function useTheme(): { shown: "light" | "dark"; toggle: () => void } {
  const [theme, setTheme] = useSetting("theme");
  const systemDark = useSyncExternalStore(
    (listener) => {
      darkQuery.addEventListener("change", listener);
      return () => darkQuery.removeEventListener("change", listener);
    },
    () => darkQuery.matches,
  );
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "system") delete dataset["theme"];
    else dataset["theme"] = theme;
  }, [theme]);
  const system = systemDark ? "dark" : "light";
  const shown = theme === "system" ? system : theme;
  return {
    shown,
    toggle: () => {
      const other = shown === "dark" ? "light" : "dark";
      // Back at what the system says, it is the system's to change again.
      setTheme(other === system ? "system" : other);
    },
  };
}
