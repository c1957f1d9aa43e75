import { expect, test } from "vitest";
import { isOwnHost } from "./request-hosts.ts";

const onLoopback = { listensOn: "127.0.0.1", allowedHosts: ["sheets.example.com"] };
const onEveryAddress = { listensOn: "0.0.0.0", allowedHosts: [] };

test.each([
  "127.0.0.1:4170",
  "localhost",
  "LOCALHOST:4170",
  "sheet.localhost:4170",
  "[::1]:4170",
  "127.8.9.1",
  "sheets.example.com",
  "Sheets.Example.com:443",
])("%s is this server on the loopback", (host) => {
  expect(isOwnHost(host, onLoopback)).toBe(true);
});

test.each([
  undefined,
  "",
  "example.com",
  "127.0.0.1.example.com",
  "127.example.com",
  "localhost.example.com",
  "notlocalhost",
  "192.168.1.5:4170",
  "sheets.example.com.evil.example",
  "user@localhost",
  "localhost:4170/path",
])("%s is not this server on the loopback", (host) => {
  expect(isOwnHost(host, onLoopback)).toBe(false);
});

test("beyond the loopback every address is taken, but still no foreign name", () => {
  expect(isOwnHost("192.168.1.5:4170", onEveryAddress)).toBe(true);
  expect(isOwnHost("[fe80::1]:4170", onEveryAddress)).toBe(true);
  expect(isOwnHost("rebound.example.com", onEveryAddress)).toBe(false);
  expect(isOwnHost("studio.lan", { listensOn: "studio.lan", allowedHosts: [] })).toBe(true);
});
