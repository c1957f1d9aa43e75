import { expect, it } from "vitest";
import { sniff } from "./sniff.ts";
import { formatFile, formatFileNames } from "./test-files.ts";

const formatOfEnding: Readonly<Record<string, string>> = { jpg: "jpeg", tif: "tiff", dib: "bmp" };

it("knows every format by its bytes", () => {
  // A packed drawing is unpacked first.
  const names = formatFileNames().filter((name) => !name.endsWith(".svgz"));
  expect(names.length).toBeGreaterThan(40);
  for (const name of names) {
    const ending = name.split(".").at(-1) ?? "";
    const format = formatOfEnding[ending] ?? ending;
    expect(sniff(formatFile(name)), name).toEqual({ kind: "picture", format });
  }
});

const bytesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

it.each([
  ["Photoshop", "8BPS\0\x01"],
  ["PDF", "%PDF-1.7"],
  ["JPEG XL", "\xff\x0a\x01"],
  ["JPEG 2000", "\0\0\0\x0cjP  \r\n\x87\n"],
  ["BigTIFF", "II+\0\x08\0"],
  ["ZIP", "PK\x03\x04"],
  ["Canon RAW", "\0\0\0\x18ftypcrx \0\0\0\x01crx isom"],
  ["QuickTime video", "\0\0\0\x14ftypqt  \0\0\0\0qt  "],
  ["video", "\0\0\0\x18ftypisom\0\0\0\x01isommp42"],
])("names %s, which is not taken", (name, text) => {
  expect(sniff(bytesOf(text))).toEqual({ kind: "foreign", name });
});

it("finds a HEIC whose first brand is a general one", () => {
  const text = "\0\0\0\x18ftypmif1\0\0\0\0mif1heic";
  expect(sniff(bytesOf(text))).toEqual({ kind: "picture", format: "heic" });
});

it("finds an SVG behind a byte-order mark, a prolog, comments and a doctype", () => {
  const before = `<?xml version="1.0"?>\n<!-- <svg> in words -->\n<!DOCTYPE svg [<!ENTITY a "b">]>\n`;
  const text = `\uFEFF${before}<svg:svg xmlns:svg="http://www.w3.org/2000/svg">`;
  expect(sniff(new TextEncoder().encode(text))).toEqual({ kind: "picture", format: "svg" });
});

it.each([
  ["nothing", ""],
  ["text", "BMW is a maker of cars and of motorcycles"],
  ["a page that holds a drawing", "<!doctype html><html><svg></svg></html>"],
  ["zero bytes", "\0".repeat(64)],
  ["what begins as a bare bitmap does", `\x28\0\0\0${"\x07".repeat(60)}`],
  ["what begins as a JPEG does", `\xff\xd8${"\x07".repeat(60)}`],
])("takes %s for no picture", (_, text) => {
  expect(sniff(bytesOf(text))).toEqual({ kind: "unknown" });
});
