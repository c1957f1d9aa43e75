import { ChevronDown, CircleHelp, Contrast, Pencil, Settings } from "lucide-react";
import type { Purse } from "#src/domain/connection.ts";
import { ConnectionButton } from "#src/features/connection/connection-button.tsx";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { IconButton } from "#src/ui/button.tsx";
import { BrandMark } from "./whole-page.tsx";
import { type Route, routePath, type View, VIEWS } from "./route.ts";
import { formatUsd } from "#src/domain/money.ts";
import { classNames } from "#src/lib/class-names.ts";
import { useEffect, useSyncExternalStore } from "react";
import { useSetting } from "#src/state/services.ts";

/** The line above every view: which sheet, which view, what it spent, how it is connected. */
export function Header({ route, purse }: { route: Route; purse: Purse }) {
  const open = useShellDialog((state) => state.open);
  const { shown, toggle } = useTheme();
  return (
    <header className="border-b border-line bg-sheet">
      <div className="flex h-13 items-center gap-2 px-3 sm:gap-3 sm:px-5">
        <h1 className="flex shrink-0 items-center gap-2.5 text-[0.9375rem] font-[650] tracking-[-0.01em]">
          <BrandMark />
          <span className="max-lg:sr-only">Contact Sheet</span>
        </h1>
        <SheetButton onOpen={() => open("sheets")} />
        <IconButton
          label="Rename this sheet"
          keys="Shift+F2"
          className="-ml-2 max-lg:hidden"
          onClick={() => open("rename")}
        >
          <Pencil size={14} />
        </IconButton>
        <Tabs route={route} className="max-md:hidden" />
        <div className="ml-auto flex shrink-0 items-center gap-1 sm:gap-2">
          <SpentButton purse={purse} onOpen={() => open("spending")} />
          <ConnectionButton onOpen={() => open("connection")} />
          <IconButton
            label="Shortcuts"
            keys="Shift+?"
            className="max-md:hidden"
            onClick={() => open("shortcuts")}
          >
            <CircleHelp size={17} />
          </IconButton>
          <IconButton
            label={shown === "dark" ? "Light theme" : "Dark theme"}
            className="max-sm:hidden"
            onClick={toggle}
          >
            <Contrast size={17} />
          </IconButton>
          <IconButton label="Settings" onClick={() => open("settings")}>
            <Settings size={17} />
          </IconButton>
        </div>
      </div>
      <Tabs route={route} className="border-t border-line px-2 py-1 md:hidden" />
    </header>
  );
}

function SheetButton({ onOpen }: { onOpen: () => void }) {
  const name = useSheet((state) => state.sheet.name);
  const memoryOnly = useSheet((state) => state.sheet.keeping === "memory");
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onOpen}
      className="flex min-w-0 items-center gap-1.5 rounded px-2 py-1 text-left hover:bg-paper sm:max-w-60 lg:ml-1 pointer-coarse:min-h-10"
    >
      <span className="sr-only">Sheet: </span>
      <span className="truncate">{name}</span>
      {memoryOnly && (
        <span className="shrink-0 rounded-full border border-line-2 px-1.5 text-[0.6875rem] text-ink-2">
          memory<span className="max-sm:sr-only"> only</span>
        </span>
      )}
      <ChevronDown size={14} aria-hidden="true" className="shrink-0 text-ink-2" />
    </button>
  );
}

/** What the open sheet spent out of its cap; opens the spending panel. */
function SpentButton({ purse, onOpen }: { purse: Purse; onOpen: () => void }) {
  const spent = useSheet((state) => state.spent[purse]);
  const capMicroUsd = useSheet((state) => state.sheet.run.capMicroUsd);
  const overCap = capMicroUsd !== null && spent.microUsd >= capMicroUsd;
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      onClick={onOpen}
      title="Spending and cap"
      className="shrink-0 rounded px-2 py-1 font-mono text-[0.78125rem] whitespace-nowrap text-ink-2 tabular-nums hover:bg-paper pointer-coarse:min-h-10"
    >
      <span className="sr-only">Spent </span>
      <b className={overCap ? "font-semibold text-warn" : "font-semibold text-ink"}>
        {formatUsd(spent.microUsd)}
      </b>
      <span className="max-md:sr-only">
        {capMicroUsd === null ? " · no cap" : ` of ${formatUsd(capMicroUsd)}`}
        {spent.unknown > 0 && ` + ${spent.unknown} unknown`}
      </span>
    </button>
  );
}

const NAMES: Record<View, string> = { caption: "Caption", compare: "Compare", age: "Age check" };

/** The three views of the open sheet, as links. */
function Tabs({ route, className }: { route: Route; className?: string }) {
  return (
    <nav aria-label="Views" className={classNames("flex gap-0.5", className)}>
      {VIEWS.map((view) => (
        <a
          key={view}
          href={`#${routePath({ view, sheetId: route.sheetId })}`}
          aria-current={view === route.view ? "page" : undefined}
          className={classNames(
            "flex-1 rounded px-3 py-1.5 text-center font-medium whitespace-nowrap pointer-coarse:py-2.5",
            view === route.view
              ? "bg-paper text-ink shadow-[inset_0_0_0_1px_var(--line)]"
              : "text-ink-2 hover:text-ink",
          )}
        >
          {NAMES[view]}
        </a>
      ))}
    </nav>
  );
}

const darkQuery = window.matchMedia("(prefers-color-scheme: dark)");

/** The theme on screen, and a switch to the other one. Keeps the page's mark for it in step. */
function useTheme(): { shown: "light" | "dark"; toggle: () => void } {
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
      // Once it equals the system's theme again, it follows the system.
      setTheme(other === system ? "system" : other);
    },
  };
}
