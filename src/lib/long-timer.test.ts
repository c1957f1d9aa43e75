import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startTimer } from "./long-timer.ts";

const DAY_MS = 86_400_000;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a timer of thirty days does not ring at once, but after thirty days", () => {
  let rings = 0;
  startTimer(30 * DAY_MS, () => (rings += 1));
  vi.advanceTimersByTime(30 * DAY_MS - 1);
  expect(rings).toBe(0);
  vi.advanceTimersByTime(1);
  expect(rings).toBe(1);
});

test("it can be cancelled at any time, and leaves no timer", () => {
  const callOff = startTimer(60 * DAY_MS, () => expect.unreachable());
  vi.advanceTimersByTime(40 * DAY_MS);
  callOff();
  expect(vi.getTimerCount()).toBe(0);
});
