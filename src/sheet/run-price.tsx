import { formatUsd, type MicroUsd } from "#src/domain/money.ts";
import { formatSecondsAhead } from "#src/lib/format-time.ts";
import { type AskedModels, type RunEstimate, useCapNeed } from "#src/state/run-estimate.ts";
import { usePurse } from "#src/state/services.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { report } from "./tell.ts";

/** "about $0.28 · 2 min", for the run button. */
export function estimateText({ microUsd, seconds }: RunEstimate): string {
  const price = microUsd === null ? "price unknown" : `about ${formatUsd(microUsd)}`;
  return seconds === null ? price : `${price} · ${formatSecondsAhead(seconds)}`;
}

/** Shown before a run: that it will stop at the cap, and what to raise it to. */
export function CapWarning({ asked }: { asked: AskedModels }) {
  const { saveSettings } = useOpenSheet();
  const settings = useSheet((state) => state.sheet.run);
  const short = useCapCheck()(asked);
  if (short === null) return null;
  return (
    <p className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1 text-control text-warn">
      The cap of {formatUsd(settings.capMicroUsd)} leaves {formatUsd(short.left)}: the run will
      pause before it finishes.
      <Button
        onClick={() => report(saveSettings({ run: { ...settings, capMicroUsd: short.enough } }))}
      >
        Raise the cap to {formatUsd(short.enough)}
      </Button>
    </p>
  );
}

/** Returns the words for the button of a run if the cap is too low for it, otherwise none. */
export function useOverCap(): (asked: AskedModels) => string {
  const capCheck = useCapCheck();
  return (asked) => (capCheck(asked) === null ? "" : " · over the cap");
}

/** Returns what the cap leaves and what it would have to be; null if it is enough. */
function useCapCheck(): (asked: AskedModels) => { left: MicroUsd; enough: MicroUsd } | null {
  const cap = useSheet((state) => state.sheet.run.capMicroUsd);
  const purse = usePurse();
  const spent = useSheet((state) => state.spent[purse].microUsd + state.spent[purse].heldMicroUsd);
  const needOf = useCapNeed();
  return (asked) => {
    const need = needOf(asked);
    if (cap === null || need === null || need === 0 || spent + need <= cap) return null;
    return { left: Math.max(0, cap - spent), enough: roundUpToCents(spent + need) };
  };
}

/** The next amount that a cap can be set to, which is in cents. */
export function roundUpToCents(microUsd: MicroUsd): MicroUsd {
  return Math.ceil(microUsd / 10_000) * 10_000;
}
