import { expect, test } from "vitest";
import { readVerdicts, type VerdictRow, verdictsCsv } from "#src/exports/verdict-files.ts";
import { createFaces, type Face } from "./grid/faces.ts";
import { foreignVerdicts } from "./merge-verdicts.ts";
import { faceWith, FIVE_MODEL, judged, said } from "./test-faces.ts";
import { verdictRows } from "./verdict-rows.ts";

const TEEN = { low: 13, high: 20 };
const options = { modelIds: [FIVE_MODEL], pictures: new Map(), withNames: false };

function faceOfAnn(): Face {
  const task = said(FIVE_MODEL, TEEN, 0.7);
  const blind = judged(
    { kind: "age", years: 30 },
    { by: "Ann", secondsTaken: 2.5, sample: "random", shown: [task.taskUuid] },
  );
  const changed = judged(
    { kind: "range", range: TEEN, label: "13–20" },
    { by: "Ann", blind: false, replaces: blind.id, sample: "random", shown: [task.taskUuid] },
  );
  return faceWith({ marks: [blind, changed], tasks: [task] });
}

let made = 0;
function mergedOnto(faces: readonly Face[], rows: readonly VerdictRow[]) {
  const foreign = foreignVerdicts(rows, {
    faces,
    now: () => 1,
    newId: () => {
      made += 1;
      return `new-${made}`;
    },
  });
  const known = new Map(faces.map((face) => [face.hash, face.image.id]));
  return {
    pictures: foreign.pictures,
    ...foreign.rows({ sheetId: "sheet", imageIdOf: (hash) => known.get(hash) ?? `unseen-${hash}` }),
  };
}

test("a face goes into a file and comes out unchanged, without its picture", () => {
  const face = faceOfAnn();
  const reading = readVerdicts(verdictsCsv(verdictRows([face], options)));
  const merged = mergedOnto([], reading?.rows ?? []);
  expect(merged.pictures).toEqual([{ pictureHash: face.hash, fileName: null }]);
  const id = `unseen-${face.hash}`;
  const again = createFaces()({
    order: [id],
    images: new Map([[id, { ...face.image, id }]]),
    tasks: new Map([[id, merged.tasks]]),
    marks: new Map([[id, merged.marks.map((mark, index) => ({ ...mark, seq: index + 1 }))]]),
  }).get(id);
  expect(again?.simulated).toBe(true);
  const [before] = verdictRows([face], options);
  const [after] = again === undefined ? [] : verdictRows([again], options);
  expect(after).toEqual({ ...before, source: "reused" });
});

test("merging the same file twice, or one's own, adds nothing", () => {
  const face = faceOfAnn();
  const merged = mergedOnto([face], verdictRows([face, face], options));
  expect(merged).toMatchObject({ tasks: [], marks: [] });
});

test("a second reviewer's judgements are kept beside the first's", () => {
  const face = faceOfAnn();
  const rows = verdictRows([face], options).map((row) => ({ ...row, reviewer: "Ben" }));
  const merged = mergedOnto([face], rows);
  expect(merged.tasks).toEqual([]);
  expect(merged.marks.map(({ by, imageId }) => [by, imageId])).toEqual([
    ["Ben", face.image.id],
    ["Ben", face.image.id],
  ]);
});
