// @ts-check
import { relative } from "node:path";
import { tell } from "./count-results.mjs";

/** Playwright's reporter for the test command. */
export default class ReportEndToEnd {
  /**
   * @param {unknown} _config
   * @param {import("@playwright/test/reporter").Suite} suite
   */
  onBegin(_config, suite) {
    tell({ kind: "begun", of: suite.allTests().length, unit: "tests" });
  }

  /**
   * @param {import("@playwright/test/reporter").TestCase} test
   * @param {import("@playwright/test/reporter").TestResult} result
   */
  onTestEnd(test, result) {
    // A test that passes at its second try has failed: its first try was counted.
    if (result.retry > 0) return;
    tell({ kind: "advanced" });
    tell(outcome(test, result));
  }

  /** @param {import("@playwright/test/reporter").TestError} error */
  onError(error) {
    tell({ kind: "error", text: errorText(error) });
  }

  printsToStdio() {
    return true;
  }
}

/**
 * @param {import("@playwright/test/reporter").TestCase} test
 * @param {import("@playwright/test/reporter").TestResult} result
 * @returns {import("./count-results.mjs").TestEvent}
 */
function outcome(test, result) {
  const [, , ...titles] = test.titlePath();
  const name = `${titles.join(" › ")} (line ${test.location.line})`;
  if (result.status === "skipped") {
    if (test.expectedStatus !== "skipped") {
      return { kind: "failed", name, text: "It did not run: a test before it failed." };
    }
    const reason = test.annotations.find(({ type }) => ["skip", "fixme"].includes(type));
    return { kind: "skipped", name, reason: reason?.description ?? `${name} gives no reason` };
  }
  if (result.status === test.expectedStatus) return { kind: "passed" };
  const kept = result.attachments.flatMap(({ name: title, path }) =>
    path === undefined ? [] : `${title}: ${relative(process.cwd(), path)}`,
  );
  const printed = [...result.stdout, ...result.stderr].map(String).join("");
  const texts = [result.status, ...result.errors.map(errorText), ...kept, printed];
  return { kind: "failed", name, text: texts.join("\n") };
}

/** @param {import("@playwright/test/reporter").TestError} error */
function errorText({ message, stack, value, snippet }) {
  return [stack ?? message ?? value ?? "", snippet ?? ""].join("\n").trim();
}
