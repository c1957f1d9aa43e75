import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readFirstLoad } from "./first-load.mjs";

const folders: string[] = [];

function build(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), "first-load-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

const PAGE = `<!doctype html>
  <link rel="preload" as="font" type="font/woff2" href="./assets/sans.woff2" crossorigin>
  <script type="module" crossorigin src="./assets/index.js"></script>
  <link rel="modulepreload" crossorigin href="./assets/react.js">
  <link rel="stylesheet" href="./assets/index.css">`;
const FILES = {
  "index.html": PAGE,
  "assets/index.js":
    'import{r as e}from"./react.js";import"./side.js";const a=()=>import("./lazy.js");export{a};',
  "assets/react.js": 'import * as deep from "./deep.js";\nexport{deep as r};',
  "assets/side.js": 'export*from"./again.js";',
  "assets/again.js": "const text='import\"./no.js\"';",
  "assets/deep.js": "export const one=1;",
  "assets/lazy.js": "export const two=2;",
  "assets/index.css": "@font-face{src:url(./mono.woff2)format('woff2')}",
  "assets/sans.woff2": "",
  "assets/mono.woff2": "",
};

test("follows static imports to the end, and never lazy ones", () => {
  expect(readFirstLoad(build(FILES)).scripts.toSorted()).toEqual([
    "assets/again.js",
    "assets/deep.js",
    "assets/index.js",
    "assets/react.js",
    "assets/side.js",
  ]);
});

test("counts preloaded fonts and those the styles name", () => {
  expect(readFirstLoad(build(FILES)).fonts).toEqual(["assets/sans.woff2", "assets/mono.woff2"]);
});

test("fails if there is nothing to measure", () => {
  expect(() => readFirstLoad(build({}))).toThrow("npm run build");
  expect(() => readFirstLoad(build({ "index.html": "<p>no script</p>" }))).toThrow("no script");
  const withoutFonts = { ...FILES, "index.html": '<script src="./assets/index.js"></script>' };
  expect(() => readFirstLoad(build(withoutFonts))).toThrow("font");
});

test("fails if the page names a chunk that was not built", () => {
  const { "assets/deep.js": _, ...rest } = FILES;
  expect(() => readFirstLoad(build(rest))).toThrow("assets/deep.js");
});
