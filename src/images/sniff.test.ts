import { expect, it } from "vitest";
import { sniff } from "./sniff.ts";
import { formatFile, formatFileNames } from "./test-files.ts";

const formatOfEnding: Readonly<Record<string, string>> = {
  jpg: "jpeg",
  tif: "tiff",
  dib: "bmp",
  psb: "psd",
  j2k: "jp2",
  dng: "raw",
  nef: "raw",
};

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
  ["PDF", "%PDF-1.7"],
  ["ZIP", "PK\x03\x04"],
  ["QuickTime video", "\0\0\0\x14ftypqt  \0\0\0\0qt  "],
  ["video", "\0\0\0\x18ftypisom\0\0\0\x01isommp42"],
])("names %s, which is not taken", (name, text) => {
  expect(sniff(bytesOf(text))).toEqual({ kind: "foreign", name });
});

it.each([
  ["Canon’s", "\0\0\0\x18ftypcrx \0\0\0\x01crx isom"],
  ["Fujifilm’s", "FUJIFILMCCD-RAW 0201"],
  ["Olympus’s", "IIRO\b\0\0\0"],
  ["Panasonic’s", "IIU\0\x18\0\0\0"],
])("finds %s raw files", (_, text) => {
  expect(sniff(bytesOf(text))).toEqual({ kind: "picture", format: "raw" });
});

it("takes no text or data for a format with a weak signature or none", () => {
  const texts = [
    "\n\n\nA letter that begins with empty lines",
    "\n\x05\x01\x08",
    "\0\0\x02" + "\0".repeat(40),
  ];
  for (const text of texts) expect(sniff(bytesOf(text)), text).toEqual({ kind: "unknown" });
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
