import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { createClockDouble } from "./testing/clock-double.ts";
import { sleep } from "./sleep.ts";

test("wakes when its time has come", async () => {
  const clock = createClockDouble();
  let isAwake = false;
  void sleep(clock, 1000, new AbortController().signal).then(() => (isAwake = true));
  await clock.pass(999);
  expect(isAwake).toBe(false);
  await clock.pass(1);
  expect(isAwake).toBe(true);
});

test("an abort wakes it at once, and leaves no timer", async () => {
  const clock = createClockDouble();
  const controller = new AbortController();
  const asleep = sleep(clock, 1000, controller.signal);
  controller.abort();
  await expect(asleep).rejects.toMatchObject({ failure: { kind: "cancelled" } });
  expect(clock.pending()).toBe(0);
  await expect(sleep(clock, 1000, controller.signal)).rejects.toThrow("cancelled");
  expect(clock.pending()).toBe(0);
});

test("however many wait for one signal, it has one listener, and none once they are done", async () => {
  const clock = createClockDouble();
  const controller = new AbortController();
  const count = (): number => getEventListeners(controller.signal, "abort").length;
  const asleep = [1, 2, 3].map((ms) => sleep(clock, ms, controller.signal));
  expect(count()).toBe(1);
  await clock.pass(2);
  expect(count()).toBe(1);
  await clock.pass(1);
  await Promise.all(asleep);
  expect(count()).toBe(0);

  const called = [1, 2].map((ms) => sleep(clock, ms, controller.signal));
  controller.abort();
  const ends = await Promise.allSettled(called);
  expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(count()).toBe(0);
});
