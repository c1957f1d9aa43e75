// @ts-check
import * as v from "valibot";

/**
 * How a step of the test command went. Skipped tests are in neither number.
 * @typedef {{ passed: number; failed: number }} Counts
 */

const unitReport = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  testResults: v.array(
    v.object({ status: v.string(), assertionResults: v.array(v.object({ status: v.string() })) }),
  ),
});
const endToEndReport = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number() }),
  errors: v.array(v.unknown()),
});
const sizeReport = v.array(v.object({ name: v.string(), passed: v.boolean(), size: v.number() }));

/**
 * A step without a report of its own is one test.
 * @param {string} _report
 * @param {boolean} succeeded whether its process ended with 0
 * @returns {Counts}
 */
export function countOne(_report, succeeded) {
  return succeeded ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * Reads Vitest's JSON report. A file that could not even be loaded is one failure.
 * @param {string} report
 * @param {boolean} succeeded
 * @returns {Counts}
 */
export function countUnitTests(report, succeeded) {
  return counted(succeeded, () => {
    const { numPassedTests, numFailedTests, testResults } = v.parse(unitReport, JSON.parse(report));
    const unloaded = testResults.filter(
      ({ status, assertionResults }) =>
        status === "failed" && assertionResults.every((test) => test.status !== "failed"),
    );
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length };
  });
}

/**
 * Reads Playwright's JSON report. A flaky test is a failed one: it did fail.
 * @param {string} report
 * @param {boolean} succeeded
 * @returns {Counts}
 */
export function countEndToEndTests(report, succeeded) {
  return counted(succeeded, () => {
    const { stats, errors } = v.parse(endToEndReport, JSON.parse(report));
    return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
  });
}

/**
 * Reads size-limit's JSON report: each budget is one test.
 * @param {string} report
 * @param {boolean} succeeded
 * @returns {Counts}
 */
export function countBudgets(report, succeeded) {
  return counted(succeeded, () => {
    const budgets = v.parse(sizeReport, JSON.parse(report));
    const passed = budgets.filter((budget) => budget.passed && budget.size > 0).length;
    return { passed, failed: budgets.length - passed };
  });
}

/**
 * Nothing may pass by saying nothing: no report, no test, or a failing process without a failed test is a failure.
 * @param {boolean} succeeded
 * @param {() => Counts} read
 * @returns {Counts}
 */
function counted(succeeded, read) {
  try {
    const { passed, failed } = read();
    const unexplained = failed === 0 && (!succeeded || passed === 0);
    return { passed, failed: unexplained ? 1 : failed };
  } catch {
    return { passed: 0, failed: 1 };
  }
}
