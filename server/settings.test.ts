import { expect, test } from "vitest";
import { OperatorError } from "./operator-error.ts";
import { readSettings } from "./settings.ts";

test("nothing set is the sandbox on the loopback; empty variables count as unset", () => {
  const bare = readSettings({});
  expect(bare).toEqual({
    host: "127.0.0.1",
    port: 4170,
    upstream: { kind: "sandbox" },
    allowedOrigins: [],
    allowedHosts: [],
    proxyUrls: [],
    spending: { mostPerMinute: null, spendPerDay: null },
    hstsSeconds: null,
    testControl: false,
  });
  expect(readSettings({ PORT: "", RUNWARE_API_KEY: "  ", ALLOWED_ORIGINS: "" })).toEqual(bare);
});

test("everything set is read, with the key freed of quotes and lists split at commas", () => {
  const settings = readSettings({
    HOST: "0.0.0.0",
    PORT: "8080",
    RUNWARE_API_KEY: ' "abc123" ',
    RUNWARE_API_URL: "http://localhost:9/v1",
    ALLOWED_ORIGINS: "https://a.example.com, http://localhost:8000",
    ALLOWED_HOSTS: "Sheets.example.com b.example.com",
    PROXY_URLS: "https://a.example.com/api/",
  });
  expect(settings).toMatchObject({
    host: "0.0.0.0",
    port: 8080,
    upstream: { kind: "runware", key: "abc123", serviceUrl: "http://localhost:9/v1" },
    allowedOrigins: ["https://a.example.com", "http://localhost:8000"],
    allowedHosts: ["sheets.example.com", "b.example.com"],
    proxyUrls: ["https://a.example.com/api"],
  });
});

test.each<[Record<string, string>, unknown]>([
  [{ HOST: "0.0.0.0" }, { mostPerMinute: 300, spendPerDay: 5_000_000 }],
  [{ ALLOWED_HOSTS: "sheets.example.com" }, { mostPerMinute: 300, spendPerDay: 5_000_000 }],
  [{ ALLOWED_HOSTS: "contact-sheet.localhost" }, { mostPerMinute: null, spendPerDay: null }],
  [
    { HOST: "::", SPEND_PER_DAY: "2.50" },
    { mostPerMinute: 300, spendPerDay: 2_500_000 },
  ],
  [
    { HOST: "::", SPEND_PER_DAY: "none", MOST_PER_MINUTE: "20" },
    { mostPerMinute: 20, spendPerDay: null },
  ],
  [
    { SPEND_PER_DAY: "$1", MOST_PER_MINUTE: "7" },
    { mostPerMinute: 7, spendPerDay: 1_000_000 },
  ],
])("%j bounds spending: always on a network, otherwise if asked for", (environment, spending) => {
  expect(readSettings(environment).spending).toEqual(spending);
});

test("the service is the published one if only a key is given", () => {
  const { upstream } = readSettings({ RUNWARE_API_KEY: "abc123" });
  expect(upstream).toMatchObject({ serviceUrl: "https://api.runware.ai/v1" });
});

test.each([
  ["PORT", "abc"],
  ["PORT", "70000"],
  ["PORT", "-1"],
  ["PORT", "80.5"],
  ["HOST", "http://localhost"],
  ["RUNWARE_API_URL", "nonsense"],
  ["RUNWARE_API_URL", "ftp://example.com"],
  ["RUNWARE_API_URL", "http://api.example.com/v1"],
  ["RUNWARE_API_URL", "https://user:word@example.com/v1"],
  ["RUNWARE_API_KEY", "two words"],
  ["ALLOWED_ORIGINS", "*"],
  ["ALLOWED_ORIGINS", "https://a.example.com,nonsense"],
  ["ALLOWED_ORIGINS", "https://a.example.com/path"],
  ["ALLOWED_HOSTS", "a.example.com:80"],
  ["PROXY_URLS", "a.example.com"],
  ["MOST_PER_MINUTE", "many"],
  ["MOST_PER_MINUTE", "0"],
  ["SPEND_PER_DAY", "2,50"],
  ["SPEND_PER_DAY", "-1"],
  ["HSTS_SECONDS", "a year"],
])("%s=%s is reported in one sentence that names it and does not repeat it", (name, value) => {
  const read = (): unknown => readSettings({ [name]: value });
  expect(read).toThrow(OperatorError);
  expect(read).toThrow(new RegExp(`^${name} (?:must|holds) .*: .*\\.$`, "u"));
  if (name === "RUNWARE_API_KEY") expect(read).not.toThrow(value);
});
