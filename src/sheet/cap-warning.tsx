import { formatUsd, type MicroUsd } from "#src/domain/money.ts";
import { report } from "#src/sheet/tell.ts";
import { useCapNeed } from "#src/state/use-run-estimate.ts";
import { useOpenSheet, useSheet } from "#src/state/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";

/** Said before a run: that it will stop at the cap, and what to raise it to. */
export function CapWarning({ count }: { count: number }) {
  const { saveSettings } = useOpenSheet();
  const settings = useSheet((state) => state.sheet.run);
  const short = useCapCheck()(count);
  if (short === null) return null;
  return (
    <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-control text-warn">
      The cap of {formatUsd(settings.capMicroUsd)} leaves {formatUsd(short.left)}: the run will
      pause before it is through.
      <Button
        onClick={() => report(saveSettings({ run: { ...settings, capMicroUsd: short.enough } }))}
      >
        Raise the cap to {formatUsd(short.enough)}
      </Button>
    </p>
  );
}

/** Tells, for a number of images, what the cap leaves and what it would have to be; null where it is enough. */
export function useCapCheck(): (count: number) => { left: MicroUsd; enough: MicroUsd } | null {
  const modelId = useSheet((state) => state.sheet.recipe.modelId);
  const cap = useSheet((state) => state.sheet.run.capMicroUsd);
  const spent = useSheet((state) => state.run.spentMicroUsd + state.run.heldMicroUsd);
  const needOf = useCapNeed();
  return (count) => {
    const need = needOf(modelId, count);
    if (count === 0 || cap === null || need === null || spent + need <= cap) return null;
    // A cap is set in cents.
    const enough = Math.ceil((spent + need) / 10_000) * 10_000;
    return { left: Math.max(0, cap - spent), enough };
  };
}
