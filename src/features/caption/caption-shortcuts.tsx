import type { ImageId } from "#src/domain/image.ts";
import { useViewStore } from "#src/state/view-store.ts";
import { useShortcuts } from "#src/ui/use-shortcuts.ts";
import type { Desk } from "./desk.ts";
import { useListStore } from "./list/list-store.ts";
import type { RowActions } from "./list/row-actions.ts";

const GROUP = "Caption";

/** The keys of Caption. */
export function CaptionShortcuts({ desk }: { desk: Desk }) {
  const onActive = (act: (rows: RowActions, id: ImageId) => void) => () => {
    const { activeId } = useListStore.getState();
    const rows = desk.rows();
    if (activeId !== null && rows !== null) act(rows, activeId);
  };
  const move = (by: number, extend = false) => ({
    group: GROUP,
    repeats: true,
    run: () => desk.move(by, extend),
  });
  useShortcuts([
    { keys: ["j", "ArrowDown"], label: "Next image", ...move(1) },
    { keys: ["k", "ArrowUp"], label: "Previous image", ...move(-1) },
    { keys: ["Shift+ArrowDown", "Shift+J"], label: "Select on down", ...move(1, true) },
    { keys: ["Shift+ArrowUp", "Shift+K"], label: "Select on up", ...move(-1, true) },
    { keys: ["n"], label: "Next image without an answer", group: GROUP, run: desk.nextMissing },
    {
      keys: ["Enter", "e"],
      label: "Edit the caption",
      group: GROUP,
      run: onActive((rows, id) => rows.startEdit(id)),
    },
    {
      keys: ["c"],
      label: "Copy the caption",
      group: GROUP,
      run: onActive((rows, id) => rows.copy(id)),
    },
    {
      keys: ["r"],
      label: "Ask about this image again",
      group: GROUP,
      run: onActive((rows, id) => rows.ask(id)),
    },
    {
      keys: ["x"],
      label: "Select or unselect",
      group: GROUP,
      run: onActive((rows, id) => rows.select(id, "toggle")),
    },
    { keys: ["$mod+a"], label: "Select all that are listed", group: GROUP, run: desk.selectAll },
    {
      keys: ["Escape"],
      label: "Select none",
      group: GROUP,
      run: () => useViewStore.getState().select([]),
    },
    {
      keys: ["Delete", "Backspace"],
      label: "Remove the selected images",
      group: GROUP,
      run: desk.removeSelected,
    },
    {
      keys: ["$mod+Enter"],
      label: "Run",
      group: GROUP,
      whileTyping: true,
      run: desk.runPrimary,
    },
  ]);
  return null;
}
