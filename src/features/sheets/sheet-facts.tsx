import { useState } from "react";
import { formatUsd } from "#src/domain/money.ts";
import { formatAgo } from "#src/lib/format-ago.ts";
import type { WorkspaceState } from "#src/state/workspace-desk.ts";

export type SheetEntry = WorkspaceState["sheets"][number];

/** One line on a sheet: images, what was spent, when it was last edited. */
export function SheetFacts({ entry }: { entry: SheetEntry }) {
  const { sheet, imageCount, spentMicroUsd } = entry;
  const [now] = useState(() => Date.now());
  const facts = [
    imageCount === 1 ? "1 image" : `${imageCount.toLocaleString("en")} images`,
    ...(spentMicroUsd.runware > 0 ? [`${formatUsd(spentMicroUsd.runware)} spent`] : []),
    ...(spentMicroUsd.sandbox > 0 ? [`${formatUsd(spentMicroUsd.sandbox)} simulated`] : []),
    `edited ${formatAgo(sheet.editedAt, now)}`,
    ...(sheet.keeping === "memory" ? ["memory only"] : []),
  ];
  return <span className="figures block truncate text-ink-2">{facts.join(" · ")}</span>;
}
