import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { BrowserError, findBrowser } from "./find-browser.mjs";

function machine(programs: string[], more: Partial<Parameters<typeof findBrowser>[0]> = {}) {
  return {
    platform: "linux",
    environment: { PATH: "/usr/local/bin:/usr/bin" },
    homeFolder: "/home/ada",
    playwrightBrowser: "/cache/playwright/chrome",
    isProgram: (path: string) => programs.includes(path),
    starts: () => true,
    ...more,
  } as const;
}

test("CHROMIUM_PATH beats everything else", () => {
  const environment = { CHROMIUM_PATH: "/opt/chrome", PATH: "/usr/bin" };
  const programs = ["/opt/chrome", "/cache/playwright/chrome", "/usr/bin/chromium"];
  expect(findBrowser(machine(programs, { environment }))).toBe("/opt/chrome");
});

test("a CHROMIUM_PATH that names nothing is reported, not passed over", () => {
  const environment = { CHROMIUM_PATH: "/opt/missing", PATH: "/usr/bin" };
  const search = () => findBrowser(machine(["/usr/bin/chromium"], { environment }));
  expect(search).toThrow(BrowserError);
  expect(search).toThrow("/opt/missing");
});

test("Playwright's own browser beats an installed one", () => {
  const programs = ["/usr/bin/chromium", "/cache/playwright/chrome"];
  expect(findBrowser(machine(programs))).toBe("/cache/playwright/chrome");
});

test("an installed browser is found on the PATH", () => {
  expect(findBrowser(machine(["/usr/bin/chromium"]))).toBe("/usr/bin/chromium");
});

test("Debian's headless shell beats its Chromium, which takes twice as long", () => {
  const programs = ["/usr/bin/chromium", "/usr/bin/chromium-headless-shell"];
  expect(findBrowser(machine(programs))).toBe("/usr/bin/chromium-headless-shell");
});

test("a program that does not start is passed over", () => {
  const programs = ["/usr/bin/google-chrome", "/usr/bin/chromium-browser"];
  const starts = (path: string) => !path.endsWith("google-chrome");
  expect(findBrowser(machine(programs, { starts }))).toBe("/usr/bin/chromium-browser");
});

test("on a Mac, the applications folders are searched, including the user's own", () => {
  const path = "/home/ada/Applications/Chromium.app/Contents/MacOS/Chromium";
  expect(findBrowser(machine([path], { platform: "darwin" }))).toBe(path);
});

test("on Windows, the program folders are searched", () => {
  const environment = { PROGRAMFILES: "/programs", LOCALAPPDATA: "/local" };
  const path = "/local/Google/Chrome/Application/chrome.exe";
  expect(findBrowser(machine([path], { platform: "win32", environment }))).toBe(path);
});

test("if there is no browser, the result is null", () => {
  expect(findBrowser(machine([]))).toBeNull();
});

test("what lists the end-to-end tests, and what else reads their config, needs no browser", () => {
  const hidden = mkdtempSync(join(tmpdir(), "no-browser-"));
  onTestFinished(() => rmSync(hidden, { recursive: true }));
  const cli = createRequire(import.meta.url).resolve("@playwright/test/cli");
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [cli, "test", "--list", "e2e/shell.spec.ts"],
    {
      cwd: join(import.meta.dirname, ".."),
      encoding: "utf8",
      env: { PATH: hidden, PLAYWRIGHT_BROWSERS_PATH: hidden, CHROMIUM_PATH: join(hidden, "none") },
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("shell.spec.ts");
});
