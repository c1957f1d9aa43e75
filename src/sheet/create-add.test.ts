import { expect, test } from "vitest";
import type { FoundFile } from "#src/state/pictures/found-file.ts";
import { isPictureOfText, offeredFiles } from "./create-add.ts";

function fileAt(path: string): File | FoundFile {
  const name = path.split("/").at(-1) ?? "";
  const file = new File(["x"], name);
  // Node's File has no webkitRelativePath.
  return path.startsWith("./")
    ? Object.assign(file, { webkitRelativePath: "" })
    : { name, path, open: () => Promise.resolve(file) };
}

function order(...paths: string[]): string[] {
  return offeredFiles(paths.map(fileAt), "file").map(({ folder, file }) =>
    folder === "" ? file.name : `${folder}/${file.name}`,
  );
}

test("keeps the order of single files as they were dropped", () => {
  expect(order("./b.jpg", "./a.jpg", "./10.jpg", "./2.jpg")).toEqual([
    "b.jpg",
    "a.jpg",
    "10.jpg",
    "2.jpg",
  ]);
});

test("sorts naturally within folders, keeps their paths and their place among the rest", () => {
  expect(
    order(
      "./first.jpg",
      "/trip/img10.jpg",
      "/trip/img2.jpg",
      "./last.jpg",
      "/trip/day 10/a.jpg",
      "/trip/day 9/a.jpg",
    ),
  ).toEqual([
    "first.jpg",
    "trip/img2.jpg",
    "trip/img10.jpg",
    "trip/day 9/a.jpg",
    "trip/day 10/a.jpg",
    "last.jpg",
  ]);
});

test("leaves out what file managers leave in folders, but not a file dropped by itself", () => {
  expect(order("/trip/.DS_Store", "/trip/Thumbs.db", "/trip/a.jpg", "./.hidden.jpg")).toEqual([
    "trip/a.jpg",
    ".hidden.jpg",
  ]);
});

test("a picture of text is told from a copied file, and from a picture copied from a page", () => {
  const picture = [new File(["x"], "image.png")];
  expect(isPictureOfText(picture, "Lamp\t12\nChair\t30")).toBe(true);
  expect(isPictureOfText(picture, "A heading, and words from a document.")).toBe(true);
  expect(isPictureOfText(picture, " ")).toBe(false);
  expect(isPictureOfText(picture, "https://example.com/a.jpg")).toBe(false);
  expect(isPictureOfText(picture, "/home/me/image.png")).toBe(false);
  expect(isPictureOfText([new File(["x"], "lamp.jpg")], "lamp.jpg")).toBe(false);
  expect(isPictureOfText([...picture, ...picture], "two files")).toBe(false);
  expect(isPictureOfText([], "words")).toBe(false);
});
