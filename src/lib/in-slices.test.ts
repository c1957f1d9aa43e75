import { expect, test } from "vitest";
import { inSlices } from "./in-slices.ts";

test("other work gets its turn before a long one is done, and the result is that of the whole", async () => {
  const turns: true[] = [];
  const timer = setInterval(() => turns.push(true));
  let done = 0;
  function* work(): Generator<undefined, number> {
    // However fast the machine is: it goes on until somebody else had a turn.
    while (turns.length < 3) {
      done += 1;
      yield;
    }
    return done;
  }
  const result = await inSlices(work(), new AbortController().signal);
  clearInterval(timer);
  expect(result).toBe(done);
});

test("an aborted one ends at its next step", async () => {
  const leaving = new AbortController();
  let steps = 0;
  function* work(): Generator<undefined, never> {
    for (;;) {
      steps += 1;
      yield;
    }
  }
  const working = inSlices(work(), leaving.signal);
  leaving.abort("left");
  await expect(working).rejects.toBe("left");
  const then = steps;
  await new Promise((resolve) => setTimeout(resolve));
  expect(steps).toBe(then);
});
