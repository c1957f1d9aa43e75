import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { budgetEvents, closingLine, readEvent, Tally, type TestEvent } from "./count-results.mjs";

const PASSED = { kind: "passed" } as const;
const ADVANCED = { kind: "advanced" } as const;
const FAILED = { kind: "failed", name: "adds", text: "1 is not 2" } as const;
const SKIPPED = { kind: "skipped", name: "reads a date", reason: "ExifTool is missing" } as const;

interface Ending {
  succeeded?: boolean;
  reason?: string | null;
  skipsFail?: boolean;
}

function tallied(events: TestEvent[], ending: Ending = {}) {
  const { succeeded = true, reason = null, skipsFail = false } = ending;
  const tally = new Tally({ skipsFail });
  const printed = events.flatMap((event) => tally.take(event) ?? []);
  printed.push(...tally.end(succeeded, reason));
  return { counts: closingLine(tally), printed: printed.join("\n") };
}

const begun = (of: number) => ({ kind: "begun", of, unit: "tests" }) as const;

test("a failure is printed when it happens, with its name", () => {
  expect(new Tally({ skipsFail: false }).take(FAILED)).toBe("✗ adds\n    1 is not 2");
});

test("a skipped test is counted, and its reason given", () => {
  expect(tallied([begun(2), PASSED, ADVANCED, SKIPPED, ADVANCED])).toEqual({
    counts: "1 passed, 0 failed, 1 skipped",
    printed: "– 1 skipped: ExifTool is missing",
  });
});

test("on a machine that must have everything, a skip is a failure", () => {
  const { counts, printed } = tallied([PASSED, SKIPPED], { skipsFail: true });
  expect(counts).toBe("1 passed, 1 failed, 0 skipped");
  expect(printed).toContain("ExifTool is missing");
});

test("what was announced and did not run has failed, for a reason", () => {
  const reason = "the limit of 45 minutes was reached";
  expect(tallied([begun(140), PASSED, ADVANCED], { succeeded: false, reason })).toEqual({
    counts: "1 passed, 139 failed, 0 skipped",
    printed: `✗ 139 tests did not run: ${reason}`,
  });
  const error = { kind: "error", text: "Timed out waiting 3600s" } as const;
  const { counts, printed } = tallied([begun(3), PASSED, ADVANCED, error], { succeeded: false });
  expect(counts).toBe("1 passed, 3 failed, 0 skipped");
  expect(printed).toContain("2 tests did not run: Timed out waiting 3600s");
  expect(tallied([begun(1)]).printed).toContain("the runner ended before them");
});

test("no tests, or a failing process without a failed test, is one failure", () => {
  expect(tallied([]).counts).toBe("0 passed, 1 failed, 0 skipped");
  expect(tallied([begun(0)]).printed).toContain("no test was found");
  expect(tallied([PASSED], { succeeded: false }).counts).toBe("1 passed, 1 failed, 0 skipped");
  expect(tallied([FAILED], { succeeded: false }).counts).toBe("0 passed, 1 failed, 0 skipped");
});

test("the progress says how far it is, what failed and how long it still takes", () => {
  const tally = new Tally({ skipsFail: false });
  expect(tally.progress(4_000)).toBe("4 s");
  tally.take(begun(4));
  tally.take(FAILED);
  tally.take(ADVANCED);
  expect(tally.progress(30_000)).toBe("1 of 4 tests, 1 failed, 30 s, about 1 min 30 s left");
});

test("each budget is one test, and an empty one has not passed", () => {
  const report = JSON.stringify([
    { name: "scripts", passed: true, size: 100, sizeLimit: 120 },
    { name: "fonts", passed: true, size: 0 },
    { name: "styles", passed: false, size: 9, sizeLimit: 8 },
  ]);
  expect(budgetEvents(report)).toEqual([
    PASSED,
    { kind: "failed", name: "fonts", text: "0 bytes; the limit is unknown." },
    { kind: "failed", name: "styles", text: "9 bytes; the limit is 8." },
  ]);
  expect(() => budgetEvents("")).toThrow(SyntaxError);
});

test("output that looks like an event but is none stays output", () => {
  expect(readEvent("✓ adds")).toBeNull();
  expect(readEvent("\u001E{")).toBeNull();
  expect(readEvent('\u001E{"kind":"guessed"}')).toBeNull();
});

test("CI runs the command that the README gives", () => {
  const read = (path: string) => readFileSync(join(import.meta.dirname, "..", path), "utf8");
  const [, command = "none"] = /## Test\n\n```sh\n(.+)\n```/u.exec(read("README.md")) ?? [];
  expect(read("scripts/ci.mjs")).toContain(`command: "${command}"`);
  expect(read(".ci/run")).toContain("node scripts/ci.mjs");
});

