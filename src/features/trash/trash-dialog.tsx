import { useCallback, useEffect, useRef, useState, type ReactNode } from "react";
import { pictureHashOf } from "#src/domain/image-row.ts";
import { imageName, type SheetImage } from "#src/domain/image.ts";
import type { Keeping } from "#src/domain/sheet.ts";
import { counted } from "#src/lib/counted.ts";
import { formatAgo } from "#src/lib/format-ago.ts";
import { report } from "#src/sheet/tell.ts";
import { useFreeSpace } from "#src/sheet/use-free-space.ts";
import {
  keptUntil,
  lotText,
  readTrash,
  restoreLot,
  type Trash,
  type TrashLot,
} from "#src/state/history/trash.ts";
import { shownBlob } from "#src/state/pictures/kept-pictures.ts";
import { useServices } from "#src/state/services.ts";
import { Button } from "#src/ui/button.tsx";
import { Dialog } from "#src/ui/dialog.tsx";
import { showToast } from "#src/ui/toasts.ts";

/** What was deleted or removed and can still be brought back, whichever tab did it, and after a reload. */
export function TrashDialog({ onClose }: { onClose: () => void }) {
  const { workspace, sheets: services } = useServices();
  const [trash, setTrash] = useState<Trash | null>(null);
  const { storages } = services;
  const read = useCallback(() => report(readTrash(storages).then(setTrash)), [storages]);
  useEffect(read, [read]);
  const isEmpty = trash !== null && trash.sheets.length + trash.lots.length === 0;
  const [isRestoring, setIsRestoring] = useState(false);
  const restore = async (step: () => Promise<unknown>): Promise<void> => {
    setIsRestoring(true);
    try {
      await step();
      onClose();
    } finally {
      setIsRestoring(false);
    }
  };
  const restoreRows = async (lot: TrashLot): Promise<void> => {
    if (!(await restoreLot(workspace, storages, lot)))
      showToast({ text: "It is gone for good by now.", tone: "warn", kind: "trash" });
  };
  return (
    <Dialog
      title="Trash"
      width="wide"
      onClose={onClose}
      footer={isEmpty ? undefined : <EmptyTrash onEmptied={read} />}
    >
      <p className="mb-3 text-ink-2">
        Deleted sheets, and what was removed or taken back on a sheet, stay here for a day. Nothing
        of a memory-only sheet outlives a reload.
      </p>
      {isEmpty && <p>There is nothing in it.</p>}
      {trash !== null && !isEmpty && (
        <ul aria-label="Trash" className="divide-y divide-line">
          {trash.sheets.map(({ sheet, imageCount }) => (
            <Entry
              key={sheet.id}
              title={`Sheet “${sheet.name}”`}
              facts={counted(imageCount, "image")}
              at={sheet.deletedAt ?? 0}
              disabled={isRestoring}
              onRestore={() => report(restore(() => workspace.restore(sheet.id)))}
            />
          ))}
          <Lots
            lots={trash.lots}
            disabled={isRestoring}
            onRestore={(lot) => report(restore(() => restoreRows(lot)))}
          />
        </ul>
      )}
    </Dialog>
  );
}

const FIRST_LOTS = 30;

interface LotsProps {
  lots: readonly TrashLot[];
  disabled: boolean;
  onRestore: (lot: TrashLot) => void;
}

function Lots({ lots, disabled, onRestore }: LotsProps) {
  const [most, setMost] = useState(FIRST_LOTS);
  const left = lots.length - most;
  return (
    <>
      {lots.slice(0, most).map((lot) => (
        <Entry
          key={`${lot.sheet.id} ${lot.at}`}
          title={lotText(lot)}
          facts={[`from “${lot.sheet.name}”`, ...namesOf(lot.images)].join(" · ")}
          at={lot.at}
          disabled={disabled}
          onRestore={() => onRestore(lot)}
        >
          <Thumbnails images={lot.images} keeping={lot.sheet.keeping} />
        </Entry>
      ))}
      {left > 0 && (
        <li className="py-2">
          <Button onClick={() => setMost(Infinity)}>Show {left} older</Button>
        </li>
      )}
    </>
  );
}

interface EntryProps {
  title: string;
  facts: string;
  /** When it was removed: epoch milliseconds. */
  at: number;
  disabled: boolean;
  onRestore: () => void;
  children?: ReactNode;
}

function Entry({ title, facts, at, disabled, onRestore, children }: EntryProps) {
  const [now] = useState(() => Date.now());
  return (
    <li className="flex items-center gap-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="font-medium wrap-anywhere">{title}</p>
        <p className="figures text-ink-2 wrap-anywhere">
          {[facts, `removed ${formatAgo(at, now)}`, stayText(at)].join(" · ")}
        </p>
        {children}
      </div>
      <Button aria-label={`Restore ${title}`} disabled={disabled} onClick={onRestore}>
        Restore
      </Button>
    </li>
  );
}

function stayText(at: number): string {
  const until = new Date(keptUntil(at));
  return `stays until ${until.toLocaleString("en", { weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false })}`;
}

const MOST_NAMES = 2;

function namesOf(images: readonly SheetImage[]): string[] {
  const names = images.slice(0, MOST_NAMES).map(imageName);
  const left = images.length - names.length;
  return left > 0 ? [...names, `${left} more`] : names;
}

const MOST_THUMBNAILS = 8;

function Thumbnails({ images, keeping }: { images: readonly SheetImage[]; keeping: Keeping }) {
  const hashes = images.flatMap((image) => pictureHashOf(image) ?? []).slice(0, MOST_THUMBNAILS);
  if (hashes.length === 0) return null;
  return (
    <div className="mt-1.5 flex flex-wrap gap-1">
      {hashes.map((hash, at) => (
        // oxlint-disable-next-line react/no-array-index-key -- the same picture may be there twice, and the list never changes
        <Thumbnail key={at} hash={hash} keeping={keeping} />
      ))}
    </div>
  );
}

/** Decoration: the names are beside it. */
function Thumbnail({ hash, keeping }: { hash: string; keeping: Keeping }) {
  const storage = useServices().sheets.storages[keeping];
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let made: string | null = null;
    let isLeft = false;
    storage
      .readThumbnail(hash)
      .then(async (picture) => {
        const blob = picture === null ? null : await shownBlob(picture, "grey");
        if (isLeft || blob === null) return;
        made = URL.createObjectURL(blob);
        setUrl(made);
      })
      .catch(() => undefined); // What can't be read leaves its frame empty.
    return () => {
      isLeft = true;
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [hash, storage]);
  return (
    <span className="inline-flex size-12 items-center justify-center overflow-hidden rounded-xs bg-film">
      {url !== null && <img src={url} alt="" className="size-full object-contain" />}
    </span>
  );
}

/** Asks once: this cannot be undone. */
function EmptyTrash({ onEmptied }: { onEmptied: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  const keep = useRef<HTMLButtonElement>(null);
  // What had the focus is gone.
  useEffect(() => {
    if (isAsking) keep.current?.focus();
  }, [isAsking]);
  const { isDisabled, free } = useFreeSpace(() => {
    setIsAsking(false);
    onEmptied();
  });
  if (!isAsking)
    return (
      <Button look="careful" onClick={() => setIsAsking(true)}>
        Empty the trash…
      </Button>
    );
  return (
    <>
      <p className="min-w-0 flex-1 text-control">
        All of it goes for good, and every undo ends with it.
      </p>
      <Button ref={keep} onClick={() => setIsAsking(false)}>
        Keep it
      </Button>
      <Button look="careful" disabled={isDisabled} onClick={free}>
        Empty for good
      </Button>
    </>
  );
}
