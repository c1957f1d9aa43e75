// @ts-check

/** What has to be traced for it. */
export const TRACED = ["toplevel", "devtools.timeline"];

/**
 * Processor time of the longest task on any renderer's main thread, from a trace: what remains of a task if other
 * processes take the machine's time. The browser collects garbage in the middle of whatever runs, so the longest
 * collection is told apart and not counted with the task that it fell into.
 * @param {Buffer} trace
 */
export function longestCpu(trace) {
  /** @type {{ traceEvents: { name: string, pid: number, tid: number, ts: number, dur?: number, tdur?: number, args: { name?: string } }[] }} */
  const { traceEvents } = JSON.parse(trace.toString());
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const ofMains = traceEvents.filter(({ pid, tid }) => mains.has(`${pid} ${tid}`));
  const collections = ofMains.filter(({ name }) => name === "MajorGC" || name === "MinorGC");
  let [taskMs, collectionMs] = [0, 0];
  for (const { tdur = 0 } of collections) collectionMs = Math.max(collectionMs, tdur / 1000);
  for (const { name, pid, tid, ts, dur = 0, tdur = 0 } of ofMains) {
    if (!name.endsWith("RunTask")) continue;
    const within = collections.filter(
      (one) => one.pid === pid && one.tid === tid && one.ts >= ts && one.ts < ts + dur,
    );
    const ownUs = within.reduce((us, one) => us - (one.tdur ?? 0), tdur);
    taskMs = Math.max(taskMs, ownUs / 1000);
  }
  return { taskMs, collectionMs };
}
