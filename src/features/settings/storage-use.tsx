import { Suspense, use, useState } from "react";
import { formatBytes } from "#src/lib/format-bytes.ts";
import { useFreeSpace } from "#src/sheet/use-free-space.ts";
import { useShellDialog } from "#src/state/shell-dialog.ts";
import { Button } from "#src/ui/button.tsx";
import { Meter } from "#src/ui/meter.tsx";

interface Room {
  usedBytes: number;
  quotaBytes: number;
  /** Whether the browser promised not to clear it by itself. */
  persisted: boolean;
}

/** How much room the sheets take on this device, and whether the browser may clear it by itself. */
export function StorageUse() {
  const [room, setRoom] = useState(readRoom);
  return (
    <section aria-labelledby="storage-use">
      <h3 id="storage-use" className="mb-1.5 text-xs font-semibold text-ink-2">
        Storage
      </h3>
      <Suspense fallback={<p className="text-control text-ink-2">Measuring…</p>}>
        <RoomFacts room={room} onAsk={() => setRoom(askToPersist())} />
      </Suspense>
      <FreeSpace onFreed={() => setRoom(readRoom())} />
    </section>
  );
}

function FreeSpace({ onFreed }: { onFreed: () => void }) {
  const { isDisabled, free } = useFreeSpace(onFreed);
  return (
    <div className="mt-2.5 flex flex-wrap items-center justify-between gap-3">
      <p className="min-w-56 flex-1 text-xs text-ink-2">
        Deleted sheets and removed images take up room for another day, so that you can bring them
        back. Freeing it now ends every undo.
      </p>
      <div className="flex shrink-0 gap-2.5">
        <Button onClick={() => useShellDialog.getState().open("trash")}>Show the trash</Button>
        <Button disabled={isDisabled} onClick={free}>
          Free space now
        </Button>
      </div>
    </div>
  );
}

function RoomFacts({ room, onAsk }: { room: Promise<Room | null>; onAsk: () => void }) {
  const facts = use(room);
  if (facts === null)
    return <p className="text-control text-ink-2">This browser does not say how much is used.</p>;
  const { usedBytes, quotaBytes, persisted } = facts;
  const words = `${formatBytes(usedBytes)} of at most ${formatBytes(quotaBytes)}`;
  const share = quotaBytes === 0 ? 0 : usedBytes / quotaBytes;
  return (
    <>
      <Meter label="Storage used" share={share} text={words} tone={share > 0.9 ? "warn" : "ink"} />
      <p className="figures mt-1.5 text-ink-2">{words}</p>
      <div className="mt-2.5 flex items-center justify-between gap-3">
        <p className="text-xs text-ink-2">
          {persisted
            ? "The browser has promised to keep it until you clear it."
            : "If the device runs short of room, the browser may clear it by itself."}
        </p>
        {!persisted && (
          <Button onClick={onAsk} className="shrink-0">
            Ask to keep it
          </Button>
        )}
      </div>
    </>
  );
}

async function readRoom(): Promise<Room | null> {
  try {
    const [{ usage, quota }, persisted] = await Promise.all([
      navigator.storage.estimate(),
      navigator.storage.persisted(),
    ]);
    if (usage === undefined || quota === undefined) return null;
    return { usedBytes: usage, quotaBytes: quota, persisted };
  } catch {
    return null;
  }
}

async function askToPersist(): Promise<Room | null> {
  await navigator.storage.persist().catch(() => false);
  return readRoom();
}
