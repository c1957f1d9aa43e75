import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TAB_ERASED } from "./erase-everything.ts";
import { createTypedDrafts } from "./typed-drafts.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

function deviceStore() {
  const texts = new Map<string, string>();
  return {
    texts,
    get length() {
      return texts.size;
    },
    key: (index: number) => [...texts.keys()][index] ?? null,
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, value: string) => void texts.set(key, value),
    removeItem: (key: string) => void texts.delete(key),
  };
}

function draftsOn(device: ReturnType<typeof deviceStore>, at = 0) {
  const page = new EventTarget();
  return { page, ...createTypedDrafts({ device: () => device, page, now: () => at }) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("what was typed outlives a page that ends without a word, and what was saved or dropped does not", () => {
  const device = deviceStore();
  const before = draftsOn(device);
  before.hold("a/note", "half", "disk");
  before.hold("a/note", "half a sen", "disk");
  before.hold("a/prompt", "saved since", "disk");
  vi.advanceTimersByTime(500);
  before.drop("a/prompt");
  const after = draftsOn(device);
  expect(after.read("a/note")).toBe("half a sen");
  expect(after.read("a/prompt")).toBeNull();
});

test("typing without a rest is written all the same", () => {
  const device = deviceStore();
  const drafts = draftsOn(device);
  for (const text of ["a", "ab", "abc", "abcd"]) {
    drafts.hold("a/note", text, "disk");
    vi.advanceTimersByTime(200);
  }
  expect(draftsOn(device).read("a/note")).toBe("abcd");
});

test.each(["pagehide", "visibilitychange"])("at %s nothing waits any longer", (event) => {
  const device = deviceStore();
  const drafts = draftsOn(device);
  drafts.hold("a/note", "half", "disk");
  expect(device.texts.size).toBe(0);
  drafts.page.dispatchEvent(new Event(event));
  expect(draftsOn(device).read("a/note")).toBe("half");
});

test("what is typed on a sheet in memory is stored nowhere", () => {
  const device = deviceStore();
  const drafts = draftsOn(device);
  drafts.hold("memory-a/note", "half", "memory");
  vi.advanceTimersByTime(500);
  drafts.page.dispatchEvent(new Event("pagehide"));
  expect(device.texts.size).toBe(0);
  expect(drafts.read("memory-a/note")).toBe("half");
});

test("after everything was erased nothing is written again", () => {
  const device = deviceStore();
  const drafts = draftsOn(device);
  drafts.hold("a/note", "half", "disk");
  drafts.page.dispatchEvent(new Event(TAB_ERASED));
  vi.advanceTimersByTime(500);
  drafts.page.dispatchEvent(new Event("pagehide"));
  expect(device.texts.size).toBe(0);
  expect(drafts.read("a/note")).toBeNull();
});

test("two tabs keep each other’s drafts, and one that nobody came back for goes", () => {
  const device = deviceStore();
  const [one, other] = [draftsOn(device), draftsOn(device)];
  one.hold("a/note", "one", "disk");
  other.hold("a/prompt", "other", "disk");
  vi.advanceTimersByTime(500);
  const later = draftsOn(device, 30 * DAY_MS);
  expect([later.read("a/note"), later.read("a/prompt")]).toEqual(["one", "other"]);
  expect(draftsOn(device, 90 * DAY_MS).read("a/note")).toBeNull();
  expect(device.texts.size).toBe(0);
});

test("a store that is blocked or holds nonsense is like an empty one", () => {
  const blocked = (): never => {
    throw new DOMException("denied", "SecurityError");
  };
  const page = new EventTarget();
  const drafts = createTypedDrafts({ device: blocked, page, now: () => 0 });
  drafts.hold("a/note", "half", "disk");
  page.dispatchEvent(new Event("pagehide"));
  expect(drafts.read("a/note")).toBe("half");
  const odd = deviceStore();
  odd.setItem("contact-sheet.draft.a/note", '{"text":7}');
  odd.setItem("contact-sheet.draft.a/prompt", "{");
  expect(draftsOn(odd).read("a/note")).toBeNull();
});
