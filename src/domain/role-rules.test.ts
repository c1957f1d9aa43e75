import { expect, test } from "vitest";
import { isLongDescription, isPassedOver, suggestedRole } from "./role-rules.ts";

const PHOTO = { width: 1600, height: 1067 };

test.each([
  ["divider-waves.svg", "decorative"],
  ["icon_star.png", "decorative"],
  ["arrowLeft.svg", "decorative"],
  ["hero-bg.jpg", "decorative"],
  ["logo.svg", "functional"],
  ["btn-icon.png", "functional"],
  ["BtnSubmit.png", "functional"],
  ["sales-chart-2024.png", "complex"],
  ["city map.jpg", "complex"],
  ["IMG_2034.jpg", null],
  ["lamp-on-a-desk.jpg", null],
  ["mapletree.jpg", null],
  ["biographer.jpg", null],
  ["big-ben.jpg", null],
])("%s looks %s", (name, role) => {
  expect(suggestedRole(name, PHOTO)).toBe(role);
});

test("a tiny picture and one that is a line look decorative; what has no size is judged by its name", () => {
  expect(suggestedRole("a.png", { width: 16, height: 16 })).toBe("decorative");
  expect(suggestedRole("a.png", { width: 1200, height: 8 })).toBe("decorative");
  expect(suggestedRole("a.png", { width: 1200, height: 300 })).toBeNull();
  expect(suggestedRole("a.png", { width: 1080, height: 15_000 })).toBeNull();
  expect(suggestedRole("a.png", null)).toBeNull();
});

test("of a decorative image the texts that are read aloud are passed over, title and tags are not", () => {
  const kinds = ["sentence", "free", "title", "tags"] as const;
  expect(kinds.map((kind) => isPassedOver("decorative", { kind }))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect(kinds.some((kind) => isPassedOver("functional", { kind }))).toBe(false);
});

test("a long description is told by its name and kind", () => {
  expect(isLongDescription({ kind: "free", name: "Long description" })).toBe(true);
  expect(isLongDescription({ kind: "free", name: "Training caption" })).toBe(false);
  expect(isLongDescription({ kind: "sentence", name: "Description" })).toBe(false);
});
