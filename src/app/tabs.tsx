import { classNames } from "#src/lib/class-names.ts";
import { routePath, VIEWS, type Route, type View } from "./route.ts";

const NAMES: Record<View, string> = { caption: "Caption", compare: "Compare", age: "Age check" };

/** The three views of the open sheet, as links. */
export function Tabs({ route, className }: { route: Route; className?: string }) {
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
