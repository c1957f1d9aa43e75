import { expect, test } from "vitest";
import { judge, readIndex, sumUp } from "./picture-table.mjs";

const red = "#e61e1e #e61e1e #e61e1e #e61e1e #e61e1e";
const index = readIndex(
  [
    "file\texpect\tbytes\twhat is special\tright size after orientation\tcolours on white at (.1,.1)\tright answer in words",
    `red.jpg\ttaken\t1\tJPEG\t120x80\t${red}\tplain red`,
    `inks.tif\ttaken\t1\tTIFF, CMYK, no ICC\t120x80\t${red}\tplain red`,
    `profiled.tif\ttaken\t1\tTIFF, CMYK, ICC FOGRA\t120x80\t${red}\tplain red`,
    "bomb.avif\trefused\t1\tAVIF\t\t\trefused: pixels",
    "crop.heic\teither\t1\tHEIF\t1280x720 before its own cropping\t\tpeople by a window",
    "",
  ].join("\n"),
);

/** A picture in which every place has about the same colour. */
const taken = (size: string, least: readonly number[], most = least) =>
  ({
    kind: "taken",
    size,
    notes: ["truncated"],
    seen: Array.from({ length: 5 }, () => ({ least, most })),
  }) as const;
const refused = { kind: "refused", reason: "It is too large." } as const;

test.each([
  ["red.jpg", taken("120x80", [230, 30, 30]), "right"],
  ["red.jpg", taken("120x80", [218, 42, 18]), "right"],
  ["red.jpg", taken("120x80", [217, 30, 30]), "wrong"],
  // An edge runs by each place.
  ["red.jpg", taken("120x80", [0, 0, 0], [230, 30, 30]), "right"],
  ["red.jpg", taken("80x120", [230, 30, 30]), "wrong"],
  ["red.jpg", { ...taken("120x80", [230, 30, 30]), seen: [] }, "wrong"],
  ["red.jpg", refused, "against expect"],
  ["inks.tif", taken("120x80", [206, 30, 30]), "right"],
  ["profiled.tif", taken("120x80", [206, 30, 30]), "wrong"],
  ["bomb.avif", taken("1x1", [0, 0, 0]), "against expect"],
  ["bomb.avif", refused, "refused"],
  ["crop.heic", taken("1278x720", [0, 0, 0]), "look at it"],
  ["crop.heic", refused, "refused"],
  ["unknown.png", taken("1x1", [0, 0, 0]), "taken"],
  ["unknown.png", refused, "refused"],
])("judges %s: %o is %s", (file, outcome, verdict) => {
  expect(judge(outcome, index.get(file)).verdict).toBe(verdict);
});

test("says what is wrong, and what to look for if nobody but the user can tell", () => {
  expect(judge(taken("120x80", [0, 30, 30]), index.get("red.jpg")).detail).toContain(
    "#001e1e at (0.1, 0.1) should be #e61e1e",
  );
  expect(judge(taken("1278x720", [0, 0, 0]), index.get("crop.heic")).detail).toBe(
    "1278x720, truncated: people by a window",
  );
});

test("fails if a single file is wrong or against what is expected", () => {
  expect(sumUp(["right", "look at it", "refused"])).toEqual({
    line: "3 files: 1 right, 1 to look at, 1 refused, 0 wrong, 0 against expect",
    succeeded: true,
  });
  expect(sumUp(["right", "wrong"]).succeeded).toBe(false);
  expect(sumUp(["right", "against expect"]).succeeded).toBe(false);
});
