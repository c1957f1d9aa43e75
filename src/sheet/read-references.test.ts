import { expect, test } from "vitest";
import { readReferences, referenceKey } from "./read-references.ts";

const A = "https://example.com/a.jpg";
const B = "https://example.com/b.png?w=1,2";
const UUID = "ddf33190-1c7c-4b47-9207-d219fdd0491c";

function keysIn(text: string): string[] {
  return readReferences(text).references.map(referenceKey);
}

test("reads addresses and image UUIDs, one per line, each once", () => {
  const read = readReferences(
    [A, "", "  http://example.com/b c.png ", "# a note", A, UUID.toUpperCase()].join("\r\n"),
  );
  expect(read).toEqual({
    references: [
      { kind: "url", url: A, title: null },
      { kind: "url", url: "http://example.com/b%20c.png", title: null },
      { kind: "runware", imageUuid: UUID },
    ],
    pages: [],
    unread: [],
  });
});

test.each([
  ["commas", `${A},${B}, ${UUID}`],
  ["spaces", `${A} ${B}\t${UUID}`],
  ["semicolons", `${A};${B}; ${UUID};`],
  ["quotation marks", `"${A}" '${B}' “${UUID}”`],
  ["angle brackets", `<${A}> <${B}><${UUID}>`],
  ["JSON", JSON.stringify([A, B, UUID])],
  ["JavaScript", `['${A}', '${B}', '${UUID}'];`],
  ["a list with bullets", `- ${A}\n* ${B}\n• ${UUID}`],
  ["a table of Markdown", `| ${A} | ${B}|${UUID} |`.replace("|d", "| d")],
  ["settings", `src=${A} href=${B} ${UUID}`.replaceAll(/src|href/gu, "")],
  ["Markdown", `![](${A}) ![](${B})\n${UUID}.`],
  ["attributes", `src="${A}" src='${B}' ${UUID}`.replaceAll("src=", "")],
])("reads a list with %s between", (_, list) => {
  expect(readReferences(list)).toMatchObject({ pages: [], unread: [] });
  expect(keysIn(list)).toEqual([A, B, UUID]);
});

test("reads addresses without a scheme, and keeps what is part of an address", () => {
  expect(keysIn("www.example.com/a.jpg, example.com/b.png //cdn.example.com/c.webp")).toEqual([
    "https://www.example.com/a.jpg",
    "https://example.com/b.png",
    "https://cdn.example.com/c.webp",
  ]);
  const kept = [
    "https://res.example.com/w_300,h_200/a.jpg",
    "https://example.com/a_(1).jpg",
    "https://example.com/a;v=2/b.jpg",
    "https://example.com/it's.jpg",
    "https://images.example.com/?url=https://example.com/a.jpg&w=300",
    "https://images.example.com/?url=www.example.com/a.jpg",
    "https://maps.example.com/staticmap?markers=color:red|40.7,-74",
  ];
  expect(keysIn(kept.join("\n"))).toEqual(kept);
});

test("says which words are none", () => {
  expect(readReferences(`see ${A} (and e.g. readme.md)`)).toMatchObject({
    references: [{ url: A }],
    unread: ["see", "and", "e.g", "readme.md"],
  });
});

test.each([
  "javascript:alert(1)",
  "data:image/png;base64,AA",
  "file:///etc/passwd",
  "https://user:word@example.com/a.jpg",
])("does not take %s", (line) => {
  expect(readReferences(line).references).toEqual([]);
  expect(readReferences(line).unread).not.toEqual([]);
});

test.each([
  ["https://photos.google.com/photo/AF1Q", "Google Photos"],
  ["https://photos.app.goo.gl/abc", "Google Photos"],
  ["https://drive.google.com/file/d/1a/view?usp=sharing", "Google Drive"],
  ["https://www.dropbox.com/scl/fi/x/lamp.jpg?rlkey=k&dl=0", "raw=1"],
  ["https://share.icloud.com/photos/0a", "iCloud"],
  ["https://1drv.ms/i/s!A", "OneDrive"],
  ["https://www.flickr.com/photos/me/123", "View all sizes"],
  ["https://www.instagram.com/p/Cx/", "Instagram"],
  ["https://x.com/me/status/1/photo/1", "post on X"],
  ["https://imgur.com/gallery/abc", "Imgur"],
  ["https://unsplash.com/photos/a-lamp-abc", "picture library"],
  ["https://commons.wikimedia.org/wiki/File:Lamp.jpg", "Original file"],
  ["https://github.com/me/art/blob/main/lamp.png", "Raw"],
  ["https://www.google.com/imgres?imgurl=https%3A%2F%2Fexample.com%2Fa.jpg", "search"],
  ["http://192.168.1.20/view/index.shtml", "page"],
  ["https://example.com/clip.mp4", "no picture"],
])("tells a page from a picture by its name: %s", (address, word) => {
  const { references, pages, unread } = readReferences(address);
  expect([references, unread]).toEqual([[], []]);
  expect(pages).toMatchObject([{ address, text: expect.stringContaining(word) }]);
  expect(pages[0]?.text).toMatch(/^This is .+: .+\.$/u);
});

test.each([
  "https://www.dropbox.com/scl/fi/x/lamp.jpg?rlkey=k&raw=1",
  "https://drive.google.com/uc?export=view&id=1a",
  "https://live.staticflickr.com/65535/1_b.jpg",
  "https://i.imgur.com/abc.jpg",
  "https://imgur.com/abc.jpg",
  "https://upload.wikimedia.org/wikipedia/commons/a/a9/Lamp.jpg",
  "https://commons.wikimedia.org/wiki/Special:FilePath/Lamp.jpg?width=800",
  "https://docs.google.com/drawings/d/e/1a/pub?w=960&h=720",
  "https://onedrive.live.com/download?resid=1a&authkey=k",
  "https://raw.githubusercontent.com/me/art/main/lamp.png",
  "https://github.com/me/art/blob/main/lamp.png?raw=true",
  "https://images.unsplash.com/photo-1?w=800",
  "https://example.com/render.php?id=3",
  "https://example.com/html/lamp",
])("takes the picture itself: %s", (address) => {
  expect(keysIn(address)).toEqual([address]);
});

test("reads a megabyte of nothing but what lies between addresses", () => {
  const long = 1_000_000;
  for (const list of [
    `${",".repeat(long)}x`,
    `${"|".repeat(long)}x`,
    `https://example.com/a ${".jpg?".repeat(long / 5)} x`,
    `${"a=".repeat(long / 2)}x`,
  ])
    expect(readReferences(list).references.length).toBeLessThan(2);
});
