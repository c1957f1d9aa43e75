import { Copy, FileDown, Pencil, Plus, ShieldCheck, Trash2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { saveToFile } from "#src/sheet/sheet-file-actions.ts";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useSheetFileWork } from "#src/state/sheet-file-work.ts";
import { useWorkspace } from "#src/state/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { IconButton } from "#src/ui/icon-button.tsx";
import { OpenFileButton } from "./open-file-button.tsx";
import { RenameForm } from "./rename-form.tsx";
import { SaveMemorySheet } from "./save-memory-sheet.tsx";
import { SheetFacts, type SheetEntry } from "./sheet-facts.tsx";
import { SheetFileProgress } from "./sheet-file-progress.tsx";

/** The sheets of this device and tab: open, new, rename, duplicate, save to a file, delete. */
export function SheetsDialog({ onClose }: { onClose: () => void }) {
  const { work, trouble, change, end } = useSheetFileWork();
  const close = () => {
    if (work === null) end(null);
    else change({ watched: false });
    onClose();
  };
  return (
    <Dialog
      title="Sheets"
      width="wide"
      onClose={close}
      footer={work === null ? <NewSheets onClose={close} /> : undefined}
    >
      {trouble !== null && (
        <p role="alert" className="mb-3 rounded bg-warn-wash px-3 py-2 text-control text-warn">
          {trouble}
        </p>
      )}
      {work === null ? <SheetList onClose={close} /> : <SheetFileProgress work={work} />}
    </Dialog>
  );
}

function NewSheets({ onClose }: { onClose: () => void }) {
  const { workspace } = useServices();
  const leaveWith = useLeaveWith(onClose);
  return (
    <>
      <p className="basis-full text-xs text-ink-2">
        A memory-only sheet leaves nothing on this device: a reload loses it.
      </p>
      <OpenFileButton />
      <Button onClick={() => leaveWith(() => workspace.newSheet({ keeping: "memory" }))}>
        <ShieldCheck size={15} aria-hidden="true" />
        New memory-only sheet
      </Button>
      <Button look="strong" onClick={() => leaveWith(() => workspace.newSheet())}>
        <Plus size={15} aria-hidden="true" />
        New sheet
      </Button>
    </>
  );
}

/**
 * Goes to another sheet, and closes once it is shown: faces that are dropped at once must not fall onto the sheet before.
 * What is pressed meanwhile does nothing.
 */
function useLeaveWith(onClose: () => void): (step: () => Promise<void>) => void {
  const isLeaving = useRef(false);
  return (step) => {
    if (isLeaving.current) return;
    isLeaving.current = true;
    const left = step().finally(() => {
      isLeaving.current = false;
      onClose();
    });
    report(left);
  };
}

function SheetList({ onClose }: { onClose: () => void }) {
  const services = useServices();
  const { workspace } = services;
  const sheets = useWorkspace((state) => state.sheets);
  const skippedCount = useWorkspace((state) => state.skipped.length);
  const openId = useWorkspace((state) => state.open?.store.getState().sheet.id ?? null);
  const [inForm, setInForm] = useState<{ form: "rename" | "save"; id: string } | null>(null);
  // What sheets hold and cost changes without the list.
  useEffect(() => report(workspace.refresh()), [workspace]);
  const leaveWith = useLeaveWith(onClose);
  const row = (entry: SheetEntry) => {
    const { id, name, keeping } = entry.sheet;
    const form = inForm?.id === id ? inForm.form : null;
    if (form === "rename") {
      const rename = (to: string | null): void => {
        setInForm(null);
        if (to !== null) report(workspace.rename(id, to));
      };
      return <RenameForm key={id} name={name} onDone={rename} />;
    }
    const save = () => void saveToFile(services, entry.sheet);
    if (form === "save")
      return <SaveMemorySheet key={id} name={name} onSave={save} onDone={() => setInForm(null)} />;
    return (
      <SheetRow
        key={id}
        entry={entry}
        isOpen={id === openId}
        onOpen={() => leaveWith(() => workspace.openSheet(id))}
        onRename={() => setInForm({ form: "rename", id })}
        onDuplicate={() => leaveWith(() => workspace.duplicate(id))}
        onSave={keeping === "memory" ? () => setInForm({ form: "save", id }) : save}
        onDelete={() => report(workspace.remove(id))}
      />
    );
  };
  return (
    <>
      {skippedCount > 0 && <SkippedNote count={skippedCount} />}
      <ul aria-label="Sheets" className="-mx-2 space-y-0.5">
        {sheets.map(row)}
      </ul>
    </>
  );
}

interface SheetRowProps {
  entry: SheetEntry;
  isOpen: boolean;
  onOpen: () => void;
  onRename: () => void;
  onDuplicate: () => void;
  onSave: () => void;
  onDelete: () => void;
}

function SheetRow({ entry, isOpen, onOpen, ...on }: SheetRowProps) {
  const { name } = entry.sheet;
  return (
    <li className="flex items-center gap-1 rounded px-2 hover:bg-paper has-[:focus-visible]:bg-paper">
      <button
        type="button"
        aria-current={isOpen ? "true" : undefined}
        onClick={onOpen}
        className="min-w-0 flex-1 py-2 text-left"
      >
        <span className="flex items-center gap-2">
          <span className="truncate font-medium">{name}</span>
          {isOpen && <span className="shrink-0 text-xs text-ink-2">open</span>}
        </span>
        <SheetFacts entry={entry} />
      </button>
      <IconButton label={`Rename “${name}”`} onClick={on.onRename}>
        <Pencil size={15} />
      </IconButton>
      <IconButton label={`Duplicate “${name}”`} onClick={on.onDuplicate}>
        <Copy size={15} />
      </IconButton>
      <IconButton label={`Save “${name}” to a file`} onClick={on.onSave}>
        <FileDown size={15} />
      </IconButton>
      <IconButton label={`Delete “${name}”`} onClick={on.onDelete}>
        <Trash2 size={15} />
      </IconButton>
    </li>
  );
}

function SkippedNote({ count }: { count: number }) {
  return (
    <p className="mb-3 rounded bg-warn-wash px-3 py-2 text-control text-warn">
      {count === 1 ? "1 stored row is" : `${count} stored rows are`} damaged and not shown. Nothing
      was deleted: they stay where they are, for a later version that may read them.
    </p>
  );
}
