import { expect, test } from "vitest";
import { createTypedDrafts } from "./typed-drafts.ts";

function textStore() {
  const texts = new Map<string, string>();
  return {
    texts,
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, value: string) => void texts.set(key, value),
    removeItem: (key: string) => void texts.delete(key),
  };
}

test("what was typed is there after a reload, and what was saved or dropped is not", () => {
  const tab = textStore();
  const page = new EventTarget();
  const before = createTypedDrafts(() => tab, page);
  before.hold("a/note", "half a sen");
  before.hold("a/prompt", "saved since");
  before.drop("a/prompt");
  expect(tab.texts.size).toBe(0);
  page.dispatchEvent(new Event("pagehide"));
  const after = createTypedDrafts(() => tab, new EventTarget());
  expect(after.read("a/note")).toBe("half a sen");
  expect(after.read("a/prompt")).toBeNull();
});

test("a page with nothing typed leaves nothing behind", () => {
  const tab = textStore();
  tab.setItem("contact-sheet.drafts", '{"a/note":"half"}');
  const page = new EventTarget();
  createTypedDrafts(() => tab, page).drop("a/note");
  page.dispatchEvent(new Event("pagehide"));
  expect(tab.texts.size).toBe(0);
});

test("a store that is blocked or holds nonsense is like an empty one", () => {
  const blocked = (): never => {
    throw new DOMException("denied", "SecurityError");
  };
  const page = new EventTarget();
  const drafts = createTypedDrafts(blocked, page);
  drafts.hold("a/note", "half");
  page.dispatchEvent(new Event("pagehide"));
  expect(drafts.read("a/note")).toBe("half");
  const odd = textStore();
  odd.setItem("contact-sheet.drafts", '{"a/note":7}');
  expect(createTypedDrafts(() => odd, page).read("a/note")).toBeNull();
});
