import { startTimer } from "#src/lib/long-timer.ts";
import type { ClockRequest } from "./clock-messages.ts";

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
