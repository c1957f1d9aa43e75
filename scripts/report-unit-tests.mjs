// @ts-check
import { relative } from "node:path";
import { tell } from "./count-results.mjs";

/** Vitest's reporter for the test command. */
export default class ReportUnitTests {
  /** @type {Map<string, string>} what each test printed, by its id */
  #printed = new Map();

  /** @param {readonly unknown[]} specifications one per file */
  onTestRunStart(specifications) {
    tell({ kind: "begun", of: specifications.length, unit: "files" });
  }

  /** @param {import("vitest").UserConsoleLog} log */
  onUserConsoleLog({ taskId, content }) {
    if (taskId) this.#printed.set(taskId, (this.#printed.get(taskId) ?? "") + content);
  }

  /** @param {import("vitest/node").TestCase} test */
  onTestCaseResult(test) {
    const result = test.result();
    const name = `${test.module.relativeModuleId} › ${test.fullName}`;
    if (result.state === "skipped") {
      tell({ kind: "skipped", name, reason: result.note ?? `${name} gives no reason` });
    } else if (result.state === "failed") {
      const printed = this.#printed.get(test.id) ?? "";
      tell({ kind: "failed", name, text: [...result.errors.map(errorText), printed].join("\n") });
    } else if (test.diagnostic()?.flaky) {
      tell({ kind: "failed", name, text: "It passed only at a later try." });
    } else tell({ kind: "passed" });
    this.#printed.delete(test.id);
  }

  /** @param {import("vitest/node").TestSuite} suite */
  onTestSuiteResult(suite) {
    for (const error of suite.errors()) {
      tell({ kind: "failed", name: suite.fullName, text: errorText(error) });
    }
  }

  /** @param {import("vitest/node").TestModule} module */
  onTestModuleEnd(module) {
    for (const error of module.errors()) {
      tell({ kind: "failed", name: module.relativeModuleId, text: errorText(error) });
    }
    tell({ kind: "advanced" });
  }

  /**
   * @param {readonly unknown[]} _modules
   * @param {readonly import("vitest").SerializedError[]} unhandled
   */
  onTestRunEnd(_modules, unhandled) {
    for (const error of unhandled) tell({ kind: "error", text: errorText(error) });
  }
}

/** @param {import("vitest").SerializedError & { diff?: string; stacks?: { file: string; line: number; column: number }[] }} error */
function errorText({ name, message, diff, stacks = [], stack }) {
  const places = stacks.map(
    ({ file, line, column }) => `at ${relative(process.cwd(), file)}:${line}:${column}`,
  );
  const where = places.length > 0 ? places : [stack ?? ""];
  return [`${name}: ${message}`, diff ?? "", ...where].filter((part) => part !== "").join("\n");
}
