import { expect, test } from "vitest";
import { csvText } from "#src/exports/csv.ts";
import { parseCsv } from "./parse-csv.ts";

test("reads what this app writes", () => {
  const text = csvText(
    ["name", "note"],
    [
      ['a, "b".jpg', "two\r\nlines"],
      ["c;d", ""],
      ["é", 0.5],
    ],
  );
  expect(parseCsv(text)).toEqual([
    { name: 'a, "b".jpg', note: "two\r\nlines" },
    { name: "c;d", note: "" },
    { name: "é", note: "0.5" },
  ]);
});

test("reads semicolons and tabs, missing cells and missing last line ends", () => {
  expect(parseCsv("Name; Age \nx;3\n;\ny")).toEqual([
    { name: "x", age: "3" },
    { name: "y", age: "" },
  ]);
  expect(parseCsv("name\tage\rx\t3\r")).toEqual([{ name: "x", age: "3" }]);
});

test("nothing in, nothing out", () => {
  expect(parseCsv("")).toEqual([]);
  expect(parseCsv("name,age\r\n")).toEqual([]);
});
