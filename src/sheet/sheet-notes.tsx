import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { heldBackBy } from "#src/domain/image.ts";
import { counted, grouped } from "#src/lib/counted.ts";
import { useServices } from "#src/state/services.ts";
import type { SheetState } from "#src/state/sheet/sheet-store.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { rowCountsText, type RowCounts } from "./row-counts-text.ts";
import { saveToFile } from "./sheet-file-actions.ts";
import { report } from "./tell.ts";

type Note = "damaged" | "held";

/** What must be said about the open sheet before anything is done with it. Dismissed notes come back after a reload. */
export function SheetNotes() {
  const sheetId = useSheet(({ sheet }) => sheet.id);
  const isDamaged = useSheet(({ skipped }) => skipped.length > 0);
  const isHeld = useSheet(({ sheet }) => sheet.filePictures === "held");
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const isSeen = (note: Note): boolean => seen.has(`${note} ${sheetId}`);
  const dismiss = (note: Note) => setSeen(new Set([...seen, `${note} ${sheetId}`]));
  return (
    <>
      {isDamaged && !isSeen("damaged") && <DamagedRows onDismiss={() => dismiss("damaged")} />}
      {isHeld && !isSeen("held") && <HeldPictures onDismiss={() => dismiss("held")} />}
    </>
  );
}

const HOSTS_NAMED = 3;

/** Names the hosts that a sheet file points at, and asks them for its pictures only if the user says so. */
function HeldPictures({ onDismiss }: { onDismiss: () => void }) {
  const open = useOpenSheet();
  const images = useSheet((state) => state.images);
  const hosts = useMemo(() => {
    const held = [...images.values()].map((image) => heldBackBy(image, "held"));
    return held.filter((host) => host !== null);
  }, [images]);
  const named = [...new Set(hosts)];
  if (named.length === 0) return null;
  const more = named.length - HOSTS_NAMED;
  const isOne = hosts.length === 1;
  return (
    <section
      aria-label="Pictures that are not loaded"
      className="flex shrink-0 flex-wrap items-start gap-x-3 gap-y-2 border-b border-line bg-warn-wash px-3 py-2.5 text-control text-warn sm:px-5"
    >
      <output className="block max-w-[90ch] min-w-60 flex-1 text-pretty wrap-anywhere">
        {isOne ? "1 picture" : `${grouped(hosts.length)} pictures`} of this sheet file{" "}
        {isOne ? "is" : "are"} not in the file but on {named.slice(0, HOSTS_NAMED).join(", ")}
        {more > 0 && ` and ${counted(more, "other host")}`}. Nothing was requested from{" "}
        {named.length === 1 ? "it" : "them"}: loading {isOne ? "it" : "them"} tells{" "}
        {named.length === 1 ? "that host" : "those hosts"} that you opened the file.
      </output>
      <div className="flex items-start gap-2">
        <Button onClick={() => report(open.saveSettings({ filePictures: "shown" }))}>
          {isOne ? "Load the picture" : "Load the pictures"}
        </Button>
        <IconButton label="Leave them out for now" onClick={onDismiss}>
          <X size={15} />
        </IconButton>
      </div>
    </section>
  );
}

/** Says which rows of the open sheet could not be read, and what to do about it. */
function DamagedRows({ onDismiss }: { onDismiss: () => void }) {
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
