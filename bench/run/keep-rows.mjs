// @ts-check
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const results = fileURLToPath(new URL("../results/", import.meta.url));

/**
 * Prints the measurements as a table, and writes them to bench/results.
 * @param {string} name of the measurement, and of its file; the small form's ends in "-small"
 * @param {{ small: boolean, size: unknown, rows: readonly unknown[] }} measured
 */
export function keepRows(name, { small, size, rows }) {
  console.table(rows);
  mkdirSync(results, { recursive: true });
  writeFileSync(
    `${results}${name}${small ? "-small" : ""}.json`,
    `${JSON.stringify({ size, rows }, null, 2)}\n`,
  );
}
