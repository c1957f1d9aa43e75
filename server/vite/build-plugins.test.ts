import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { build } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { policyTag } from "./policy-tag.ts";
import { precompress } from "./precompress.ts";

const LONG = "a line that repeats, and so packs well. ".repeat(100);

async function buildProject(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "contact-sheet-plugins-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  mkdirSync(join(root, "public"));
  writeFileSync(join(root, "public/names.json"), JSON.stringify([LONG]));
  writeFileSync(join(root, "public/short.txt"), "short");
  writeFileSync(join(root, "public/picture.webp"), LONG);
  writeFileSync(join(root, "main.js"), `document.title = ${JSON.stringify(LONG)};`);
  const page =
    '<html><head lang="en"><script type="module" src="./main.js"></script></head></html>';
  writeFileSync(join(root, "index.html"), page);
  const plugins = [policyTag(["https://sheets.example.com/api"]), precompress()];
  await build({ root, configFile: false, base: "./", plugins, logLevel: "silent" });
  return join(root, "dist");
}

test("the built page carries its policy before its first script, without what a tag can't carry", async () => {
  const page = readFileSync(join(await buildProject(), "index.html"), "utf8");
  const tag = page.indexOf('<meta http-equiv="Content-Security-Policy"');
  expect(tag).toBeGreaterThan(0);
  expect(tag).toBeLessThan(page.indexOf("<script"));
  expect(page).toContain("connect-src 'self' https://sheets.example.com;");
  expect(page).not.toContain("frame-ancestors");
});

test("text that gets smaller is packed, public files too; pictures and small files stay alone", async () => {
  const folder = await buildProject();
  const names = readdirSync(folder);
  expect(names).toEqual(expect.arrayContaining(["names.json", "names.json.br", "names.json.gz"]));
  expect(names.filter((name) => /^(?:short|picture)/u.test(name))).toEqual([
    "picture.webp",
    "short.txt",
  ]);
  const [script] = readdirSync(join(folder, "assets")).filter((name) => name.endsWith(".js"));
  const read = (suffix: string): Buffer => readFileSync(join(folder, `assets/${script}${suffix}`));
  expect(brotliDecompressSync(read(".br"))).toEqual(read(""));
  expect(gunzipSync(read(".gz"))).toEqual(read(""));
});
