import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { pageMayCall } from "./create-app.ts";
import { OperatorError } from "./operator-error.ts";
import { readStaticFiles } from "./static-files.ts";
import { send, startApp } from "./test-support.ts";

const SCRIPT = "console.log('a script long enough to be worth packing');".repeat(40);
const PAGE = `<!doctype html><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; connect-src 'self' https://of.the.build">
<script type="module" src="./assets/main-B0.js"></script></head>`;

function makeBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), "contact-sheet-build-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  mkdirSync(join(folder, "assets"));
  mkdirSync(join(folder, "samples"));
  writeFileSync(join(folder, "index.html"), PAGE);
  writeFileSync(join(folder, "assets/main-B0.js"), SCRIPT);
  writeFileSync(join(folder, "assets/main-B0.js.br"), brotliCompressSync(SCRIPT));
  writeFileSync(join(folder, "assets/main-B0.js.gz"), gzipSync(SCRIPT));
  writeFileSync(join(folder, "samples/quay.webp"), "RIFF");
  return folder;
}

async function startWithBuild(proxyUrls: string[] = []): Promise<string> {
  const files = readStaticFiles(makeBuild(), pageMayCall(proxyUrls));
  return (await startApp({ files, settings: { proxyUrls } })).url;
}

test("hashed assets are kept for ever, and packed if the browser takes that", async () => {
  const url = `${await startWithBuild()}/assets/main-B0.js`;
  const plain = await send(url);
  expect(plain.body).toBe(SCRIPT);
  expect(plain.headers).toMatchObject({
    "cache-control": "public, max-age=31536000, immutable",
    "content-type": "text/javascript; charset=utf-8",
    "content-length": String(SCRIPT.length),
    vary: "Accept-Encoding",
  });
  expect(plain.headers["content-encoding"]).toBeUndefined();
  const encodings = ["gzip, deflate, br, zstd", "gzip", "br;q=0, gzip;q=0.5", "gzip;q=0"];
  const chosen = encodings.map(async (accepted) => {
    const { headers } = await send(url, { headers: { "Accept-Encoding": accepted } });
    return headers["content-encoding"];
  });
  expect(await Promise.all(chosen)).toEqual(["br", "gzip", "gzip", undefined]);
});

test("the page is asked for again each time, and answers 304 while it is the same", async () => {
  const url = await startWithBuild();
  const page = await send(`${url}/`);
  expect(page.headers["cache-control"]).toBe("no-cache");
  const etag = String(page.headers.etag);
  const again = await send(`${url}/`, { headers: { "If-None-Match": etag } });
  expect([again.status, again.body]).toEqual([304, ""]);
  const changed = await send(`${url}/`, { headers: { "If-None-Match": 'W/"other"' } });
  expect(changed.status).toBe(200);
});

test("HEAD answers as GET does, without the body", async () => {
  const url = `${await startWithBuild()}/assets/main-B0.js`;
  const [get, head] = await Promise.all([send(url), send(url, { method: "HEAD" })]);
  expect(head.body).toBe("");
  expect(head.headers["content-length"]).toBe(get.headers["content-length"]);
  expect(head.headers.etag).toBe(get.headers.etag);
});

test("a path that names nothing serves the app; deeper ones lead up to where its scripts are found", async () => {
  const url = await startWithBuild();
  const shallow = await send(`${url}/somewhere?x=1`);
  expect([shallow.status, shallow.headers["content-type"]]).toEqual([
    200,
    "text/html; charset=utf-8",
  ]);
  const deep = await send(`${url}/some/where/deep`);
  expect([deep.status, deep.headers["location"]]).toEqual([302, "../../"]);
  const followed = await fetch(`${url}/some/where/deep`);
  expect([followed.url, followed.status]).toEqual([`${url}/`, 200]);
});

test.each([
  "/assets/gone-A1.js",
  "/assets/gone",
  "/favicon.ico",
  "/samples/gone.webp",
  "/assets/main-B0.js.br",
  "/../package.json",
  "/%2e%2e/package.json",
  "/assets/..%2f..%2fpackage.json",
])("%s is a 404, and nothing outside the build is served", async (path) => {
  const url = await startWithBuild();
  const reply = await send(`${url}${path}`);
  expect([reply.status, reply.body]).toEqual([404, "Not found."]);
});

test("other methods are refused", async () => {
  const url = await startWithBuild();
  expect((await send(`${url}/`, { method: "POST" })).status).toBe(405);
});

test("page, asset, error and API answer all carry the security headers", async () => {
  const url = await startWithBuild(["https://sheets.example.com/api"]);
  for (const path of ["/", "/assets/main-B0.js", "/gone.js", "/api/health", "/api/gone"]) {
    expect((await send(`${url}${path}`)).headers).toMatchObject({
      "content-security-policy":
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; " +
        "img-src 'self' blob: data: https:; connect-src 'self' https://api.runware.ai https://sheets.example.com; " +
        "object-src 'none'; base-uri 'none'; form-action 'none'; " +
        "require-trusted-types-for 'script'; trusted-types contact-sheet; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "origin-agent-cluster": "?1",
      "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
      "x-dns-prefetch-control": "off",
      "x-download-options": "noopen",
      "x-frame-options": "DENY",
      "x-permitted-cross-domain-policies": "none",
      "x-xss-protection": "0",
    });
  }
});

test("https is insisted on for as long as the operator says, and not at all if they say nothing", async () => {
  const header = "strict-transport-security";
  const url = await startWithBuild();
  expect((await send(`${url}/`)).headers[header]).toBeUndefined();
  const files = readStaticFiles(makeBuild(), []);
  const app = await startApp({ files, settings: { hstsSeconds: 600 } });
  expect((await send(`${app.url}/api/health`)).headers[header]).toBe("max-age=600");
});

test("the page's own policy tag gives way to the server's, packed or not, so that its proxies are reachable", async () => {
  const url = await startWithBuild(["https://sheets.example.com/api"]);
  const page = await fetch(url, { headers: { "Accept-Encoding": "br" } });
  expect(page.headers.get("Content-Encoding")).toBe("br");
  const text = await page.text();
  const policy = "connect-src 'self' https://api.runware.ai https://sheets.example.com;";
  expect(text.split(policy)).toHaveLength(2);
  expect(text).not.toContain("https://of.the.build");
  expect(text).not.toContain("frame-ancestors");
  expect((await send(url)).body).toBe(text);
});

test("a build without a page is reported in one sentence", () => {
  const folder = makeBuild();
  rmSync(join(folder, "index.html"));
  expect(() => readStaticFiles(folder, [])).toThrow(OperatorError);
  expect(() => readStaticFiles(join(folder, "gone"), [])).toThrow(/can't be read: delete/u);
});
