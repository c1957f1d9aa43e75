import { isSimulated } from "./answer.ts";
import type { Task } from "./task.ts";

/**
 * True if a task's answer must be labelled simulated. A reused answer keeps no source of its own; the purse it was
 * asked under shows whether it can have come from the sandbox.
 */
export function isSimulatedTask(task: Task): boolean {
  const { state } = task;
  if (state.phase !== "done" && state.phase !== "empty") return false;
  return isSimulated(state.source) || (state.source === "reused" && task.purse === "sandbox");
}
