import { expect, test } from "vitest";
import { connectionName, connectionTrouble } from "./connection-button.tsx";

test("the header says which connection, and that the sandbox is simulated", () => {
  expect(connectionName({ kind: "direct" })).toBe("Direct");
  expect(connectionName({ kind: "proxy", baseUrl: "/api", upstream: "runware" })).toBe("Proxy");
  expect(connectionName({ kind: "proxy", baseUrl: "/api", upstream: "sandbox" })).toBe(
    "Sandbox (simulated)",
  );
});

test("direct without a key, and a proxy that is silent, are reported", () => {
  const direct = { connection: { kind: "direct" } as const, unreachable: false };
  expect(connectionTrouble({ ...direct, keyPlace: null })).toBe("no key");
  expect(connectionTrouble({ ...direct, keyPlace: "memory" })).toBeNull();
  expect(
    connectionTrouble({
      connection: { kind: "proxy", baseUrl: "/api", upstream: "runware" },
      unreachable: true,
      keyPlace: null,
    }),
  ).toBe("not answering");
});
