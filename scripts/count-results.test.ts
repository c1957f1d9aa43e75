import { expect, test } from "vitest";
import { countBudgets, countEndToEndTests, countOne, countUnitTests } from "./count-results.mjs";

function unitReport(passed: number, failed: number, files: string[][]) {
  return JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: files.map(([status, ...tests]) => ({
      status,
      assertionResults: tests.map((each) => ({ status: each })),
    })),
  });
}

function endToEndReport(expected: number, unexpected: number, flaky: number) {
  return JSON.stringify({ stats: { expected, unexpected, flaky, skipped: 1 }, errors: [] });
}

test("a step without a report is one test", () => {
  expect(countOne("", true)).toEqual({ passed: 1, failed: 0 });
  expect(countOne("", false)).toEqual({ passed: 0, failed: 1 });
});

test("unit tests are counted one by one", () => {
  const report = unitReport(3, 1, [
    ["passed", "passed", "passed"],
    ["failed", "passed", "failed"],
  ]);
  expect(countUnitTests(report, false)).toEqual({ passed: 3, failed: 1 });
});

test("a test file that does not load is a failure", () => {
  const report = unitReport(1, 0, [["passed", "passed"], ["failed"]]);
  expect(countUnitTests(report, false)).toEqual({ passed: 1, failed: 1 });
});

test("a flaky end-to-end test has failed, and so has a file that does not load", () => {
  expect(countEndToEndTests(endToEndReport(5, 1, 1), false)).toEqual({ passed: 5, failed: 2 });
  const unloaded = JSON.stringify({
    stats: { expected: 2, unexpected: 0, flaky: 0 },
    errors: [{ message: "SyntaxError" }],
  });
  expect(countEndToEndTests(unloaded, false)).toEqual({ passed: 2, failed: 1 });
});

test("each budget is one test, and an empty one has not passed", () => {
  const report = JSON.stringify([
    { name: "scripts", passed: true, size: 100 },
    { name: "fonts", passed: true, size: 0 },
  ]);
  expect(countBudgets(report, true)).toEqual({ passed: 1, failed: 1 });
});

test("no report, no tests, or a failing process without a failed test is one failure", () => {
  expect(countUnitTests("", true)).toEqual({ passed: 0, failed: 1 });
  expect(countUnitTests(unitReport(0, 0, []), true)).toEqual({ passed: 0, failed: 1 });
  expect(countUnitTests(unitReport(2, 0, [["passed", "passed"]]), false)).toEqual({
    passed: 2,
    failed: 1,
  });
  expect(countEndToEndTests(endToEndReport(0, 0, 0), true)).toEqual({ passed: 0, failed: 1 });
  expect(countBudgets("[]", true)).toEqual({ passed: 0, failed: 1 });
});
