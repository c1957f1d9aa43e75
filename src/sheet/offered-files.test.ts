import { expect, test } from "vitest";
import { offeredFiles } from "./offered-files.ts";

function fileAt(path: string): File {
  const name = path.split("/").at(-1) ?? "";
  // Node's File has no webkitRelativePath; a drop zone writes the path beside it.
  return Object.assign(new File(["x"], name), { webkitRelativePath: "", path });
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
