import { expect, test } from "vitest";
import { proxyName } from "./connection-dialog.tsx";

test("a proxy is named by its host, the page's own server by that name", () => {
  const page = "https://example.org/tools/#/caption";
  expect(proxyName("https://example.org/tools/api", page)).toBe("This server");
  expect(proxyName("api", page)).toBe("This server");
  expect(proxyName("https://proxy.example.net:8443/api", page)).toBe("proxy.example.net:8443");
  expect(proxyName("https://proxy.example.net/team/api", page)).toBe("proxy.example.net/team");
});
