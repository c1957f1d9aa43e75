import { X } from "lucide-react";
import { useServices } from "#src/state/services.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { rowCountsText, type RowCounts } from "./row-counts-text.ts";
import { saveToFile } from "./sheet-file-actions.ts";
import { report } from "./tell.ts";

/** Says which rows of the open sheet could not be read, and what to do about it. */
export function DamagedRows({ onDismiss }: { onDismiss: () => void }) {
  const services = useServices();
  const skipped = useSheet((state) => state.skipped);
  const sheet = useSheet((state) => state.sheet);
  const lost = skipped.filter((row) => row.mended === undefined);
  const mended = skipped.filter((row) => row.mended !== undefined);
  return (
    <section
      aria-label="Damaged rows"
      className="flex shrink-0 items-start gap-3 border-b border-line bg-warn-wash px-3 py-2.5 text-control text-warn sm:px-5"
    >
      <p role="alert" className="max-w-[90ch] min-w-0 flex-1 text-pretty">
        {lost.length > 0 && lostText(lost)}
        {mended.length > 0 && `${mendedText(mended)} `}
        Save what is here to a file, so that it is safe whatever happens to this browser’s storage.
      </p>
      <Button onClick={() => report(saveToFile(services, sheet))}>Save to a file</Button>
      <IconButton label="Dismiss" onClick={onDismiss}>
        <X size={15} />
      </IconButton>
    </section>
  );
}

function lostText(lost: SheetState["skipped"]): string {
  const counts = countsOf(lost);
  const [are, they, stay] = lost.length === 1 ? ["is", "it", "stays"] : ["are", "they", "stay"];
  const asked =
    counts.tasks === 0
      ? ""
      : " An image whose answer is damaged looks as if it had never been asked about, and asking may cost again.";
  return `${rowCountsText(counts)} of this sheet ${are} damaged and cannot be read. Nothing was deleted: ${they} ${stay} where ${they} ${are}.${asked} `;
}

function mendedText(rows: SheetState["skipped"]): string {
  const own = rows.find(({ store }) => store === "sheets");
  const others = rows.filter((row) => row !== own);
  const isCap = own?.mended?.some((field) => field === "run" || field === "run.capMicroUsd");
  return [
    ...(own === undefined
      ? []
      : ["Some settings of this sheet are damaged, so their defaults are used instead."]),
    ...(isCap === true ? ["Its cap is $0.00 until you set it again."] : []),
    ...(others.length === 0
      ? []
      : [
          `${rowCountsText(countsOf(others))} ${others.length === 1 ? "has" : "have"} a damaged detail, which is left out.`,
        ]),
  ].join(" ");
}

function countsOf(skipped: SheetState["skipped"]): RowCounts {
  const counts = { sheets: 0, images: 0, tasks: 0, marks: 0, pictures: 0 };
  for (const { store } of skipped) counts[store] += 1;
  return counts;
}
