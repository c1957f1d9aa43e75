import { describe, expect, test } from "vitest";
import { safeName, safePaths } from "./safe-names.ts";

function pathsOf(...names: string[]): string[] {
  return safePaths(
    names.map((name) => ({ name, folder: "" })),
    ".txt",
  ).map(({ path }) => path);
}

describe("safePaths", () => {
  test("replaces the extension", () => {
    expect(pathsOf("harbour.jpg", "no extension", "v1.2 final.jpeg")).toEqual([
      "harbour.txt",
      "no extension.txt",
      "v1.2 final.txt",
    ]);
  });

  test("each part of a picture keeps its number", () => {
    expect(pathsOf("a.png", "a.png#1", "a.png#12", "b.jpeg#2", "c#1")).toEqual([
      "a.txt",
      "a#1.txt",
      "a#12.txt",
      "b#2.txt",
      "c#1.txt",
    ]);
  });

  test("numbers files that share a base name, whatever their case and extension, and says so", () => {
    const files = ["a.jpg", "a.png", "A.webp"].map((name) => ({ name, folder: "" }));
    expect(safePaths(files, ".txt")).toEqual([
      { path: "a.txt", renumbered: false },
      { path: "a-2.txt", renumbered: true },
      { path: "A-3.txt", renumbered: true },
    ]);
  });

  test("a number never takes the name of another file", () => {
    expect(pathsOf("a.jpg", "a.png", "a-2.jpg")).toEqual(["a.txt", "a-3.txt", "a-2.txt"]);
  });

  test("the same letter written in two ways is one name", () => {
    expect(pathsOf("caf\u00E9.jpg", "cafe\u0301.jpg")).toEqual([
      "caf\u00E9.txt",
      "caf\u00E9-2.txt",
    ]);
  });

  test("keeps folders, but none that climbs out", () => {
    const files = [
      { name: "a.jpg", folder: "spring/day 1" },
      { name: "a.jpg", folder: "../../etc" },
      { name: "../../passwd.png", folder: "" },
      { name: "..\\..\\boot.ini", folder: "C:\\temp" },
      { name: "x.png", folder: "/absolute/./here" },
    ];
    expect(safePaths(files, ".txt").map(({ path }) => path)).toEqual([
      "spring/day 1/a.txt",
      "etc/a.txt",
      "passwd.txt",
      "C-/temp/boot.txt",
      "absolute/here/x.txt",
    ]);
  });

  test.each([
    ["line\nbreak.jpg", "line-break.txt"],
    ['say "hi"?.png', "say -hi--.txt"],
    ["gpj.\u202Eexe.jpg", "gpj.-exe.txt"],
    ["📷 día.jpg", "📷 día.txt"],
    ["....jpg", "image-1.txt"],
    ["", "image-1.txt"],
    ["\uD800lone.jpg", "\uFFFDlone.txt"],
  ])("makes %j safe", (name, path) => {
    expect(pathsOf(name)).toEqual([path]);
  });

  test.each(["CON.jpg", "nul.png", "Com1.webp", "LPT³.jpg", "aux.tar.jpg"])(
    "avoids the reserved name %s",
    (name) => {
      expect(pathsOf(name)[0]).toMatch(/^_/u);
    },
  );

  test("a long name is cut between characters, within what file systems take", () => {
    const [path = ""] = pathsOf(`${"é".repeat(300)}.jpg`);
    expect(new TextEncoder().encode(path).length).toBeLessThanOrEqual(204);
    expect(path).toMatch(/^é+\.txt$/u);
  });
});

test("safeName falls back if nothing is left", () => {
  expect(safeName("  ../ ", "sheet")).toBe("sheet");
  expect(safeName("Spring / catalogue.", "sheet")).toBe("Spring - catalogue");
});
