import { describe, expect, test } from "vitest";
import { csvText } from "./csv.ts";

function cellOf(value: string): string {
  return csvText(["a"], [[value]]).slice("\uFEFFa\r\n".length, -2);
}

describe("csvText", () => {
  test("begins with a byte order mark and ends each record with CRLF", () => {
    expect(csvText(["a", "b"], [["x", 1]])).toBe("\uFEFFa,b\r\nx,1\r\n");
  });

  test("quotes separators, quotes and line breaks, and doubles quotes", () => {
    expect(cellOf('say "hi", twice')).toBe('"say ""hi"", twice"');
    expect(cellOf("two\nlines")).toBe('"two\nlines"');
    expect(cellOf("two\r\nlines")).toBe('"two\r\nlines"');
    expect(cellOf("semi;colon")).toBe('"semi;colon"');
  });

  test("keeps null, false and 0 apart", () => {
    expect(csvText(["a", "b", "c", "d"], [[null, false, 0, ""]])).toBe(
      "\uFEFFa,b,c,d\r\n,false,0,\r\n",
    );
  });

  test.each([
    ["=cmd|'/c calc'!A0"],
    ["+1+1"],
    ["-2+3"],
    ["@SUM(A1)"],
    ["\t=1"],
    ["\r=1"],
    ["\n=1"],
    ["  =1"],
    ["\u200B=1"],
    ["＝1+1"],
    ["＋1"],
    ["－1"],
    ["＠A1"],
  ])("disarms %j", (nasty) => {
    const cell = cellOf(nasty).replace(/^"/, "");
    expect(cell.startsWith("'")).toBe(true);
  });

  test("leaves numbers, also negative ones, as numbers", () => {
    expect(csvText(["a"], [[-0.5]])).toBe("\uFEFFa\r\n-0.5\r\n");
  });

  test("leaves HTML, right-to-left text and emoji unchanged", () => {
    expect(cellOf("<b>שלום</b> 👩‍👩‍👧")).toBe("<b>שלום</b> 👩‍👩‍👧");
  });

  test("takes control characters out", () => {
    expect(cellOf("a\u0000b\u001Bc")).toBe("a b c");
  });
});
