import type { ClockRequest } from "./clock-messages.ts";

const timers = new Map<number, ReturnType<typeof setTimeout>>();

self.addEventListener("message", ({ data }: MessageEvent<ClockRequest>) => {
  if (data.type === "clear") {
    clearTimeout(timers.get(data.id));
    timers.delete(data.id);
    return;
  }
  const { id } = data;
  timers.set(
    id,
    setTimeout(() => {
      timers.delete(id);
      self.postMessage(id);
    }, data.milliseconds),
  );
});
