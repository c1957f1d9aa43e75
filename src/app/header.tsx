import { ChevronDown, CircleHelp, Contrast, Settings } from "lucide-react";
import type { Purse } from "#src/domain/connection.ts";
import { ConnectionButton } from "#src/features/connection/connection-button.tsx";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { useSheet } from "#src/state/use-sheet.ts";
import { IconButton } from "#src/ui/icon-button.tsx";
import { BrandMark } from "./brand.tsx";
import type { Route } from "./route.ts";
import { SpentButton } from "./spent-button.tsx";
import { Tabs } from "./tabs.tsx";
import { useTheme } from "./use-theme.ts";

interface HeaderProps {
  route: Route;
  purse: Purse;
}

/** The line above every view: which sheet, which view, what it spent, how it is connected. */
export function Header({ route, purse }: HeaderProps) {
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
