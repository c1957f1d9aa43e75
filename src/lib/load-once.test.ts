import { expect, test } from "vitest";
import { loadOnce } from "./load-once.ts";

test("what failed to load is asked for again, and what is there is not", async () => {
  let tries = 0;
  const load = loadOnce(async () => {
    tries += 1;
    if (tries === 1) throw new TypeError("Failed to fetch dynamically imported module");
    return tries;
  });
  await expect(Promise.allSettled([load(), load()])).resolves.toMatchObject([
    { status: "rejected" },
    { status: "rejected" },
  ]);
  expect(tries).toBe(1);
  expect(load.made()).toBeNull();
  expect(await load()).toBe(2);
  expect(await load()).toBe(2);
});
