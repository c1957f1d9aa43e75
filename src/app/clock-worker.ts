import { startTimer } from "#src/lib/long-timer.ts";

/** What the page asks for; the worker answers once with only the id, when the time has come. */
export type ClockRequest =
  | { type: "set"; id: number; milliseconds: number }
  | { type: "clear"; id: number };

const timers = new Map<number, () => void>();

self.addEventListener("message", ({ data }: MessageEvent<ClockRequest>) => {
  const { id } = data;
  if (data.type === "clear") {
    timers.get(id)?.();
    timers.delete(id);
    return;
  }
  const callOff = startTimer(data.milliseconds, () => {
    timers.delete(id);
    self.postMessage(id);
  });
  timers.set(id, callOff);
});
