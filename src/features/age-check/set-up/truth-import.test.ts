import { describe, expect, test } from "vitest";
import type { ImageSource } from "#src/domain/image.ts";
import type { Face } from "#src/features/age-check/grid/faces.ts";
import { standingJudgements } from "#src/features/age-check/judging/judgements.ts";
import { judged } from "#src/features/age-check/test-faces.ts";
import { parseCsv } from "#src/lib/parse-csv.ts";
import { noTruthsText, readTruth, truthsFromNames, truthsFromTable } from "./truth-import.ts";

function truthsIn(content: string, faces: readonly Face[]) {
  return truthsFromTable(parseCsv(content) ?? [], faces);
}

test("a table beyond the bounds is told from one without the columns", () => {
  const wide = parseCsv(`file_name,age${",x".repeat(500)}\na.jpg,30`);
  expect(wide).toBeNull();
  expect(noTruthsText(wide)).toContain("more than 200,000 lines or 500 columns");
  expect(noTruthsText(parseCsv("a,b\n1,2"))).toContain("needs a column");
});

let frame = 0;
function face(fileName: string, folder = "", marks: Face["marks"] = []): Face {
  frame += 1;
  const source: ImageSource = { kind: "file", fileName, folder };
  const hash = `${frame}`.padStart(64, "0");
  return {
    image: {
      id: `image-${frame}`,
      sheetId: "s",
      frame,
      source,
      preparation: { phase: "ready", pictureHash: hash },
      addedAt: 0,
      deletedAt: null,
    },
    hash,
    tasks: new Map(),
    standing: standingJudgements(marks),
    marks,
    flag: null,
    simulated: false,
  };
}

describe("ages and ranges", () => {
  test.each([
    ["23", { kind: "age", years: 23 }],
    ["23.9", { kind: "age", years: 23 }],
    [" 0 ", { kind: "age", years: 0 }],
    ["13-20", { kind: "range", range: { low: 13, high: 20 }, label: "13–20" }],
    ["65+", { kind: "range", range: { low: 65, high: null }, label: "65+" }],
    ["13_to_20", { kind: "range", range: { low: 13, high: 20 }, label: "13–20" }],
    ["131", null],
    ["adult", null],
    ["", null],
  ])("%j", (text, judgement) => {
    expect(readTruth(text)).toEqual(judgement);
  });
});

describe("a CSV file", () => {
  test("matches names in any case, folders, and counts what it cannot place", () => {
    const faces = [face("A.jpg"), face("b.jpg", "x"), face("b.jpg", "y"), face("c.jpg")];
    const matches = truthsIn(
      "File_Name;Age\na.JPG;12\nx/b.jpg;13-20\nb.jpg;40\nc.jpg;old\nd.jpg;3\n",
      faces,
    );
    expect(matches?.found.map(({ imageId, judgement }) => [imageId, judgement.kind])).toEqual([
      [faces[0]?.image.id, "age"],
      [faces[1]?.image.id, "range"],
    ]);
    expect(matches?.unmatched).toEqual(["b.jpg", "d.jpg"]);
    expect(matches?.unreadable).toEqual(["c.jpg: old"]);
  });

  test("matches hashes, and takes the age before the range", () => {
    const one = face("a.jpg");
    const matches = truthsIn(`sha256,range,age\n${one.hash},13-20,16\n`, [one]);
    expect(matches?.found[0]?.judgement).toEqual({ kind: "age", years: 16 });
  });

  test("also shows contradictions to a judgement", () => {
    const one = face("a.jpg", "", [judged({ kind: "age", years: 40 })]);
    const other = face("b.jpg", "", [judged({ kind: "age", years: 16 })]);
    const matches = truthsIn("file_name,age\na.jpg,16\nb.jpg,16\n", [one, other]);
    expect(matches?.conflicts).toEqual([one.image.id]);
  });

  test("is refused without the columns it needs", () => {
    expect(truthsIn("name,colour\na.jpg,red\n", [])).toBeNull();
    expect(truthsIn("", [])).toBeNull();
  });
});

describe("names", () => {
  test("of UTKFace begin with the age", () => {
    const faces = [face("23_0_1_20170116.jpg.chip.jpg"), face("portrait.jpg")];
    const matches = truthsFromNames("{age}_*", faces);
    expect(matches?.found.map(({ judgement }) => judgement)).toEqual([{ kind: "age", years: 23 }]);
    expect(matches?.unmatched).toEqual(["portrait.jpg"]);
  });

  test("of folders may be groups", () => {
    const faces = [face("1.jpg", "set/13-20"), face("2.jpg", "set/65+"), face("3.jpg", "set/misc")];
    const matches = truthsFromNames("{group}/*", faces);
    expect(matches?.found).toHaveLength(2);
    expect(matches?.unreadable).toEqual(["set/misc/3.jpg: misc"]);
  });

  test("special characters in a pattern stand for themselves", () => {
    const [plus, other] = [face("a(7)+.jpg"), face("a7.jpg")];
    expect(truthsFromNames("a({age})+.jpg", [plus, other])?.found).toHaveLength(1);
  });

  test("a pattern needs one place for the truth", () => {
    expect(truthsFromNames("*.jpg", [])).toBeNull();
    expect(truthsFromNames("{age}_{age}", [])).toBeNull();
  });
});
