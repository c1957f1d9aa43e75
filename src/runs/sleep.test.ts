import { expect, test } from "vitest";
import { createManualClock } from "./manual-clock.ts";
import { sleep } from "./sleep.ts";

test("wakes when its time has come", async () => {
  const clock = createManualClock();
  let isAwake = false;
  void sleep(clock, 1000, new AbortController().signal).then(() => (isAwake = true));
  await clock.pass(999);
  expect(isAwake).toBe(false);
  await clock.pass(1);
  expect(isAwake).toBe(true);
});

test("an abort wakes it at once, and leaves no timer", async () => {
  const clock = createManualClock();
  const controller = new AbortController();
  const asleep = sleep(clock, 1000, controller.signal);
  controller.abort();
  await expect(asleep).rejects.toMatchObject({ failure: { kind: "cancelled" } });
  expect(clock.pending()).toBe(0);
  await expect(sleep(clock, 1000, controller.signal)).rejects.toThrow("cancelled");
  expect(clock.pending()).toBe(0);
});
