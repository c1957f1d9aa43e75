import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, test, vi } from "vitest";
import { applies, type LiveAct } from "./acts.ts";
import { lazyPart } from "./lazy-part.tsx";

afterEach(() => vi.unstubAllGlobals());

const remove: LiveAct = {
  id: "remove",
  label: "Remove",
  keys: ["Delete"],
  group: "Here",
  isEnabled: () => true,
  run: () => undefined,
};

/** Whether Delete does it, on a page that shows this part while its chunk is under way. */
function acts(options: Parameters<typeof lazyPart>[1], act: LiveAct = remove): boolean {
  const markup = renderToStaticMarkup(createElement(lazyPart(async () => () => null, options)));
  const has = (attribute: string): boolean =>
    attribute.startsWith("[") && markup.includes(attribute.slice(1, -1));
  vi.stubGlobal("HTMLElement", Event);
  vi.stubGlobal("document", {
    querySelector: (selector: string) => (selector.split(", ").some(has) ? {} : null),
  });
  const pressed = { key: "Delete", code: "Delete", repeat: false, getModifierState: () => false };
  return applies(act, Object.assign(Object.create(null), pressed));
}

test("while a dialog still loads, what is typed acts on nothing under it; any other part takes no keys away", () => {
  const giveUp = () => undefined;
  expect(acts({ giveUp })).toBe(false);
  expect(acts({ giveUp }, { ...remove, inDialog: true })).toBe(true);
  expect(acts({})).toBe(true);
  expect(acts({ waiting: "Loading…" })).toBe(true);
  expect(acts({ waiting: false, giveUp })).toBe(true);
});
