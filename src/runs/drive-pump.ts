import type { Purse } from "#src/domain/connection.ts";
import { toFailure } from "#src/domain/failure.ts";
import type { RunSettings } from "#src/domain/sheet.ts";
import { hasEnded, isInDoubt, type RunId, type Task, type TaskUuid } from "#src/domain/task.ts";
import { carryTask } from "./carry-task.ts";
import { paysFromItsPurse, stopForFailure, stopForPurse, type Desk } from "./desk.ts";
import { endsByItself, isAtRest, throttleOf, phaseOf, tellStatus, type Drive } from "./drive.ts";
import { mayPostAgain } from "./doubtful-task.ts";
import { cancelUnsent, stopRun, writeNote } from "./drive-desk.ts";

// Beside those in flight, as many again are made ready and put in the ledger, so that a slot never waits for a disk.
const TAKEN_PER_SLOT = 2;

/** Takes as many tasks as there is room for. Cheap, and called whenever that may have changed. */
export function pump(drive: Drive, desk: Desk): void {
  if (throttleOf(drive).quietUntil() !== null) callBackUnsent(drive);
  while (!drive.over.aborted && !drive.takesNone && hasRoom(drive)) {
    const taskUuid = nextUp(drive);
    if (taskUuid === undefined || !reserve(drive, desk, taskUuid)) break;
    drive.queue.splice(drive.queue.indexOf(taskUuid), 1);
    carry(drive, desk, taskUuid);
  }
  const atRest = isAtRest(drive);
  const { connection } = drive.tools.client();
  drive.throttles.allow(drive.sheetId, connection, atRest ? null : drive.settings.mostInFlight);
  tellStatus(drive);
  if (atRest) drive.onRest();
}

/** What was sent before and whose end is not known is looked up at once, even where the run stands still. */
export function recoverLeft(drive: Drive, desk: Desk): void {
  const doubtful = drive.queue.filter((uuid) => isInDoubt(desk.task(uuid)));
  drive.queue = drive.queue.filter((uuid) => !isInDoubt(desk.task(uuid)));
  for (const taskUuid of doubtful) carry(drive, desk, taskUuid);
}

export function addTasks(
  drive: Drive,
  desk: Desk,
  { tasks, runId }: { tasks: readonly Task[]; runId: RunId },
): void {
  // What an outage or a full disk holds up goes on by itself, and takes along what is added to it.
  const isHeldUp = endsByItself(drive.stop);
  const standsStill = phaseOf(drive) === "paused" && !isHeldUp;
  for (const task of tasks) {
    if (hasEnded(task)) continue;
    // A drive that was loaded since they were written knows them already.
    if (!drive.tasks.has(task.taskUuid)) {
      drive.tasks.set(task.taskUuid, task);
      drive.queue.push(task.taskUuid);
    }
    if (standsStill) drive.asked.add(task.taskUuid);
  }
  if (standsStill) {
    renewUnsent(drive);
    pump(drive, desk);
    return;
  }
  drive.runId = runId;
  if (isHeldUp) pump(drive, desk);
  else goOn(drive, desk);
}

export function pause(drive: Drive): void {
  stopRun(drive, { kind: "person" });
}

/** The person's word that what waits is paid for from this purse: that of the tab in which they gave it. */
export function resume(drive: Drive, desk: Desk, purse: Purse): void {
  for (const taskUuid of drive.tasks.keys()) desk.show(taskUuid, { type: "task-agreed", purse });
  goOn(drive, desk);
}

/** Goes on with what was agreed to before. */
export function goOn(drive: Drive, desk: Desk): void {
  letGoOfStop(drive);
  renewUnsent(drive);
  writeNote(drive);
  pump(drive, desk);
}

/** Of one run, or (null) of all: a sheet may have several under way. */
export function cancel(drive: Drive, desk: Desk, runId: RunId | null): void {
  const isMeant = (taskUuid: TaskUuid) => runId === null || desk.task(taskUuid).runId === runId;
  for (const taskUuid of drive.tasks.keys()) if (isMeant(taskUuid)) drive.cancelled.add(taskUuid);
  // What is left of other runs goes on waiting where it waits for a person's word.
  if (drive.cancelled.size === drive.tasks.size) letGoOfStop(drive);
  drive.unsent.abort();
  renewUnsent(drive);
  const queue = drive.queue.filter(isMeant);
  drive.queue = drive.queue.filter((taskUuid) => !isMeant(taskUuid));
  const doubtful = queue.filter((taskUuid) => isInDoubt(desk.task(taskUuid)));
  const unsent = queue.filter((taskUuid) => !isInDoubt(desk.task(taskUuid)));
  cancelUnsent(drive, unsent);
  for (const taskUuid of unsent) forget(drive, taskUuid);
  for (const taskUuid of doubtful) carry(drive, desk, taskUuid);
  writeNote(drive);
  pump(drive, desk);
}

/** What the person wants to know of tasks that are unsettled. */
export interface SecondLook {
  taskUuids: readonly TaskUuid[];
  /** True where those that are young enough are sent again, under the id they have; else they are looked up alone. */
  mayPost: boolean;
}

