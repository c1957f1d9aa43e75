import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createSpeedLimit } from "./speed-limit.ts";

test("starts at four, and a round of successes earns one more, up to what the person allows", () => {
  const speed = createSpeedLimit({ most: 6 });
  expect(speed.limit()).toBe(4);
  for (let success = 0; success < 4; success += 1) speed.succeeded();
  expect(speed.limit()).toBe(5);
  for (let success = 0; success < 50; success += 1) speed.succeeded();
  expect([speed.limit(), speed.isSlowedDown()]).toEqual([6, false]);
});

test("the first of a burst to be turned away halves the limit, the others of that burst do not", () => {
  const speed = createSpeedLimit({ most: 8, start: 8 });
  expect(speed.slowDown(100, 200)).toBe(true);
  expect(speed.slowDown(150, 210)).toBe(false);
  expect([speed.limit(), speed.isSlowedDown()]).toEqual([4, true]);
  expect(speed.slowDown(205, 300)).toBe(true);
  expect(speed.limit()).toBe(2);
});

test("it counts as slowed down until it is back where it was", () => {
  const speed = createSpeedLimit({ most: 8, start: 8 });
  speed.slowDown(1, 2);
  speed.slowDown(3, 4);
  for (let success = 0; success < 2 + 3 + 4 + 5 + 6; success += 1) speed.succeeded();
  expect([speed.limit(), speed.isSlowedDown()]).toEqual([7, true]);
  for (let success = 0; success < 7; success += 1) speed.succeeded();
  expect([speed.limit(), speed.isSlowedDown()]).toEqual([8, false]);
});

test("a person who allows less is obeyed at once", () => {
  const speed = createSpeedLimit({ most: 8, start: 8 });
  speed.setMost(2);
  expect(speed.limit()).toBe(2);
});

test("whatever happens, it stays between one and what is allowed", () => {
  const step = fc.constantFrom("succeeded", "slowed", "more", "less");
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const speed = createSpeedLimit({ most: 6 });
      let most = 6;
      steps.forEach((name, at) => {
        if (name === "succeeded") speed.succeeded();
        else if (name === "slowed") speed.slowDown(at, at);
        else {
          most = name === "more" ? 16 : 1;
          speed.setMost(most);
        }
        expect(speed.limit()).toBeGreaterThanOrEqual(1);
        expect(speed.limit()).toBeLessThanOrEqual(most);
      });
    }),
  );
});