const require = createRequire(import.meta.url);
// Each starts a whole runner, which takes long on a busy machine.
const HANGS_AFTER_MS = 5 * 60_000;

/** Runs a real runner with its reporter over the given files, and returns what it reported. */
function run(program: string, files: Record<string, string>, parameters: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "contact-sheet-reporter-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  symlinkSync(
    join(import.meta.dirname, "../node_modules"),
    join(folder, "node_modules"),
    "junction",
  );
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const { stdout } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], NO_COLOR: "1" },
  });
  return stdout.split("\n").flatMap((line) => readEvent(line) ?? []);
}

function told(events: TestEvent[], kind: TestEvent["kind"]) {
  return events.filter((event) => event.kind === kind);
}

test(
  "unit tests are reported one by one, including a file that does not load",
  { timeout: HANGS_AFTER_MS },
  () => {
    const events = run(
      join(import.meta.dirname, "../node_modules/vitest/vitest.mjs"),
      {
        "package.json": '{"type":"module"}',
        "a.test.js": `import { describe, beforeAll, expect, test } from "vitest";
        test("adds", () => { console.log("carry the one"); expect(1 + 1).toBe(3); });
        test("counts", () => {});
        test("reads", ({ skip }) => skip("ExifTool is missing"));
        test.skip("writes", () => {});
        describe("with a server", () => { beforeAll(() => { throw new Error("no port"); }); test("asks", () => {}); });`,
        "b.test.js": `import "./gone.js";`,
      },
      ["run", `--reporter=${join(import.meta.dirname, "report-unit-tests.mjs")}`],
    );
    expect(events[0]).toEqual({ kind: "begun", of: 2, unit: "files" });
    expect(told(events, "advanced")).toHaveLength(2);
    expect(told(events, "passed")).toHaveLength(1);
    expect(told(events, "skipped")).toContainEqual({
      kind: "skipped",
      name: "a.test.js › reads",
      reason: "ExifTool is missing",
    });
    const failed = JSON.stringify(told(events, "failed"));
    expect(failed).toMatch(
      /a\.test\.js › adds.*expected 2 to be 3.*a\.test\.js:2:.*carry the one/u,
    );
    expect(failed).toMatch(/with a server.*no port/u);
    expect(failed).toMatch(/b\.test\.js.*gone\.js/u);
  },
);

const CALM = `module.exports = { workers: 1, retries: 1, globalTimeout: 60000 };`;
const reporter = `--reporter=${join(import.meta.dirname, "report-end-to-end.mjs")}`;

test(
  "end-to-end tests are reported one by one; what passes at its second try has failed",
  { timeout: HANGS_AFTER_MS },
  () => {
    const events = run(
      require.resolve("@playwright/test/cli"),
      {
        "playwright.config.js": CALM,
        "a.spec.js": `const { test, expect } = require("@playwright/test");
        test("loads", () => {});
        test("wavers", ({}, { retry }) => { expect(retry).toBe(1); });
        test("reads", () => { test.skip(true, "ExifTool is missing"); });
        test.describe.serial("in turn", () => {
          test.describe.configure({ retries: 0 });
          test("first", () => { throw new Error("no page"); });
          test("second", () => {});
        });`,
      },
      ["test", reporter],
    );
    expect(events[0]).toEqual({ kind: "begun", of: 5, unit: "tests" });
    expect(told(events, "advanced")).toHaveLength(5);
    expect(told(events, "passed")).toHaveLength(1);
    expect(told(events, "skipped")).toMatchObject([{ reason: "ExifTool is missing" }]);
    const failed = JSON.stringify(told(events, "failed"));
    expect(failed).toMatch(
      /a\.spec\.js › wavers \(line 3\).*a\.spec\.js › in turn › first.*no page/u,
    );
    expect(failed).toMatch(/in turn › second .*did not run/u);
  },
);

test(
  "an end-to-end suite that its limit ends, or that does not load, says so",
  { timeout: HANGS_AFTER_MS },
  () => {
    const cli = require.resolve("@playwright/test/cli");
    const hang = `const { test } = require("@playwright/test");
    test("hangs", () => new Promise(() => {}));
    test("waits its turn", () => {});`;
    const config = "module.exports = { workers: 1, globalTimeout: 1000 };";
    const ended = run(cli, { "playwright.config.js": config, "a.spec.js": hang }, [
      "test",
      reporter,
    ]);
    expect(tallied(ended, { succeeded: false }).printed).toMatch(/did not run: Timed out waiting/u);
    expect(told(ended, "passed")).toEqual([]);
    const unloaded = run(
      cli,
      { "playwright.config.js": CALM, "a.spec.js": 'require("./gone.js");' },
      ["test", reporter],
    );
    expect(told(unloaded, "error")).toContainEqual({
      kind: "error",
      text: expect.stringContaining("gone.js"),
    });
  },
);
