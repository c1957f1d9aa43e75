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

test("lines without a word are no records, however many there are", () => {
  expect(parseCsv(`name,age${"\n".repeat(1_000_000)}x,3${"\n , \r\n".repeat(1000)}`)).toEqual([
    { name: "x", age: "3" },
  ]);
});

test("more lines or columns than a table of pictures has are not read", () => {
  expect(parseCsv(`name\n${"x\n".repeat(200_000)}`)).toHaveLength(200_000);
  expect(parseCsv(`name\n${"x\n".repeat(200_001)}`)).toBeNull();
  expect(parseCsv(`${",".repeat(499)}\nx`)).toHaveLength(1);
  expect(parseCsv(`${",".repeat(500)}\nx`)).toBeNull();
  expect(parseCsv(`name\n${",".repeat(1_000_000)}`)).toBeNull();
});

test("nothing in, nothing out", () => {
  expect(parseCsv("")).toEqual([]);
  expect(parseCsv("name,age\r\n")).toEqual([]);
});
