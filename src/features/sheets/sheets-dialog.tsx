import { Copy, Pencil, Plus, ShieldCheck, Trash2 } from "lucide-react";
import { useState } from "react";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useWorkspace } from "#src/state/use-sheet.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { IconButton } from "#src/ui/icon-button.tsx";
import { RenameForm } from "./rename-form.tsx";
import { SheetFacts, type SheetEntry } from "./sheet-facts.tsx";

/** The sheets of this device and tab: open, new, rename, duplicate, delete. */
export function SheetsDialog({ onClose }: { onClose: () => void }) {
  const { workspace } = useServices();
  const sheets = useWorkspace((state) => state.sheets);
  const skippedCount = useWorkspace((state) => state.skipped.length);
  const openId = useWorkspace((state) => state.open?.store.getState().sheet.id ?? null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const leaveWith = (step: Promise<void>): void => {
    onClose();
    report(step);
  };
  return (
    <Dialog
      title="Sheets"
      width="wide"
      onClose={onClose}
      footer={
        <>
          <p className="basis-full text-xs text-ink-2">
            A memory-only sheet leaves nothing on this device: a reload loses it.
          </p>
          <Button onClick={() => leaveWith(workspace.newSheet({ keeping: "memory" }))}>
            <ShieldCheck size={15} aria-hidden="true" />
            New memory-only sheet
          </Button>
          <Button look="strong" onClick={() => leaveWith(workspace.newSheet())}>
            <Plus size={15} aria-hidden="true" />
            New sheet
          </Button>
        </>
      }
    >
      {skippedCount > 0 && <SkippedNote count={skippedCount} />}
      <ul aria-label="Sheets" className="-mx-2 space-y-0.5">
        {sheets.map((entry) =>
          renaming === entry.sheet.id ? (
            <RenameForm
              key={entry.sheet.id}
              name={entry.sheet.name}
              onDone={(name) => {
                setRenaming(null);
                if (name !== null) report(workspace.rename(entry.sheet.id, name));
              }}
            />
          ) : (
            <SheetRow
              key={entry.sheet.id}
              entry={entry}
              isOpen={entry.sheet.id === openId}
              onOpen={() => leaveWith(workspace.openSheet(entry.sheet.id))}
              onRename={() => setRenaming(entry.sheet.id)}
              onDuplicate={() => leaveWith(workspace.duplicate(entry.sheet.id))}
              onDelete={() => report(workspace.remove(entry.sheet.id))}
            />
          ),
        )}
      </ul>
    </Dialog>
  );
}

interface SheetRowProps {
  entry: SheetEntry;
  isOpen: boolean;
  onOpen: () => void;
  onRename: () => void;
  onDuplicate: () => void;
  onDelete: () => void;
}

function SheetRow({ entry, isOpen, onOpen, onRename, onDuplicate, onDelete }: SheetRowProps) {
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
      <IconButton label={`Rename “${name}”`} onClick={onRename}>
        <Pencil size={15} />
      </IconButton>
      <IconButton label={`Duplicate “${name}”`} onClick={onDuplicate}>
        <Copy size={15} />
      </IconButton>
      <IconButton label={`Delete “${name}”`} onClick={onDelete}>
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
