import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as v from "valibot";

const TARGETS = ["darwin-arm64", "win32-x64", "linux-x64"];

const dependencies = v.optional(v.record(v.string(), v.string()), {});
const entrySchema = v.object({
  version: v.optional(v.string()),
  resolved: v.optional(v.string()),
  integrity: v.optional(v.string()),
  link: v.optional(v.boolean()),
  dependencies,
  devDependencies: dependencies,
  optionalDependencies: dependencies,
  engines: v.optional(v.unknown()),
});
const lockSchema = v.object({ packages: v.record(v.string(), entrySchema) });

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
}

const { packages } = v.parse(lockSchema, readJson("../package-lock.json"));
const installed = Object.entries(packages).filter(([path]) => path !== "");

/** As Node resolves it: the nearest node_modules, going up from the package that asks. */
function resolveFrom(path: string, name: string) {
  for (let folder = path; ; folder = folder.slice(0, folder.lastIndexOf("/node_modules/"))) {
    const found = packages[`${folder}/node_modules/${name}`];
    if (found) return found;
    if (!folder.includes("/node_modules/")) return packages[`node_modules/${name}`];
  }
}

const native = installed.flatMap(([path, entry]) => {
  if (TARGETS.some((target) => path.includes(target))) return [];
  const binaries = Object.entries(entry.optionalDependencies).filter(([name]) =>
    TARGETS.some((target) => name.includes(target)),
  );
  return binaries.length > 0 ? [{ path, binaries }] : [];
});

test("the packages known to be native are recognised as such", () => {
  const names = native.map(({ path }) => path.slice(path.lastIndexOf("node_modules/") + 13));
  expect(names).toEqual(
    expect.arrayContaining([
      "sharp",
      "rolldown",
      "lightningcss",
      "@tailwindcss/oxide",
      "oxlint",
      "oxlint-tsgolint",
      "oxfmt",
    ]),
  );
});

test.each(native)("$path has its binaries for macOS, Windows and Linux", ({ path, binaries }) => {
  for (const target of TARGETS) {
    expect(binaries.some(([name]) => name.includes(target))).toBe(true);
  }
  for (const [name, version] of binaries) {
    expect(resolveFrom(path, name), name).toMatchObject({ version });
  }
});

test("no entry names the host it was downloaded from", () => {
  expect(installed.filter(([, entry]) => entry.resolved !== undefined)).toEqual([]);
});

test("every entry can be checked for integrity", () => {
  expect(installed.filter(([, entry]) => !entry.integrity).map(([path]) => path)).toEqual([]);
});

test("the lockfile was made from the present package.json", () => {
  const manifest = v.parse(entrySchema, readJson("../package.json"));
  const { dependencies: ours, devDependencies, engines } = manifest;
  expect(packages[""]).toMatchObject({ dependencies: ours, devDependencies, engines });
});

test("direct dependencies are pinned to one version", () => {
  const { dependencies: ours, devDependencies } = v.parse(entrySchema, readJson("../package.json"));
  const versions = Object.values({ ...ours, ...devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});
