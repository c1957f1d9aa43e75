import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import { afterAll, expect, test } from "vitest";
import { drawFaces } from "./draw-faces.mjs";

const folder = await mkdtemp(join(tmpdir(), "faces-"));
afterAll(() => rm(folder, { recursive: true }));

test("faces are the same for the same number, and no two alike", async () => {
  const draw = async (name: string) => {
    const fileNames = await drawFaces(join(folder, name), 6);
    return Promise.all(
      fileNames.map(async (file) => (await readFile(join(folder, name, file))).toString("base64")),
    );
  };
  const once = await draw("once");
  expect(new Set(once).size).toBe(6);
  expect(await draw("again")).toEqual(once);
});

test("the sample sheet is a dozen light pictures, of about 1,200 px", async () => {
  const samples = fileURLToPath(new URL("../public/samples/", import.meta.url));
  const names: unknown = JSON.parse(await readFile(join(samples, "index.json"), "utf8"));
  if (!Array.isArray(names)) throw new Error("The index is no list.");
  expect(names).toHaveLength(12);
  for (const name of names) {
    const bytes = await readFile(join(samples, String(name)));
    expect(bytes.byteLength, String(name)).toBeLessThanOrEqual(60_000);
    const { width, height } = await sharp(bytes).metadata();
    expect(Math.max(width, height), String(name)).toBeGreaterThanOrEqual(1_080);
  }
});
