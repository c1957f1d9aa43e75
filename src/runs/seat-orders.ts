import { toFailure } from "#src/domain/failure.ts";
import type { TaskUuid } from "#src/domain/task.ts";
import type { Desk } from "./desk.ts";
import { tellStatus, type Drive } from "./drive.ts";
import { addTasks, cancel, configure, goOn, pause, pump, resume } from "./drive-pump.ts";
import type { RunStatus } from "./run-engine.ts";
import type { Place, Seat } from "./sheet-seat.ts";
import type { TabMessage } from "./tab-messages.ts";

export type Order = Extract<TabMessage, { type: "run-ordered" }>["order"];

/** What a person orders is done here where this tab drives, and passed on where another does. */
export function createOrders(
  place: Place,
): Pick<Seat, "add" | "order" | "configure" | "wakeFromOffline" | "turnToConnection"> {
  const { sheetId, post } = place;
  return {
    add: (tasks, runId) => {
      const taskUuids = tasks.map(({ taskUuid }) => taskUuid);
      const { role } = place;
      if (role.kind !== "driving") {
        post({ type: "tasks-added", sheetId, runId, taskUuids });
        return;
      }
      post({ type: "tasks-written", sheetId, taskUuids });
      addTasks(role.drive, role.desk, { tasks, runId });
    },
    order: (order) => {
      if (place.role.kind === "driving") obey(place.role, order);
      else post({ type: "run-ordered", sheetId, order });
    },
    configure: (settings) => {
      if (place.role.kind === "driving") configure(place.role.drive, place.role.desk, settings);
      else post({ type: "settings-changed", sheetId, settings });
    },
    wakeFromOffline: () => {
      const { role } = place;
      if (role.kind === "driving" && role.drive.stop?.kind === "offline")
        goOn(role.drive, role.desk);
    },
    turnToConnection: () => {
      if (place.role.kind === "driving") pump(place.role.drive, place.role.desk);
    },
  };
}

/** What another tab says. A driver obeys and answers; a follower shows what is on disk by now. */
export async function hear(place: Place, message: TabMessage): Promise<void> {
  const { role, ledger, sheetId } = place;
  switch (message.type) {
    case "tasks-written":
      if (role.kind === "following") await showWritten(place, message.taskUuids);
      break;
    case "status-told":
      if (role.kind !== "following") break;
      role.status = followed(place, message.status);
      place.emit({ type: "run-changed", status: role.status });
      break;
    case "tasks-added": {
      const tasks = await ledger.readTasks(sheetId, message.taskUuids);
      place.emit({ type: "tasks-added", sheetId, tasks });
      if (place.role.kind === "driving")
        addTasks(place.role.drive, place.role.desk, { tasks, runId: message.runId });
      break;
    }
    case "status-wanted":
      if (role.kind !== "driving") break;
      role.drive.told = null;
      tellStatus(role.drive);
      break;
    case "run-ordered":
      if (role.kind === "driving") obey(role, message.order);
      break;
    case "settings-changed":
      if (role.kind === "driving") configure(role.drive, role.desk, message.settings);
      break;
    case "service-busy":
      break;
  }
}

async function showWritten(place: Place, taskUuids: readonly TaskUuid[]): Promise<void> {
  const { sheetId, ledger } = place;
  const tasks = await ledger.readTasks(sheetId, taskUuids);
  if (place.role.kind === "following") place.emit({ type: "tasks-added", sheetId, tasks });
}

function obey({ drive, desk }: { drive: Drive; desk: Desk }, order: Order): void {
  switch (order.kind) {
    case "pause":
      pause(drive);
      break;
    case "resume":
      // What a full disk left unwritten comes first: it may be answers.
      drive.writer
        .flush()
        .then(() => resume(drive, desk, order.purse))
        .catch((thrown: unknown) => desk.stopRun({ kind: "failure", failure: toFailure(thrown) }));
      break;
    case "cancel":
      cancel(drive, desk, order.runId);
      break;
  }
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
    spentMicroUsd: 0,
    heldMicroUsd: 0,
    ...status,
    following: status?.phase !== "idle",
  };
}
