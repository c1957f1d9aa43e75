import { expect, test } from "vitest";
import { createLanes } from "./lanes.ts";
import { createLocksDouble } from "./locks-double.ts";
import { createManualClock } from "./manual-clock.ts";

const DIRECT = { kind: "direct" } as const;
const PROXY = { kind: "proxy", baseUrl: "http://here/api", upstream: "runware" } as const;

test("a sheet that turns to another connection takes its limit along", () => {
  const lanes = createLanes({
    locks: createLocksDouble().tab().locks,
    clock: createManualClock(),
    onSlowedDown: () => undefined,
    onQuiet: () => undefined,
  });
  lanes.allow("sheet", DIRECT, 1);
  lanes.allow("other", DIRECT, 3);
  expect(lanes.of(DIRECT).limit()).toBe(1);
  lanes.allow("sheet", PROXY, 1);
  expect(lanes.of(DIRECT).limit()).toBe(3);
  expect(lanes.of(PROXY).limit()).toBe(1);
  lanes.allow("sheet", PROXY, null);
  lanes.allow("other", PROXY, null);
  expect(lanes.of(DIRECT).limit()).toBe(4);
  expect(lanes.of(PROXY).limit()).toBe(4);
});
