import { expect, test } from "vitest";
import { createDeviceSettings, createKeyStore, type TextStore } from "./device-settings.ts";

test("settings come back after a restart, and one damaged setting does not reset the others", () => {
  const local = textStore();
  createDeviceSettings(local).change({ theme: "dark", letterKeys: false, lastSheetId: "s1" });
  expect(createDeviceSettings(local).read()).toMatchObject({
    theme: "dark",
    letterKeys: false,
    lastSheetId: "s1",
    connection: { kind: "auto" },
  });
  local.setItem("contact-sheet.settings", '{"theme":"pink","letterKeys":false}');
  expect(createDeviceSettings(local).read()).toMatchObject({ theme: "system", letterKeys: false });
  local.setItem("contact-sheet.settings", "{broken");
  expect(createDeviceSettings(local).read().theme).toBe("system");
});

test("a browser that stores nothing still keeps settings and the key for the page", () => {
  const settings = createDeviceSettings(blockedStore());
  settings.change({ theme: "light" });
  expect(settings.read().theme).toBe("light");
  const keys = createKeyStore({ tab: blockedStore(), device: blockedStore() });
  keys.keep("secret", "device");
  expect([keys.read(), keys.place()]).toEqual(["secret", "memory"]);
});

test("listeners hear of changes until they unsubscribe, and read gives the same object in between", () => {
  const settings = createDeviceSettings(textStore());
  let heard = 0;
  const letGo = settings.subscribe(() => (heard += 1));
  settings.change({ keepAwake: true });
  letGo();
  settings.change({ keepAwake: false });
  expect(heard).toBe(1);
  expect(settings.read()).toBe(settings.read());
});

test("a key is in one place at a time, and forgetting it empties all of them", () => {
  const tab = textStore();
  const device = textStore();
  const keys = createKeyStore({ tab, device });
  keys.keep("secret", "device");
  expect([keys.place(), device.texts()]).toEqual(["device", ["secret"]]);
  keys.keep("secret", "tab");
  expect([keys.place(), device.texts(), tab.texts()]).toEqual(["tab", [], ["secret"]]);
  expect(createKeyStore({ tab, device }).read()).toBe("secret");
  keys.keep("secret", "memory");
  expect([keys.read(), tab.texts(), device.texts()]).toEqual(["secret", [], []]);
  keys.forget();
  expect([keys.read(), keys.place()]).toEqual([null, null]);
});

function textStore(): TextStore & { texts: () => string[] } {
  const rows = new Map<string, string>();
  return {
    getItem: (key) => rows.get(key) ?? null,
    setItem: (key, value) => void rows.set(key, value),
    removeItem: (key) => void rows.delete(key),
    texts: () => [...rows.values()],
  };
}

function blockedStore(): TextStore {
  const refuse = (): never => {
    throw new DOMException("blocked", "SecurityError");
  };
  return { getItem: refuse, setItem: refuse, removeItem: refuse };
}
