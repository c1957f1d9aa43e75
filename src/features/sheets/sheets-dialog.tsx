import { Copy, FileDown, Pencil, Plus, ShieldCheck, Trash2, FolderOpen } from "lucide-react";
import { useEffect, useRef, useState, type FormEvent } from "react";
import { counted, grouped } from "#src/lib/counted.ts";
import { saveToFile, openFromFile } from "#src/sheet/sheet-file-actions.ts";
import { report } from "#src/sheet/tell.ts";
import { useServices } from "#src/state/services.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { useSheetFileWork, type SheetFileWork } from "#src/state/files/sheet-file-work.ts";
import { useOpenSheet, useWorkspace } from "#src/state/sheet/use-sheet.ts";
import { Button, IconButton } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { controlLook } from "#src/ui/field.tsx";
import { LONGEST_NAME } from "#src/domain/sheet-name.ts";
import { formatUsd } from "#src/domain/money.ts";
import { formatAgo } from "#src/lib/format-ago.ts";
import type { WorkspaceState } from "#src/state/workspace.ts";
import { formatBytes } from "#src/lib/format-bytes.ts";
import { ProgressBar } from "#src/ui/meter.tsx";

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
        A memory-only sheet leaves nothing on this device: a reload loses it. A deleted one stays in
        the{" "}
        <button
          type="button"
          className="underline underline-offset-2 hover:no-underline"
          onClick={() => useShellDialog.getState().open("trash")}
        >
          trash
        </button>{" "}
        for a day.
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
 * Goes to another sheet, and closes once it is shown: faces that are dropped at once must not go to the previous sheet.
 * What is pressed in the meantime does nothing.
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
      return (
        <li key={id} className="px-2 py-1.5">
          <RenameForm name={name} onDone={rename} />
        </li>
      );
    }
    const save = () => report(saveToFile(services, entry.sheet));
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
      {skippedCount > 0 && (
        <p className="mb-3 rounded bg-warn-wash px-3 py-2 text-control text-warn">
          {counted(skippedCount, "stored row is", "stored rows are")} damaged and not shown. Nothing
          was deleted: they stay where they are, for a later version that may read them.
        </p>
      )}
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

/** Chooses a sheet's file and opens it. */
function OpenFileButton() {
  const services = useServices();
  return (
    // The label is the button, so that the file input itself takes the focus and the name.
    <label className="mr-auto inline-flex cursor-pointer items-center gap-2 rounded border border-line-2 bg-sheet px-2.75 py-1.25 text-control hover:bg-paper has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus pointer-coarse:min-h-10">
      <FolderOpen size={15} aria-hidden="true" />
      Open a sheet file…
      <input
        type="file"
        accept=".zip,application/zip"
        className="sr-only"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          // So that choosing the same file again counts as a change.
          event.target.value = "";
          if (file !== undefined) report(openFromFile(services, file));
        }}
      />
    </label>
  );
}

/** Asks for a new name of the open sheet, at the press of one key. */
export function RenameDialog({ onClose }: { onClose: () => void }) {
  const { workspace } = useServices();
  const { store } = useOpenSheet();
  const { id, name } = store.getState().sheet;
  const rename = (to: string | null) => {
    onClose();
    if (to !== null) report(workspace.rename(id, to));
  };
  return (
    <Dialog title="Rename this sheet" onClose={onClose}>
      <RenameForm name={name} onDone={rename} />
    </Dialog>
  );
}

/** A sheet's name, being changed in its row. Calls back with null if it stays as it is. */
function RenameForm({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const changed = input.current?.value.trim() ?? "";
    onDone(changed === "" || changed === name ? null : changed);
  };
  return (
    <form className="flex gap-2" onSubmit={submit}>
      <input
        ref={input}
        aria-label={`New name of “${name}”`}
        defaultValue={name}
        maxLength={LONGEST_NAME}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          // Otherwise the dialog around it would close.
          event.preventDefault();
          onDone(null);
        }}
        className={controlLook}
      />
      <Button type="submit">Rename</Button>
    </form>
  );
}

interface SaveMemorySheetProps {
  name: string;
  onSave: () => void;
  onDone: () => void;
}

/** Says, in the sheet's row, what saving to a file means for a sheet that was meant to leave nothing behind. */
function SaveMemorySheet({ name, onSave, onDone }: SaveMemorySheetProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <li className="rounded bg-paper px-2 py-2 text-control">
      <p className="text-pretty">
        “{name}” is kept in memory only. The file will hold its pictures, its answers and your
        marks, for anyone who gets hold of it.
      </p>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button ref={cancel} onClick={onDone}>
          Do not save
        </Button>
        <Button
          onClick={() => {
            onDone();
            onSave();
          }}
        >
          Save with its pictures
        </Button>
      </div>
    </li>
  );
}

type SheetEntry = WorkspaceState["sheets"][number];

/** One line about a sheet: images, what was spent, when it was last edited. */
function SheetFacts({ entry }: { entry: SheetEntry }) {
  const { sheet, imageCount, spentMicroUsd } = entry;
  const [now] = useState(() => Date.now());
  const facts = [
    counted(imageCount, "image"),
    ...(spentMicroUsd.runware > 0 ? [`${formatUsd(spentMicroUsd.runware)} spent`] : []),
    ...(spentMicroUsd.sandbox > 0 ? [`${formatUsd(spentMicroUsd.sandbox)} simulated`] : []),
    `edited ${formatAgo(sheet.editedAt, now)}`,
    ...(sheet.keeping === "memory" ? ["memory only"] : []),
  ];
  return <span className="figures block truncate text-ink-2">{facts.join(" · ")}</span>;
}

function amount({ of }: NonNullable<SheetFileWork["progress"]>, count: number): string {
  return of === "bytes" ? formatBytes(count) : grouped(count);
}

/** How far saving or opening a sheet's file is, and a way to cancel it. */
function SheetFileProgress({ work }: { work: SheetFileWork }) {
  const { kind, name, progress } = work;
  const cancel = useRef<HTMLButtonElement>(null);
  // What had the focus is gone while this is here.
  useEffect(() => cancel.current?.focus(), []);
  const doing = kind === "saving" ? `Saving “${name}”` : `Opening ${name}`;
  const { done, total } = progress ?? { done: 0, total: 0 };
  const text =
    progress === null
      ? "Reading…"
      : `${amount(progress, done)} of ${amount(progress, total)} ${progress.of === "bytes" ? "of rows" : "pictures"}`;
  return (
    <div className="py-2">
      <p className="mb-2.5 font-medium wrap-anywhere">{doing}</p>
      <ProgressBar label={doing} total={total} parts={[{ count: done, tone: "ink" }]} text={text} />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
        <p className="figures text-ink-2">{text}</p>
        <Button ref={cancel} onClick={work.cancel}>
          Cancel
        </Button>
      </div>
      <p className="mt-3 text-xs text-ink-2">
        You can close this and carry on: the work continues as long as this page stays open.
      </p>
    </div>
  );
}
