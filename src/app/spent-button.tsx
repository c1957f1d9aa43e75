import type { Purse } from "#src/domain/connection.ts";
import { formatUsd } from "#src/domain/money.ts";
import { useSheet } from "#src/state/use-sheet.ts";

/** What the open sheet spent of what it may; opens the spending panel. */
export function SpentButton({ purse, onOpen }: { purse: Purse; onOpen: () => void }) {
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
