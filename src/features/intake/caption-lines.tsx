import { useEffect, useRef, useState } from "react";
import { MOST_FIELDS } from "#src/domain/field.ts";
import { changedText } from "#src/imports/caption-report.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import type { DropReport } from "#src/state/pictures/drop-report.ts";
import { useSheet } from "#src/state/sheet/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { lazyPart } from "#src/ui/lazy-part.tsx";
import { openDialog } from "./intake-area.tsx";

const ConflictsDialog = lazyPart(
  async () => (await import("./conflicts-dialog.tsx")).ConflictsDialog,
  { giveUp: ({ onClose }) => onClose() },
);

/** What the user can decide about the texts that came along: which of several to take, and what to add a field for. */
export function CaptionLines({ captions }: { captions: readonly DropReport[] }) {
  return captions.map((one) => (
    <div key={one.id} className="mt-1 space-y-1">
      {one.conflicts.length > 0 && <Conflicts captions={one} />}
      {one.missing.length > 0 && <Missing captions={one} />}
    </div>
  ));
}

function Conflicts({ captions }: { captions: DropReport }) {
  const { conflicts, isUnderWay, changed, relist } = captions;
  const [isOpen, setIsOpen] = useState(false);
  const hasOpened = useRef(false);
  useEffect(() => {
    // Over what the user is writing, or in another dialog, it waits for its button.
    const isBusy = openDialog() !== null || isWriting(document.activeElement);
    if (isUnderWay || hasOpened.current || isBusy) return;
    hasOpened.current = true;
    setIsOpen(true);
  }, [isUnderWay]);
  return (
    <p className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <span>
        {counted(conflicts.length, "text differs", "texts differ")} from what is on the sheet or in
        another file.
        {changed > 0 && ` ${changedText(changed)}`}
      </span>
      <Button
        onClick={() => {
          relist();
          setIsOpen(true);
        }}
      >
        Decide…
      </Button>
      {isOpen && <ConflictsDialog captions={captions} onClose={() => setIsOpen(false)} />}
    </p>
  );
}

function isWriting(element: Element | null): boolean {
  return element instanceof HTMLElement && element.matches("textarea, input:not([type=file])");
}

function Missing({ captions: { missing, addField } }: { captions: DropReport }) {
  const isFull = useSheet((state) => state.sheet.fields.length >= MOST_FIELDS);
  const [isAdding, setIsAdding] = useState(false);
  return missing.map(({ field, count }) => (
    <p key={field.name} className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
      <span>
        {field.name} came with {counted(count, "image")}, and this sheet has no field for it.
      </span>
      <Button
        disabled={isFull || isAdding}
        onClick={() => {
          setIsAdding(true);
          report(addField(field).finally(() => setIsAdding(false)));
        }}
      >
        Add the field {field.name}
      </Button>
    </p>
  ));
}
