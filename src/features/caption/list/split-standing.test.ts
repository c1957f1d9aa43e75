import { expect, test } from "vitest";
import { exampleImage, exampleTask } from "#src/domain/example-rows.ts";
import { newCaptionField } from "#src/domain/field.ts";
import type { SheetImage } from "#src/domain/image.ts";
import type { TaskState } from "#src/domain/task.ts";
import { createStandings, type StandingSource } from "./standing.ts";

const recipe = { modelId: "runware:152@2", prompt: "Describe.", sentSize: "auto" } as const;
const STATES: Readonly<Record<string, TaskState | null>> = {
  unasked: null,
  answered: {
    phase: "done",
    answer: { kind: "caption", text: "A page." },
    source: "service",
    costMicroUsd: 1300,
  },
  failed: { phase: "failed", failure: { kind: "timed-out", by: "service" } },
  waiting: { phase: "waiting" },
};
const WHOLE = Object.keys(STATES);

function readyImage(id: string): SheetImage {
  return exampleImage({ id, sheetId: "s", preparation: { phase: "ready", pictureHash: id } });
}

function partOf(of: string): SheetImage {
  const box = [0, 0, 1, 0.5] as const;
  const source = { kind: "part", of, box, by: "split", fileName: "", folder: "" } as const;
  return { ...readyImage(`part of ${of}`), source: { ...source, number: 1 } };
}

function sheetOf(images: readonly SheetImage[]): StandingSource {
  const tasks = WHOLE.flatMap((imageId) => {
    const state = STATES[imageId];
    if (state === null || state === undefined) return [];
    const task = exampleTask({ taskUuid: imageId, sheetId: "s", imageId, recipe, state });
    return [[imageId, [task]] as const];
  });
  return {
    order: images.map(({ id }) => id),
    images: new Map(images.map((image) => [image.id, image])),
    tasks: new Map(tasks),
    marks: new Map(),
    fields: [newCaptionField(recipe)],
    asksExisting: false,
  };
}

test("nothing is missing of an image with parts, and what it has stays: its parts are asked about", () => {
  const standings = createStandings();
  const before = standings(sheetOf(WHOLE.map(readyImage)));
  expect([before.scopes.missing.images, before.scopes.failed.images]).toEqual([1, 1]);
  const { byId, counts, scopes } = standings(
    sheetOf(WHOLE.flatMap((id) => [readyImage(id), partOf(id)])),
  );
  expect(WHOLE.map((id) => byId.get(id)?.kind)).toEqual(["split", "done", "split", "running"]);
  expect(byId.get("answered")?.texts).toMatchObject([{ isSplit: true, text: "A page." }]);
  expect(counts).toMatchObject({ total: 8, split: 2, missing: 4, failed: 0 });
  expect([scopes.missing.images, scopes.failed.images]).toEqual([4, 0]);
  // As when the parts are undone.
  expect(standings(sheetOf(WHOLE.map(readyImage))).byId.get("unasked")?.kind).toBe("missing");
});
