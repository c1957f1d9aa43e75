import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import * as v from "valibot";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rate = v.pipe(v.number(), v.finite(), v.gtValue(0));
const resultsSchema = v.object({
  small: v.literal(true),
  speed: v.array(v.object({ kind: v.string(), imagesPerSecond: v.record(v.string(), rate) })),
  rare: v.array(v.object({ kind: v.string() })),
  fidelity: v.array(v.object({ reached: v.literal(true) })),
  bytesSent: v.object({ sent: rate, original: rate }),
  mainThread: v.object({ pictures: v.literal(8) }),
  memory: v.object({ dataUris: v.literal(0) }),
});

// Nothing is expected of the figures: other work on the machine would decide them.
test("the measurement of preparing pictures runs in its small form", { tag: "@long" }, async () => {
  test.setTimeout(20 * 60_000);
  await promisify(execFile)(process.execPath, ["scripts/bench.mjs", "prepare", "--small"], {
    cwd: root,
  });
  const text = await readFile(`${root}bench/results/prepare-small.json`, "utf8");
  const results = v.parse(resultsSchema, JSON.parse(text));
  expect(results.speed).toHaveLength(8);
  for (const { kind, imagesPerSecond } of results.speed)
    expect(Object.keys(imagesPerSecond), kind).toHaveLength(8);
});
