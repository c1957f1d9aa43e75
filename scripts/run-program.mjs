// @ts-check
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * @typedef {object} Options
 * @property {string} folder where the program runs
 * @property {NodeJS.ProcessEnv} environment
 * @property {AbortSignal} signal ends the program and all it started
 * @property {(line: string, stream: "stdout" | "stderr") => void} onLine is told each line as it is
 * printed
 */

const GRACE_MS = 5_000;
// On these platforms each program gets a process group, which is ended as a whole, so that a runner's
// browsers do not outlive it.
const hasGroups = process.platform !== "win32";

/**
 * Runs a program to its end, however long that takes.
 * @param {string[]} command the program and its parameters
 * @param {Options} options
 * @returns {Promise<{ succeeded: boolean; ending: string }>} `ending` says what ended it, if not an exit code
 */
export async function runProgram([program = "", ...parameters], options) {
  const { folder, environment, signal, onLine } = options;
  if (signal.aborted) return { succeeded: false, ending: String(signal.reason) };
  const child = spawn(program, parameters, {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
    detached: hasGroups,
  });
  let killer;
  const stop = () => {
    kill(child, "SIGTERM");
    killer = setTimeout(() => kill(child, "SIGKILL"), GRACE_MS);
  };
  signal.addEventListener("abort", stop, { once: true });
  for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
    createInterface({ input: child[stream] }).on("line", (line) => onLine(line, stream));
  }
  const ending = await new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, killedBy) =>
      resolve(killedBy === null ? code : `Ended by ${killedBy}.`),
    );
  });
  clearTimeout(killer);
  signal.removeEventListener("abort", stop);
  if (signal.aborted) return { succeeded: false, ending: String(signal.reason) };
  return { succeeded: ending === 0, ending: typeof ending === "string" ? ending : "" };
}

/**
 * A signal that fires if the limit is reached or the user ends the command; its reason is the second half of a
 * sentence.
 * @param {number} limitMinutes
 */
export function endOf(limitMinutes) {
  const controller = new AbortController();
  setTimeout(
    () => controller.abort(`the limit of ${limitMinutes} minutes was reached`),
    limitMinutes * 60_000,
  ).unref();
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.once(name, () => controller.abort(`it was ended by ${name}`));
  }
  return controller.signal;
}

/**
 * @param {import("node:child_process").ChildProcess} child
 * @param {NodeJS.Signals} name
 */
function kill(child, name) {
  try {
    if (hasGroups && child.pid !== undefined) process.kill(-child.pid, name);
    else child.kill(name);
  } catch {
    // It has ended by itself in the meantime.
  }
}
