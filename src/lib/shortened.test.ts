import { expect, test } from "vitest";
import { shortened } from "./shortened.ts";

test("a text is cut if it is too long, and no character is cut in two", () => {
  expect(shortened("harbour", 7)).toBe("harbour");
  expect(shortened("harbours", 7)).toBe("harbour…");
  expect(shortened("🦄🦄", 3)).toBe("🦄…");
  expect(shortened("x".repeat(50_000), 10)).toBe("xxxxxxxxxx…");
});
