import { blankStatus } from "#src/runs/run-events.ts";
import { expect, test } from "vitest";
import { exampleSheet } from "#src/domain/example-rows.ts";
import { NO_SUMS } from "#src/domain/money-fold.ts";
import { NO_INTAKE, type SheetState } from "#src/state/sheet/sheet-store.ts";
import { isAtRisk } from "./leave-warning.ts";

test("only the tab that drives a run warns about what is in flight", () => {
  expect(isAtRisk(running({ inFlight: 3, following: false }))).toBe(true);
  expect(isAtRisk(running({ inFlight: 3, following: true }))).toBe(false);
  expect(isAtRisk(running({ inFlight: 0, following: false }))).toBe(false);
});

test("files that this tab is still preparing are at risk, whoever drives", () => {
  const state = running({ inFlight: 0, following: true });
  expect(isAtRisk({ ...state, intake: { ...NO_INTAKE, offered: 2, taken: 1 } })).toBe(true);
});

function running(run: { inFlight: number; following: boolean }): SheetState {
  return {
    sheet: exampleSheet({ id: "sheet" }),
    order: [],
    images: new Map(),
    pictures: new Map(),
    tasks: new Map(),
    marks: new Map(),
    spent: NO_SUMS,
    complete: true,
    run: { ...blankStatus("sheet"), phase: "running", ...run },
    intake: NO_INTAKE,
    skipped: [],
  };
}
