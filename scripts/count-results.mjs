// @ts-check
import * as v from "valibot";

/**
 * How a part of the test command went.
 * @typedef {{ passed: number; failed: number; skipped: number }} Counts
 */

const testEvent = v.variant("kind", [
  // `of` units of work are coming: tests, or files of them if their tests aren't known beforehand.
  v.object({ kind: v.literal("begun"), of: v.number(), unit: v.string() }),
  v.object({ kind: v.literal("advanced") }),
  v.object({ kind: v.literal("passed") }),
  v.object({ kind: v.literal("failed"), name: v.string(), text: v.string() }),
  v.object({ kind: v.literal("skipped"), name: v.string(), reason: v.string() }),
  // Not the failure of a test: a file that does not load, or a limit that ended the run.
  v.object({ kind: v.literal("error"), text: v.string() }),
]);

/**
 * What a test runner says while it runs.
 * @typedef {v.InferOutput<typeof testEvent>} TestEvent
 */

/** Begins a line that is an event and not output, as in RFC 7464. */
const RECORD = "\u001E";

/**
 * Tells the test command what has just happened. The reporters of Vitest and Playwright use it.
 * @param {TestEvent} event
 */
export function tell(event) {
  process.stdout.write(`\n${RECORD}${JSON.stringify(event)}\n`);
}

/**
 * @param {string} line of a runner's output
 * @returns {TestEvent | null} null if the line is output
 */
export function readEvent(line) {
  if (!line.startsWith(RECORD)) return null;
  try {
    return v.parse(testEvent, JSON.parse(line.slice(RECORD.length)));
  } catch {
    return null;
  }
}

/**
 * Reads size-limit's JSON report: each budget is one test, and an empty one has measured nothing.
 * @param {string} report
 * @returns {TestEvent[]}
 */
export function budgetEvents(report) {
  const budget = v.object({
    name: v.string(),
    passed: v.boolean(),
    size: v.number(),
    sizeLimit: v.optional(v.number()),
  });
  return v.parse(v.array(budget), JSON.parse(report)).map(({ name, passed, size, sizeLimit }) => {
    if (passed && size > 0) return { kind: "passed" };
    return { kind: "failed", name, text: `${size} bytes; the limit is ${sizeLimit ?? "unknown"}.` };
  });
}

/** The counts of one step while it runs. No step passes by staying silent. */
export class Tally {
  passed = 0;
  failed = 0;
  skipped = 0;
  #units = 0;
  #advanced = 0;
  #unit = "";
  #lastError = "";
  #skipsFail;
  /** @type {Map<string, number>} */
  #reasons = new Map();

  /**
   * @param {{ skipsFail: boolean }} options whether this machine must have everything that a test can ask
   * for
   */
  constructor({ skipsFail }) {
    this.#skipsFail = skipsFail;
  }

  /**
   * @param {TestEvent} event
   * @returns {string | null} what to print at once
   */
  take(event) {
    switch (event.kind) {
      case "begun":
        this.#units += event.of;
        this.#unit = event.unit;
        return null;
      case "advanced":
        this.#advanced += 1;
        return null;
      case "passed":
        this.passed += 1;
        return null;
      case "failed":
        return this.#fail(event.name, event.text);
      case "skipped":
        if (this.#skipsFail) {
          return this.#fail(
            event.name,
            `Skipped, which must not happen on a full machine: ${event.reason}`,
          );
        }
        this.skipped += 1;
        this.#reasons.set(event.reason, (this.#reasons.get(event.reason) ?? 0) + 1);
        return null;
      case "error":
        this.#lastError = event.text;
        return this.#fail("outside of any test", event.text);
    }
  }

  /**
   * Counts what was announced and never ran, and what failed without a word.
   * @param {boolean} succeeded whether the step's process ended with 0
   * @param {string | null} reason why it was ended from outside, if it was
   * @returns {string[]} what to print
   */
  end(succeeded, reason) {
    const lines = [...this.#reasons].map(([why, count]) => `– ${count} skipped: ${why}`);
    const missing = this.#units - this.#advanced;
    if (missing > 0) {
      this.failed += missing;
      const why = reason ?? (this.#lastError || "the runner ended before them");
      lines.push(`✗ ${missing} ${this.#unit} did not run: ${why}`);
    } else if (this.failed === 0 && (!succeeded || this.passed === 0)) {
      this.failed = 1;
      const silent = succeeded ? "no test was found" : "it failed and names no test";
      lines.push(`✗ ${reason ?? silent}`);
    }
    return lines;
  }

  /**
   * How far the step is, in a few words.
   * @param {number} elapsedMs
   */
  progress(elapsedMs) {
    const parts = [];
    if (this.#units > 0) parts.push(`${this.#advanced} of ${this.#units} ${this.#unit}`);
    if (this.failed > 0) parts.push(`${this.failed} failed`);
    parts.push(asTime(elapsedMs));
    if (this.#advanced > 0 && this.#advanced < this.#units) {
      const leftMs = (elapsedMs / this.#advanced) * (this.#units - this.#advanced);
      parts.push(`about ${asTime(leftMs)} left`);
    }
    return parts.join(", ");
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #fail(name, text) {
    this.failed += 1;
    return `✗ ${name}\n${text.trimEnd().replaceAll(/^(?=.)/gm, "    ")}`;
  }
}

/** @param {Counts} counts */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** @param {number} ms */
function asTime(ms) {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
