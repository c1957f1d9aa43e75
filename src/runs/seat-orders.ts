import { toFailure } from "#src/domain/failure.ts";
import type { Task, TaskUuid } from "#src/domain/task.ts";
import { stopForFailure } from "./desk.ts";
import { tellStatus } from "./drive.ts";
import { addTasks, cancel, configure, goOn, lookAgain, pause, pump, resume } from "./drive-pump.ts";
import type { RunStatus } from "./run-events.ts";
import type { Driving, Place, Seat } from "./sheet-seat.ts";
import type { Order, TabMessage } from "./tab-messages.ts";

/** An order that nobody is known to have obeyed yet. */
export interface KeptOrder {
  order: Order;
  /** The tasks it adds, if this tab wrote them; null if they are read from the ledger. */
  tasks: readonly Task[] | null;
}

/**
 * What a person orders is done here if this tab drives, and passed on if another does. As long as nobody is known to
 * have obeyed, the order stays in the mailbox of every tab at the sheet: the one that drives may be loading, or gone.
 */
export function createOrders(
  place: Place,
): Pick<Seat, "add" | "order" | "configure" | "wakeFromOffline" | "turnToConnection"> {
  const { sheetId, newUuid } = place;
  return {
    add: (tasks, runId) => {
      const taskUuids = tasks.map(({ taskUuid }) => taskUuid);
      if (place.role.kind === "driving") place.post({ type: "tasks-written", sheetId, taskUuids });
      give(place, { type: "tasks-added", sheetId, orderId: newUuid(), runId, taskUuids }, tasks);
    },
    order: (word) => give(place, { type: "run-ordered", sheetId, orderId: newUuid(), order: word }),
    configure: (settings) =>
      give(place, { type: "settings-changed", sheetId, orderId: newUuid(), settings }),
    wakeFromOffline: () => {
      const { role } = place;
      if (role.kind !== "driving") return;
      const { drive, desk } = role;
      if (drive.stop?.kind === "offline") goOn(drive, desk);
      // The network is back; whether anybody is there is looked at now, not in ten seconds.
      if (drive.stop?.kind === "outage") drive.nextLook?.abort();
    },
    turnToConnection: () => {
      if (place.role.kind !== "driving") return;
      const { drive, desk } = place.role;
      // Whoever kept silent was somebody else.
      if (drive.stop?.kind === "outage") drive.nextLook?.abort();
      pump(drive, desk);
    },
  };
}

function give(place: Place, order: Order, tasks: readonly Task[] | null = null): void {
  place.mailbox.set(order.orderId, { order, tasks });
  if (place.role.kind !== "driving") place.post(order);
  void workOff(place);
}

/** What another tab says. A driver obeys and answers; a follower shows what is on disk by now. */
export async function hear(place: Place, message: TabMessage): Promise<void> {
  const { role } = place;
  switch (message.type) {
    case "tasks-written":
      if (role.kind === "following") await showWritten(place, message.taskUuids);
      break;
    case "status-told":
      if (role.kind !== "following") break;
      role.status = followed(place, message.status);
      place.emit({ type: "run-changed", status: role.status });
      break;
    case "status-wanted":
      if (role.kind !== "driving") break;
      role.drive.told = null;
      tellStatus(role.drive);
      break;
    case "tasks-added":
    case "run-ordered":
    case "settings-changed":
      place.mailbox.set(message.orderId, { order: message, tasks: null });
      if (message.type === "tasks-added" && role.kind !== "driving")
        await emitTasks(place, message.taskUuids);
      await workOff(place);
      break;
    case "order-obeyed":
      place.mailbox.delete(message.orderId);
      place.leaveIfDone();
      break;
    case "service-busy":
      break;
  }
}

/** Obeys what is in the mailbox, one after the other, in the order it came in; at once if there is nothing to wait for. */
export async function workOff(place: Place): Promise<void> {
  const { role, mailbox, leaving } = place;
  if (place.isObeying || role.kind !== "driving") return;
  place.isObeying = true;
  // Nothing is sent by one order that the next one may take back.
  role.drive.takesNone = true;
  for (const kept of mailbox.values()) {
    if (leaving.signal.aborted) break;
    const obeyed = obey(place, role, kept);
    if (obeyed !== null) await obeyed;
    const { orderId } = kept.order;
    mailbox.delete(orderId);
    place.post({ type: "order-obeyed", sheetId: place.sheetId, orderId });
  }
  place.isObeying = false;
  role.drive.takesNone = false;
  pump(role.drive, role.desk);
  place.leaveIfDone();
}

async function showWritten(place: Place, taskUuids: readonly TaskUuid[]): Promise<void> {
  const { sheetId, ledger } = place;
  const tasks = await ledger.readTasks(sheetId, taskUuids);
  if (place.role.kind === "following") place.emit({ type: "tasks-added", sheetId, tasks });
}

async function emitTasks(place: Place, taskUuids: readonly TaskUuid[]): Promise<readonly Task[]> {
  const { sheetId, ledger } = place;
  const tasks = await ledger.readTasks(sheetId, taskUuids);
  place.emit({ type: "tasks-added", sheetId, tasks });
  return tasks;
}

/** Null if it is done; a promise, which never rejects, if the disk has to be waited for. */
function obey(
  place: Place,
  { drive, desk }: Driving,
  { order, tasks }: KeptOrder,
): Promise<void> | null {
  const onDisk = (work: Promise<void>): Promise<void> =>
    work.catch((thrown: unknown) => desk.stopRun(stopForFailure(toFailure(thrown))));
  if (order.type === "settings-changed") configure(drive, desk, order.settings);
  else if (order.type === "tasks-added") {
    const { runId, taskUuids } = order;
    if (tasks === null)
      return onDisk(
        emitTasks(place, taskUuids).then((found) => addTasks(drive, desk, { tasks: found, runId })),
      );
    addTasks(drive, desk, { tasks, runId });
  } else if (order.order.kind === "resume") {
    const { purse } = order.order;
    // What a full disk left unwritten comes first: it may be answers.
    return onDisk(drive.writer.flush().then(() => resume(drive, desk, purse)));
  } else if (order.order.kind === "look-again") return onDisk(lookAgain(drive, desk, order.order));
  else if (order.order.kind === "pause") pause(drive);
  else cancel(drive, desk, order.order.runId);
  return null;
}

/** The driver's status, as a follower shows it: where nothing runs there is nothing to follow, and any tab may start. */
export function followed(place: Place, status: RunStatus | null): RunStatus {
  return {
    sheetId: place.sheetId,
    runId: null,
    // Until it has told, the driver is taken to run.
    phase: "running",
    stop: null,
    inFlight: 0,
    limit: 0,
    slowedDown: false,
    quietUntil: null,
    spentMicroUsd: 0,
    heldMicroUsd: 0,
    ...status,
    following: status?.phase !== "idle",
  };
}
