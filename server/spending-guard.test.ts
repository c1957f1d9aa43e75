import { expect, test } from "vitest";
import * as v from "valibot";
import { task, type WireTask } from "#src/contract/requests.ts";
import { clientOf, type Outcome, SpendingGuard, type SpendingRules } from "./spending-guard.ts";
import { captionTask } from "./test-support.ts";

/** A guard with a clock that a test moves by hand. */
function openGuard(rules: Partial<SpendingRules>) {
  const clock = { ms: 0, day: "2026-11-29" };
  const guard = new SpendingGuard(
    { mostPerMinute: null, spendPerDay: null, ...rules },
    { now: () => clock.ms, today: () => clock.day },
  );
  const ask = (tasks: WireTask[], client = "a", isDryRun = false) =>
    guard.ask({ tasks, client, isDryRun });
  /** Asks for one task and lets it end like this; returns the refusal's code if it is refused. */
  const spend = (one: WireTask, outcome: Outcome): string | null => {
    const permission = ask([one]);
    if (permission.kind === "refused") return permission.refusal.code;
    permission.settle(outcome);
    return null;
  };
  return { clock, ask, spend };
}

function caption(): WireTask {
  return v.parse(task, captionTask());
}

/** How many captions pass before one is refused, if each ends like this. */
function passing(spend: (one: WireTask) => string | null): number {
  for (let count = 0; count < 1_000; count += 1) if (spend(caption()) !== null) return count;
  return Number.POSITIVE_INFINITY;
}

function priced(one: WireTask, cost: number): Outcome {
  return { kind: "replied", status: 200, value: { data: [{ taskUUID: one.taskUUID, cost }] } };
}

function refused(code: string, status = 400): Outcome {
  return { kind: "replied", status, value: { errors: [{ code, message: "No." }] } };
}

// Two thirds of what is held for one caption of the model in the tests: twice 1,900.
const HOLD = 3_800;

test("a client beyond its tasks in a minute waits as long as it is told, and no other does", () => {
  const { ask, clock } = openGuard({ mostPerMinute: 60 });
  for (let count = 0; count < 60; count += 1) expect(ask([caption()]).kind).toBe("granted");
  const beyond = ask([caption()]);
  expect(beyond).toMatchObject({
    kind: "refused",
    refusal: {
      status: 429,
      retryAfterSeconds: 1,
      message: expect.stringContaining("MOST_PER_MINUTE"),
    },
  });
  expect(ask([caption()], "b").kind).toBe("granted");
  clock.ms += 1_000;
  expect(ask([caption()]).kind).toBe("granted");
  expect(ask([caption()]).kind).toBe("refused");
});

test("a request of more tasks than a minute allows passes alone, and is paid off in time", () => {
  const { ask, clock } = openGuard({ mostPerMinute: 2 });
  expect(ask([caption(), caption(), caption()]).kind).toBe("granted");
  clock.ms += 30_000;
  expect(ask([caption()])).toMatchObject({ refusal: { retryAfterSeconds: 30 } });
  clock.ms += 30_000;
  expect(ask([caption()]).kind).toBe("granted");
});

test("look-ups do not use up a client's paid tasks, and have a bound of their own", () => {
  const { ask } = openGuard({ mostPerMinute: 1 });
  const lookUp = { taskType: "getResponse", taskUUID: crypto.randomUUID() } as const;
  for (let count = 0; count < 10; count += 1) expect(ask([lookUp]).kind).toBe("granted");
  expect(ask([lookUp]).kind).toBe("refused");
  expect(ask([caption()]).kind).toBe("granted");
});

test("a day's spending is what replies said it cost, and ends in a sentence that says who can raise it", () => {
  const { spend, ask } = openGuard({ spendPerDay: 100_000 });
  expect(passing((one) => spend(one, priced(one, 0.01)))).toBe(10);
  expect(ask([caption()])).toMatchObject({
    kind: "refused",
    refusal: {
      status: 402,
      message: expect.stringMatching(/\$0\.10 a day.*whoever runs it to raise SPEND_PER_DAY/u),
    },
  });
});

test("the cost of what is in flight is held, so that asking for everything at once exceeds no bound", () => {
  const { ask } = openGuard({ spendPerDay: 10 * HOLD });
  const permissions = Array.from({ length: 30 }, () => ask([caption()]));
  expect(permissions.filter(({ kind }) => kind === "granted")).toHaveLength(10);
});

test.each<[string, Outcome, number]>([
  ["without a readable reply", { kind: "unknown" }, 10],
  ["without a price", { kind: "replied", status: 200, value: { data: [] } }, 10],
  ["with trouble after the work", refused("providerTimeout", 400), 10],
  ["with a 500", refused("invalidParameter", 500), 10],
  ["with a refusal", refused("invalidParameter"), Number.POSITIVE_INFINITY],
  ["before it was sent", { kind: "not-sent" }, Number.POSITIVE_INFINITY],
])(
  "a task that ends %s counts at its hold, or at nothing if it surely cost nothing",
  (_, outcome, count) => {
    const { spend } = openGuard({ spendPerDay: 10 * HOLD });
    expect(passing((one) => spend(one, outcome))).toBe(count);
  },
);

test("a task asked for again within minutes counts once, and a look-up gives back what it did not cost", () => {
  const { spend, clock } = openGuard({ spendPerDay: 2 * HOLD });
  const one = caption();
  expect(spend(one, { kind: "unknown" })).toBeNull();
  expect(spend(one, { kind: "unknown" })).toBeNull();
  expect(spend(one, { kind: "unknown" })).toBeNull();
  const lookUp = { taskType: "getResponse", taskUUID: one.taskUUID } as const;
  expect(spend(lookUp, priced(one, 0))).toBeNull();
  // Said a second time, it gives nothing back.
  expect(spend(lookUp, priced(one, 0))).toBeNull();
  expect(passing((next) => spend(next, { kind: "unknown" }))).toBe(2);
  clock.day = "2026-11-30";
  expect(spend(caption(), { kind: "unknown" })).toBeNull();
});

test("if a service forgets ids, the same task counts again", () => {
  const { spend, clock } = openGuard({ spendPerDay: 2 * HOLD });
  const one = caption();
  expect(spend(one, { kind: "unknown" })).toBeNull();
  clock.ms += 11 * 60_000;
  expect(spend(one, { kind: "unknown" })).toBeNull();
  expect(spend(caption(), { kind: "unknown" })).not.toBeNull();
});

test("an answer dearer than expected raises what is held for the next", () => {
  const { spend, ask } = openGuard({ spendPerDay: 100_000 });
  const one = caption();
  spend(one, priced(one, 0.04));
  expect([ask([caption()]).kind, ask([caption()]).kind]).toEqual(["granted", "refused"]);
});

test("a dry run costs nothing, and an upload counts", () => {
  const { ask } = openGuard({ spendPerDay: 1_500 });
  const upload: WireTask = {
    taskType: "imageUpload",
    taskUUID: crypto.randomUUID(),
    image: "data:image/png;base64,AAAA",
  };
  expect(ask([caption()], "a", true).kind).toBe("granted");
  expect([ask([upload]).kind, ask([upload]).kind]).toEqual(["granted", "refused"]);
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
  ["2001:db8:1:2::9", "2001:db8:1:2"],
  ["2001:db8::1", "2001:db8:0:0"],
  ["fe80::1%eth0", "fe80:0:0:0"],
  ["::1", "0:0:0:0"],
])("the address %s counts as %s", (address, client) => {
  expect(clientOf(address)).toBe(client);
});
