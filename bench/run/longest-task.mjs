// @ts-check

/**
 * Processor time of the longest task on any renderer's main thread, from a trace of the category "toplevel": what
 * remains of a task if other processes take the machine's time.
 * @param {Buffer} trace
 */
export function longestCpuMs(trace) {
  /** @type {{ traceEvents: { name: string, pid: number, tid: number, tdur?: number, args: { name?: string } }[] }} */
  const { traceEvents } = JSON.parse(trace.toString());
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain")
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasksUs = traceEvents
    .filter(({ name, pid, tid }) => name.endsWith("RunTask") && mains.has(`${pid} ${tid}`))
    .map(({ tdur }) => tdur ?? 0);
  return tasksUs.reduce((longest, us) => Math.max(longest, us), 0) / 1000;
}
