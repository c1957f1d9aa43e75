import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createDeviceSettings, type TextStore } from "#src/storage/device-settings.ts";

// The script runs before the app and can import nothing, so this test keeps the two to one name and one shape.
const script = readFileSync("public/theme.js", "utf8");

function themeAfter(localStorage: Pick<TextStore, "getItem">): unknown {
  const document = { documentElement: { dataset: {} } };
  runInNewContext(script, { document, localStorage });
  return document.documentElement.dataset;
}

function memoryStore(): TextStore {
  const rows = new Map<string, string>();
  return {
    getItem: (key) => rows.get(key) ?? null,
    setItem: (key, value) => void rows.set(key, value),
    removeItem: (key) => void rows.delete(key),
  };
}

test("a theme that was chosen is on the page before the app is", () => {
  const store = memoryStore();
  createDeviceSettings(store).change({ theme: "dark" });
  expect(themeAfter(store)).toEqual({ theme: "dark" });
});

test("without a choice the system's theme stays", () => {
  const store = memoryStore();
  expect(themeAfter(store)).toEqual({});
  createDeviceSettings(store).change({ theme: "system" });
  expect(themeAfter(store)).toEqual({});
});

test("storage that is blocked or damaged is no obstacle", () => {
  expect(themeAfter({ getItem: () => "{" })).toEqual({});
  expect(themeAfter({ getItem: () => '{"theme":"<script>"}' })).toEqual({});
  const blocked = (): never => {
    throw new Error("SecurityError");
  };
  expect(themeAfter({ getItem: blocked })).toEqual({});
});
