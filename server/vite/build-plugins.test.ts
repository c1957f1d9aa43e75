import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { build } from "vite";
import { expect, onTestFinished, test } from "vitest";
import { notices } from "./notices.ts";
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

test("text that gets smaller is packed, public files too; pictures and small files are left alone", async () => {
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

test("the notices name what is in scripts, workers, styles and fonts, once, and nothing else", async () => {
  const root = mkdtempSync(join(tmpdir(), "contact-sheet-notices-"));
  onTestFinished(() => {
    rmSync(root, { recursive: true });
  });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const library = (name: string, files: Record<string, string>): void => {
    const facts = { name, version: "1.2.3", license: "MIT", type: "module", main: "index.js" };
    write(`node_modules/${name}/package.json`, JSON.stringify(facts));
    write(`node_modules/${name}/LICENSE`, `Words of ${name}.`);
    for (const [file, text] of Object.entries(files)) {
      write(`node_modules/${name}/${file}`, text);
    }
  };
  library("@scope/in-script", { "index.js": "export const said = globalThis.said;" });
  library("in-worker", { "index.js": "export const said = globalThis.said;" });
  library("a-font", { "letters.woff2": LONG });
  library("with-notice", {
    "index.js": "export const said = globalThis.said;",
    NOTICE: "Words of others.",
  });
  library("a-decoder", { "index.js": "", "decoder.wasm": LONG });
  library("a-style", {});
  library("not-used", { "index.js": "export const said = 1;" });
  write("own-words.txt", "Words of ours.");
  write("main.css", '@font-face { font-family: x; src: url("a-font/letters.woff2"); }');
  write(
    "worker.js",
    'import { said } from "in-worker"; import decoder from "a-decoder/decoder.wasm?url"; postMessage([said, decoder]);',
  );
  write(
    "main.js",
    'import "./main.css"; import { said } from "@scope/in-script"; import { said as more } from "with-notice"; import worker from "./worker.js?worker&url"; console.log(said, more, worker);',
  );
  write("index.html", '<html><head><script type="module" src="./main.js"></script></head></html>');
  const { main, worker } = notices({
    texts: { "a-decoder": join(root, "own-words.txt") },
    styles: [join(root, "node_modules/a-style")],
  });
  await build({
    root,
    configFile: false,
    base: "./",
    plugins: [main],
    worker: { format: "es", plugins: () => [worker()] },
    build: { assetsInlineLimit: 0 },
    logLevel: "silent",
  });
  const text = readFileSync(join(root, "dist/notices.txt"), "utf8");
  const named = [...text.matchAll(/^(\S+) 1\.2\.3 \(MIT\)$/gmu)].map(([, name]) => name);
  const expected = [
    "@scope/in-script",
    "a-decoder",
    "a-font",
    "a-style",
    "in-worker",
    "with-notice",
  ];
  expect(named).toEqual(expected);
  for (const name of expected.filter((one) => one !== "a-decoder")) {
    expect(text).toContain(`Words of ${name}.`);
  }
  expect(text).toContain("Words of others.");
  expect(text).toContain("Words of ours.");
  expect(text).not.toContain("Words of a-decoder.");
});
