import type { ComparedRow } from "#src/domain/comparison.ts";
import { hasEnded } from "#src/domain/task.ts";
import { Button } from "#src/ui/button.tsx";
import { useCompareStore } from "#src/features/compare/compare-store.ts";
import { shareText } from "#src/features/compare/compare-words.ts";
import { stability } from "./stability.ts";

/** Which of a cell's repeats is shown, and how alike they are. Nothing for cells that are asked once. */
export function RepeatsLine({ row, index }: { row: ComparedRow; index: number }) {
  const open = useCompareStore((state) => state.open);
  const cell = row.cells[index];
  if (cell === undefined || cell.repeats.length < 2) return null;
  const alike = stability(cell.repeats);
  const running = cell.repeats.filter(({ latest }) => latest !== null && !hasEnded(latest)).length;
  return (
    <Button
      look="mini"
      className="-ml-2 self-start"
      onClick={() => open({ kind: "cell", imageId: row.image.id, index })}
    >
      Answer {cell.drawn + 1} of {cell.repeats.length}
      {running > 0 ? ` · ${running} on the way` : ""}
      {alike === null ? "" : ` · ${shareText(alike)} alike`}
    </Button>
  );
}
