import { expect, test } from "vitest";
import { nextStep, type Step } from "./present-dialog.tsx";

const SHAPE = { rows: 2, columns: 2 };

function walk(from: Step, ...steps: (1 | -1)[]): string[] {
  let step = from;
  return steps.map((by) => {
    step = nextStep(step, by, SHAPE);
    return `${step.row}:${step.shown}`;
  });
}

test("columns are revealed one by one, then comes the next picture, and the end is the end", () => {
  expect(walk({ row: 0, shown: 0 }, 1, 1, 1, 1, 1, 1)).toEqual([
    "0:1",
    "0:2",
    "1:0",
    "1:1",
    "1:2",
    "1:2",
  ]);
});

test("back is the same way back", () => {
  expect(walk({ row: 1, shown: 1 }, -1, -1, -1, -1, -1)).toEqual([
    "1:0",
    "0:2",
    "0:1",
    "0:0",
    "0:0",
  ]);
});
