import type { ProxyFacts } from "#src/api/probe-proxy.ts";
import { expect, test } from "vitest";
import { createKeyStore } from "#src/storage/device-settings.ts";
import { createConnectionStore, trimKey, type ConnectionPorts } from "./connection-store.ts";

const sandbox: ProxyFacts = { upstream: "sandbox", version: "1", proxies: [] };

test("a server that answers is the connection; a static host means direct", async () => {
  const served = createConnectionStore(ports({ probe: async () => sandbox }));
  await served.start();
  expect(served.store.getState().connection).toEqual({
    kind: "proxy",
    baseUrl: "http://here/api",
    upstream: "sandbox",
  });
  const hosted = createConnectionStore(ports({ probe: async () => null }));
  await hosted.start();
  expect(hosted.store.getState().connection).toEqual({ kind: "direct" });
});

test("starting asks the server beside the page once", async () => {
  const asked: string[] = [];
  const store = createConnectionStore(
    ports({
      probe: async (baseUrl) => {
        asked.push(baseUrl);
        return null;
      },
    }),
  );
  await store.start();
  expect(asked).toEqual(["http://here/api"]);
});

test("a proxy that was chosen and is silent is not quietly replaced by direct", async () => {
  const store = createConnectionStore(ports({ probe: async () => null }));
  await store.choose({ kind: "proxy", baseUrl: "https://there/api" });
  expect(store.store.getState()).toMatchObject({
    unreachable: true,
    connection: { kind: "proxy", baseUrl: "https://there/api" },
  });
});

test("the last choice takes precedence over an earlier one that answers later", async () => {
  let answer: (facts: ProxyFacts | null) => void = () => undefined;
  const slow = new Promise<ProxyFacts | null>((resolve) => {
    answer = resolve;
  });
  const store = createConnectionStore(ports({ probe: () => slow }));
  const first = store.choose({ kind: "proxy", baseUrl: "https://slow/api" });
  await store.choose({ kind: "direct" });
  answer(sandbox);
  await first;
  expect(store.store.getState().connection).toEqual({ kind: "direct" });
});

test("the key reaches its port trimmed, and no state", () => {
  const kept: string[] = [];
  const base = ports({});
  const store = createConnectionStore({
    ...base,
    keys: { ...base.keys, place: () => "memory", keep: (key) => kept.push(key) },
  });
  store.keepKey(' "abc123" \n', "memory");
  expect(kept).toEqual(["abc123"]);
  expect(JSON.stringify(store.store.getState())).not.toContain("abc123");
});

test.each([
  ["“abc”", "abc"],
  ["'abc'\n", "abc"],
  ["abc", "abc"],
])("%s pasted is %s", (pasted, key) => {
  expect(trimKey(pasted)).toBe(key);
});

function ports(change: Partial<ConnectionPorts>): ConnectionPorts {
  return {
    keys: {
      read: () => null,
      place: () => null,
      keep: () => undefined,
      forget: () => undefined,
    },
    readChoice: () => ({ kind: "auto" }),
    writeChoice: () => undefined,
    probe: async () => null,
    homeUrl: "http://here/api",
    builtInProxies: [],
    ...change,
  };
}

test("a choice of where the key is kept moves the key in use, at once", () => {
  const tab = textStore();
  const device = textStore();
  const connections = createConnectionStore({
    ...ports({ probe: async () => null }),
    keys: createKeyStore({ tab, device }),
  });
  connections.keepKey("secret", "device");
  connections.moveKey("memory");
  expect([...device.texts, ...tab.texts]).toEqual([]);
  expect(connections.store.getState().keyPlace).toBe("memory");
  connections.moveKey("tab");
  expect([...tab.texts.values()]).toEqual(["secret"]);
  connections.forgetKey();
  connections.moveKey("device");
  expect(connections.store.getState().keyPlace).toBeNull();
});

function textStore() {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, value: string) => void texts.set(key, value),
    removeItem: (key: string) => void texts.delete(key),
  };
}
