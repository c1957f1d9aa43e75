import { expect, test } from "vitest";
import type { Task } from "./task.ts";
import { timeSplit } from "./time-split.ts";

const TIMES: Task["times"] = {
  createdAt: 1000,
  preparingAt: 1400,
  firstSentAt: 1500,
  sentAt: 3500,
  endedAt: 4700,
  serviceMs: 900,
};

function task(times: Task["times"], source: "sandbox" | "reused" = "sandbox"): Task {
  return {
    taskUuid: "t",
    sheetId: "s",
    imageId: "i",
    runId: "r",
    askedBy: "compare",
    fieldId: null,
    mount: null,
    promptSent: null,
    language: null,
    recipe: { modelId: "m", prompt: null, sentSize: "auto" },
    repeat: 1,
    purse: "sandbox",
    state: { phase: "empty", source, costMicroUsd: null },
    times,
    sent: null,
    holdMicroUsd: 0,
    deletedAt: null,
  };
}

test("the time of an answer is split into queue, preparing, tries and service", () => {
  expect(timeSplit(task(TIMES))).toEqual({
    queueMs: 400,
    preparingMs: 100,
    retriesMs: 2000,
    serviceMs: 1200,
    hasUpload: true,
    modelMs: 900,
  });
});

test("what is not known stays unknown, and a clock that was set back gives no negative time", () => {
  expect(timeSplit(task({ ...TIMES, preparingAt: null, endedAt: 3000, serviceMs: null }))).toEqual({
    queueMs: null,
    preparingMs: null,
    retriesMs: 2000,
    serviceMs: 0,
    hasUpload: true,
    modelMs: null,
  });
});

test("a picture that the service already had was not uploaded with the task", () => {
  const named = { ...task(TIMES), sent: { width: null, height: null, bytes: 0 } };
  expect(timeSplit(named)?.hasUpload).toBe(false);
});

test("a reused answer took no time, and one that is under way has none yet", () => {
  expect(timeSplit(task(TIMES, "reused"))).toBeNull();
  expect(timeSplit(task({ ...TIMES, endedAt: null }))).toBeNull();
});
