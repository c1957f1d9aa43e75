import { FailureError } from "#src/domain/failure.ts";
import type { SheetId } from "#src/domain/image.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import type { RunId, Task } from "#src/domain/task.ts";
import type { Desk, TaskTools } from "./desk.ts";
import { isAtRest, loadDrive, statusOf, type Drive } from "./drive.ts";
import { createDesk } from "./drive-desk.ts";
import { goOn, pump, recoverLeft } from "./drive-pump.ts";
import type { Throttles } from "./throttle.ts";
import { waitOut } from "./outage.ts";
import type { Ledger, Locks } from "./ports.ts";
import type { RunEvent, RunStatus } from "./run-events.ts";
import { createOrders, followed, hear, workOff, type KeptOrder } from "./seat-orders.ts";
import type { Order, PostedMessage, TabMessage } from "./tab-messages.ts";

export interface SeatParts {
  tools: TaskTools;
  throttles: Throttles;
  locks: Locks;
  ledger: Ledger;
  emit: (event: RunEvent) => void;
  /** Tells the other tabs; does nothing for a memory-only sheet, which no other tab may hear of. */
  post: (message: PostedMessage) => void;
  over: AbortSignal;
  newUuid: () => string;
  onLeft: () => void;
}

/** This tab's place at a sheet: driving its run, or following the tab that does. */
export interface Seat {
  /** Resolves once it is known which; rejects where the ledger can't be read. */
  arrived: Promise<void>;
  /** Keeps the seat until the returned function is called, and until nothing is under way. */
  keep: () => () => void;
  status: () => RunStatus | null;
  /** Tasks that were written to the ledger just now. */
  add: (tasks: readonly Task[], runId: RunId) => void;
  order: (word: Extract<Order, { type: "run-ordered" }>["order"]) => void;
  configure: (settings: RunSettings) => void;
  wakeFromOffline: () => void;
  /** Another connection is in use: its purse has sums of its own, and may not be the one that was agreed to. */
  turnToConnection: () => void;
  hear: (message: TabMessage) => void;
  /** Lets go of everything. */
  end: () => void;
  /** Resolves once everything is let go of, and what had happened is on disk. */
  gone: Promise<void>;
}

export interface Driving {
  kind: "driving";
  drive: Drive;
  desk: Desk;
}

/** A seat from within. */
export interface Place extends SeatParts {
  sheetId: SheetId;
  role: { kind: "arriving" } | Driving | { kind: "following"; status: RunStatus };
  /** Orders that nobody is known to have obeyed, by their id, oldest first. */
  mailbox: Map<string, KeptOrder>;
  isObeying: boolean;
  keepers: number;
  leaveIfDone: () => void;
  leaving: AbortController;
}

/** Takes a seat. Whoever holds the sheet's lock drives; the others wait for it, and take over when it falls free. */
export function takeSeat(sheetId: SheetId, parts: SeatParts): Seat {
  const place: Place = {
    ...parts,
    sheetId,
    role: { kind: "arriving" },
    mailbox: new Map(),
    isObeying: false,
    keepers: 0,
    leaveIfDone: () => leaveIfDone(place),
    leaving: new AbortController(),
  };
  let seated = Promise.resolve();
  const arrived = new Promise<void>((resolve, reject) => {
    seated = sit(place, resolve)
      .catch(reject)
      .finally(() => leave(place));
  });
  // Whoever waits hears of it; a seat that nobody waits for fails in silence.
  arrived.catch(() => undefined);
  return {
    arrived,
    keep: () => {
      place.keepers += 1;
      let isKept = true;
      return () => {
        if (!isKept) return;
        isKept = false;
        place.keepers -= 1;
        leaveIfDone(place);
      };
    },
    status: () => {
      const { role } = place;
      if (role.kind === "arriving") return null;
      return role.kind === "driving" ? statusOf(role.drive) : role.status;
    },
    ...createOrders(place),
    hear: (message) => void hear(place, message).catch(() => undefined),
    end: () => leave(place),
    gone: seated,
  };
}

async function sit(place: Place, onArrived: () => void): Promise<void> {
  if (place.ledger.keeping === "memory") return driveUntilLeft(place, onArrived);
  const name = `contact-sheet run ${place.sheetId}`;
  let isTaken = false;
  await place.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock === null) isTaken = true;
    else await driveUntilLeft(place, onArrived);
  });
  if (!isTaken) return;
  place.role = { kind: "following", status: followed(place, null) };
  place.emit({ type: "seat-taken", sheetId: place.sheetId, alone: false });
  onArrived();
  place.post({ type: "status-wanted", sheetId: place.sheetId });
  leaveIfDone(place);
  const { signal } = place.leaving;
  try {
    await place.locks.request(name, { signal }, () => driveUntilLeft(place, onArrived));
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
  }
}

async function driveUntilLeft(place: Place, onArrived: () => void): Promise<void> {
  if (place.leaving.signal.aborted) return;
  const drive = await loadDrive(place.sheetId, {
    ...place,
    emit: (event) => {
      place.emit(event);
      if (event.type === "run-changed")
        place.post({ type: "status-told", sheetId: place.sheetId, status: event.status });
    },
    onWritten: (taskUuids) => {
      if (taskUuids.length > 0)
        place.post({ type: "tasks-written", sheetId: place.sheetId, taskUuids: [...taskUuids] });
    },
    onRest: () => leaveIfDone(place),
    onHeldUp: () => {
      const { role } = place;
      if (role.kind === "driving") void waitOut(role.drive, () => goOn(role.drive, role.desk));
    },
  });
  if (drive === null) throw new FailureError({ kind: "internal", detail: "no such sheet" });
  const desk = createDesk(drive, () => pump(drive, desk));
  const alone = place.role.kind === "arriving";
  place.role = { kind: "driving", drive, desk };
  place.emit({ type: "seat-taken", sheetId: place.sheetId, alone });
  onArrived();
  recoverLeft(drive, desk);
  // A pause or a lower cap that was ordered while nobody drove comes before anything is sent.
  await workOff(place);
  await untilAborted(place.leaving.signal);
  await Promise.all(drive.active.values());
  await drive.writer.flush().catch(() => undefined);
}

function leaveIfDone(place: Place): void {
  const { role, keepers, mailbox, isObeying } = place;
  if (keepers > 0 || role.kind === "arriving" || mailbox.size > 0 || isObeying) return;
  if (role.kind === "following" || isAtRest(role.drive)) leave(place);
}

function leave(place: Place): void {
  if (place.leaving.signal.aborted) return;
  place.leaving.abort();
  place.onLeft();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