/** Takes unsettled tasks up again; each keeps the hold it has. */
export async function lookAgain(
  drive: Drive,
  desk: Desk,
  { taskUuids, mayPost }: SecondLook,
): Promise<void> {
  await drive.writer.flush().catch(() => undefined);
  const found = await drive.ledger.readTasks(drive.sheetId, taskUuids);
  if (drive.over.aborted) return;
  const phase = phaseOf(drive);
  if (phase === "idle") letGoOfStop(drive);
  renewUnsent(drive);
  for (const task of found) {
    const { taskUuid } = task;
    if (task.state.phase !== "unsettled" || drive.tasks.has(taskUuid)) continue;
    drive.tasks.set(taskUuid, task);
    // Only the purse it was sent from knows of it.
    if (!paysFromItsPurse(desk, taskUuid)) {
      forget(drive, taskUuid);
      continue;
    }
    const isPosted = mayPost && mayPostAgain(desk, taskUuid);
    desk.tell(taskUuid, { type: "task-reopened", to: isPosted ? "waiting" : "polling" });
    if (isPosted) {
      drive.queue.push(taskUuid);
      if (phase === "paused") drive.asked.add(taskUuid);
    } else {
      drive.checked.add(taskUuid);
      carry(drive, desk, taskUuid);
    }
  }
  pump(drive, desk);
}

export function configure(drive: Drive, desk: Desk, settings: RunSettings): void {
  drive.settings = settings;
  for (const budget of Object.values(drive.budgets)) budget.setCap(settings.capMicroUsd);
  pump(drive, desk);
}

function letGoOfStop(drive: Drive): void {
  drive.stop = null;
  drive.unheard = 0;
  drive.nextLook?.abort();
  drive.isPaused = false;
  drive.asked.clear();
}

// What is ready waits in the queue like the rest: its row says "sent" already, which a page that is loaded after a long
// quiet would have to doubt.
function callBackUnsent(drive: Drive): void {
  if (drive.unsent.signal.aborted) return;
  drive.unsent.abort();
  renewUnsent(drive);
}

function renewUnsent(drive: Drive): void {
  if (drive.unsent.signal.aborted) drive.unsent = new AbortController();
}

function nextUp(drive: Drive): TaskUuid | undefined {
  if (drive.stop === null) return drive.queue[0];
  return drive.asked.size === 0 ? undefined : drive.queue.find((uuid) => drive.asked.has(uuid));
}

function hasRoom(drive: Drive): boolean {
  const throttle = throttleOf(drive);
  return (
    !throttle.isQuiet() && drive.active.size - drive.parked.size < throttle.limit() * TAKEN_PER_SLOT
  );
}

/**
 * Sets money aside for a task. False where the cap has no room (the run goes on when others end, or stops), or where it
 * would be paid from another purse than the person agreed to: their word is needed again.
 */
function reserve(drive: Drive, desk: Desk, taskUuid: TaskUuid): boolean {
  const task = desk.task(taskUuid);
  if (isInDoubt(task) || drive.cancelled.has(taskUuid)) return true;
  if (!paysFromItsPurse(desk, taskUuid)) {
    stopRun(drive, stopForPurse(task));
    return false;
  }
  const { purse } = task;
  const budget = drive.budgets[purse];
  const { prices } = drive.tools;
  const price = prices.boundsOf(task.recipe.modelId, purse);
  if (budget.hold(taskUuid, price, drive.active.size === 0)) {
    const { holdMicroUsd } = price;
    desk.show(taskUuid, { type: "task-taken", at: drive.tools.clock.now(), holdMicroUsd });
    return true;
  }
  if (drive.active.size > 0) return false;
  const holds = drive.queue.map((uuid) => {
    const waiting = desk.task(uuid);
    return isInDoubt(waiting) ? 0 : prices.holdOf(waiting.recipe.modelId, purse);
  });
  stopRun(drive, { kind: "cap", raiseByMicroUsd: budget.shortfallMicroUsd(holds) });
  return false;
}

function carry(drive: Drive, desk: Desk, taskUuid: TaskUuid): void {
  const carried = carryTask(desk, taskUuid)
    .catch((thrown: unknown) => {
      desk.tell(taskUuid, { type: "task-postponed", mayBeAccepted: true });
      stopRun(drive, stopForFailure(toFailure(thrown)));
    })
    // Not over before its last word is on disk: who sees an idle run may close the page.
    .then(() => drive.writer.flush().catch(() => undefined))
    .then(() => {
      drive.active.delete(taskUuid);
      drive.parked.delete(taskUuid);
      if (drive.over.aborted) return;
      if (hasEnded(desk.task(taskUuid))) forget(drive, taskUuid);
      else putBack(drive, desk.task(taskUuid));
      pump(drive, desk);
    });
  drive.active.set(taskUuid, carried);
}

// Where it was before it was taken: the order of a run is its fairness.
function putBack(drive: Drive, task: Task): void {
  const at = drive.queue.findIndex(
    (uuid) => (drive.tasks.get(uuid)?.times.createdAt ?? 0) > task.times.createdAt,
  );
  drive.queue.splice(at === -1 ? drive.queue.length : at, 0, task.taskUuid);
}

function forget(drive: Drive, taskUuid: TaskUuid): void {
  drive.tasks.delete(taskUuid);
  drive.cancelled.delete(taskUuid);
  drive.checked.delete(taskUuid);
  drive.asked.delete(taskUuid);
}
