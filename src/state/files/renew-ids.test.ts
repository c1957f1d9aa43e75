import { expect, test } from "vitest";
import {
  answeredTask,
  exampleImage,
  exampleMark,
  exampleSheet,
  exampleTask,
} from "#src/domain/example-rows.ts";
import { renewIds } from "./renew-ids.ts";

test("every place that names a row names it by its new id", () => {
  const rows = {
    sheet: exampleSheet({
      compare: { columns: [{ id: "first-1" }], shared: "A boat." },
      ageCheck: { sample: ["image", "gone"], byImage: { image: { task: "done" } } },
    }),
    images: [exampleImage()],
    tasks: [answeredTask(1900, { taskUuid: "done" }), exampleTask({ taskUuid: "other" })],
    marks: [
      exampleMark({
        id: "first",
        shown: ["done", "other"],
        value: { kind: "pick", taskUuid: "other" },
      }),
      exampleMark({ id: "second", shown: ["done"], replaces: "first" }),
    ],
  };
  let made = 0;
  const renewed = renewIds(rows, () => `new-${(made += 1)}`);
  const [image] = renewed.images;
  const [done, other] = renewed.tasks;
  const [first, second] = renewed.marks;
  const sheetId = renewed.sheet.id;
  expect(
    new Set([
      sheetId,
      image?.id,
      done?.taskUuid,
      other?.taskUuid,
      first?.id,
      second?.id,
      done?.runId,
    ]).size,
  ).toBe(7);
  expect(made).toBe(7);
  expect(renewed.sheet).toMatchObject({
    name: "Harbour",
    compare: { columns: [{ id: "first-1" }], shared: "A boat." },
    ageCheck: {
      sample: [image?.id, "gone"],
      byImage: { [image?.id ?? ""]: { task: done?.taskUuid } },
    },
  });
  expect(image).toMatchObject({ sheetId, frame: 1, preparation: { pictureHash: "hash" } });
  expect(done).toMatchObject({ sheetId, imageId: image?.id, state: { phase: "done" } });
  expect(other).toMatchObject({ runId: done?.runId });
  expect(first).toMatchObject({
    sheetId,
    imageId: image?.id,
    shown: [done?.taskUuid, other?.taskUuid],
    value: { kind: "pick", taskUuid: other?.taskUuid },
  });
  expect(second).toMatchObject({ replaces: first?.id, value: { text: "Two boats." } });
});
