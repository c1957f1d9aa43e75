import type { ImageId } from "#src/domain/image.ts";
import type { Shortcut } from "#src/ui/shortcuts.ts";
import { useShortcuts } from "#src/ui/use-shortcuts.ts";
import { useDesk, type Comparison } from "./compare-desk.ts";
import { useCompareStore } from "./compare-store.ts";
import { voteShortcuts } from "./vote-shortcuts.ts";

/** The keys of the grid: they act on the row that has the focus. */
export function CompareShortcuts({ comparison }: { comparison: Comparison }) {
  const desk = useDesk();
  const ids = [...comparison.rows.keys()];
  const open = useCompareStore((state) => state.open);
  const activate = useCompareStore((state) => state.activate);
  const activeIndex = (): number => ids.indexOf(useCompareStore.getState().activeId ?? "");
  const active = (): ImageId | null => ids[Math.max(0, activeIndex())] ?? null;
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
