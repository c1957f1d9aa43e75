import { expect, test } from "vitest";
import type { FoundFile } from "#src/state/pictures/found-file.ts";
import { addressesIn, offeredFiles, readReferences } from "./create-add.ts";

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

function from(data: Record<string, string>): string[] {
  return addressesIn((type) => data[type] ?? "");
}

test("a picture dragged from a page is its own address, not that of the link around it", () => {
  expect(
    from({
      "text/uri-list": "https://example.com/page",
      "text/html":
        '<a href="https://example.com/page"><img alt="x" src="https://cdn.example.com/a.jpg?w=1&amp;h=2"></a>',
    }),
  ).toEqual(["https://cdn.example.com/a.jpg?w=1&h=2"]);
});

test("a dragged link and pasted lines are addresses", () => {
  expect(from({ "text/uri-list": "# a comment\r\nhttps://example.com/a.jpg" })).toEqual([
    "https://example.com/a.jpg",
  ]);
  expect(
    from({ "text/plain": "https://example.com/a.jpg\n\nhttps://example.com/b.jpg\n" }),
  ).toEqual(["https://example.com/a.jpg", "https://example.com/b.jpg"]);
});

test("pasted prose, and pictures that are data themselves, are no addresses", () => {
  expect(from({ "text/plain": "see https://example.com/a.jpg" })).toEqual([]);
  expect(from({ "text/html": '<img src="data:image/png;base64,AAAA">' })).toEqual([]);
});

test("reads addresses and image UUIDs, one per line, each once", () => {
  const read = readReferences(
    [
      "https://example.com/a.jpg",
      "",
      "  http://example.com/b c.png ",
      "# a note",
      "https://example.com/a.jpg",
      "DDF33190-1C7C-1B47-9207-D219FDD0491C",
    ].join("\r\n"),
  );
  expect(read).toEqual({
    references: [
      { kind: "url", url: "https://example.com/a.jpg", title: null },
      { kind: "url", url: "http://example.com/b%20c.png", title: null },
      { kind: "runware", imageUuid: "ddf33190-1c7c-1b47-9207-d219fdd0491c" },
    ],
    unread: [],
  });
});

test.each([
  "javascript:alert(1)",
  "data:image/png;base64,AA",
  "file:///etc/passwd",
  "not a line",
  "https://user:word@example.com/a.jpg",
])("does not take %s", (line) => {
  expect(readReferences(line)).toEqual({ references: [], unread: [line] });
});
