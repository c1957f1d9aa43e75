import { X } from "lucide-react";
import { useMemo, useState } from "react";
import { heldBackBy } from "#src/domain/image.ts";
import { useOpenSheet, useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { DamagedRows } from "./damaged-rows.tsx";
import { report } from "./tell.ts";

type Note = "damaged" | "held";

/**
 * What must be said about the open sheet before anything is done with it. Dismissed notes come back after a reload.
 */
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
        {isOne ? "1 picture" : `${hosts.length.toLocaleString("en")} pictures`} of this sheet file{" "}
        {isOne ? "is" : "are"} not in the file but on {named.slice(0, HOSTS_NAMED).join(", ")}
        {more > 0 && ` and ${more === 1 ? "1 other host" : `${more} other hosts`}`}. Nothing was
        requested from {named.length === 1 ? "it" : "them"}: loading {isOne ? "it" : "them"} tells{" "}
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
