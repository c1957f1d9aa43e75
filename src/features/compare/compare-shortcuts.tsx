import type { ImageId } from "#src/domain/image.ts";
import type { Shortcut } from "#src/ui/shortcuts.ts";
import { useShortcuts } from "#src/ui/use-shortcuts.ts";
import { useDesk } from "./compare-desk.ts";
import { useCompareStore } from "./compare-store.ts";
import { idsInWindow } from "./grid/rows-in-window.ts";
import { voteShortcuts } from "./voting/vote-shortcuts.ts";

/** The keys of the grid: they act on the row that has the focus, among those that are listed. */
export function CompareShortcuts({ ids }: { ids: readonly ImageId[] }) {
  const desk = useDesk();
  const open = useCompareStore((state) => state.open);
  const activate = useCompareStore((state) => state.activate);
  const activeIndex = (): number => ids.indexOf(useCompareStore.getState().activeId ?? "");
  // A key must not judge a row that nobody sees: where the one that has the focus is scrolled away, it is the first in
  // the window.
  const active = (): ImageId | null => {
    const inWindow = idsInWindow().filter((id) => ids.includes(id));
    const known = inWindow.find((id) => id === ids[activeIndex()]) ?? inWindow[0] ?? null;
    if (known !== null) activate(known);
    return known;
  };
  const move = (by: number) => {
    const next = ids[Math.min(ids.length - 1, Math.max(0, activeIndex() + by))];
    if (next !== undefined) activate(next);
  };
  const key = (keys: readonly string[], label: string, run: () => void): Shortcut => ({
    keys,
    label,
    group: "Compare",
    run,
  });
  useShortcuts([
    { ...key(["j", "ArrowDown"], "Next row", () => move(1)), repeats: true },
    { ...key(["k", "ArrowUp"], "Previous row", () => move(-1)), repeats: true },
    ...voteShortcuts(desk, { imageId: active }),
    key(["n"], "Note on the vote", () => {
      const imageId = active();
      if (imageId !== null) open({ kind: "note", imageId });
    }),
    key(["v"], "Vote one by one", () => open({ kind: "stage" })),
    key(["p"], "Present", () => open({ kind: "present" })),
    { ...key(["$mod+Enter"], "Run", () => desk.run("missing")), whileTyping: true },
  ]);
  return null;
}
