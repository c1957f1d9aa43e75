import { expect, test } from "vitest";
import { answeredTask } from "#src/domain/example-rows.ts";
import { costText } from "./compare-words.ts";

test("a reused answer says so instead of a price, and an unknown cost is not a price either", () => {
  const reused = answeredTask(0);
  if (reused.state.phase !== "done") throw new Error("it was answered");
  expect(costText({ ...reused, state: { ...reused.state, source: "reused" } })).toBe("reused");
  expect(costText(answeredTask(1300))).toBe("$0.0013");
  expect(costText(answeredTask(null))).toBe("cost unknown");
});
