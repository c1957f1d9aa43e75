import { expect, test } from "vitest";
import { picturesInMarkup } from "./pictures-in-markup.ts";

function read(...images: Record<string, string>[]) {
  const tags = images.map((attributes) =>
    Object.entries(attributes).map(([name, value]) => `${name}="${value}"`),
  );
  return picturesInMarkup(tags.map((tag) => `<p><img ${tag.join(" ")}></p>`).join("\n"));
}

test("reads images out of any markup: quotes or none, brackets in a text, entities, handlers", () => {
  const { addresses, unreachable } = picturesInMarkup(
    `<p style="color:red">A <b>lamp</b><IMG alt="a > b" onerror='x("1")' src = https://example.com/a.jpg?x=1&amp;y=2 style="width:1px">
     <img alt='src="https://example.com/no.jpg"' SRC='https://example.com/&quot;b&#34;&#x22;.jpg'/><image src="https://example.com/no.jpg"><img>
     <imgs src="https://example.com/no.jpg"><img/src=https://example.com/c.jpg><img src="https://example.com/cut.jpg`,
  );
  expect(addresses).toEqual([
    "https://example.com/a.jpg?x=1&y=2",
    'https://example.com/"b"".jpg',
    "https://example.com/c.jpg",
  ]);
  expect(unreachable).toBe(0);
});

test("takes time in step with the markup, however it is broken", () => {
  for (const part of ["<img ", '<img src="', "<img a=", `<img '"`])
    expect(picturesInMarkup(part.repeat(20_000)).addresses).toEqual([]);
});

test("takes web addresses once, and counts what nobody can reach", () => {
  expect(
    read(
      { src: "https://example.com/a.jpg?w=1&amp;h=2" },
      { src: "https://example.com/a.jpg?w=1&h=2" },
      { src: "//cdn.example.com/b.png" },
      { src: "file:///C:/Users/me/image001.png" },
      { src: "blob:https://example.com/1" },
      { src: "images/c.png" },
      {},
    ),
  ).toEqual({
    addresses: ["https://example.com/a.jpg?w=1&h=2", "https://cdn.example.com/b.png"],
    files: [],
    unreachable: 3,
  });
});

test("takes the largest of several sizes, and what a page would load later", () => {
  const blank = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
  expect(
    read(
      {
        src: "https://example.com/s.jpg",
        srcset:
          "https://example.com/w_300,h_200/m.jpg 640w, https://example.com/l.jpg 1920w,https://example.com/s.jpg 320w",
      },
      { src: "https://example.com/1.jpg", srcset: "https://example.com/2.jpg 2x" },
      { src: blank, "data-src": "https://example.com/late.jpg" },
      { src: blank, "data-srcset": "https://example.com/later.jpg 800w" },
    ).addresses,
  ).toEqual([
    "https://example.com/l.jpg",
    "https://example.com/2.jpg",
    "https://example.com/late.jpg",
    "https://example.com/later.jpg",
  ]);
});

test("makes files of pictures that are in the markup", async () => {
  const { files, unreachable } = read(
    { src: "data:image/png;base64,iVBO\nRw0K" },
    { src: "data:image/svg+xml;charset=utf-8,%3Csvg/%3E" },
    { src: "data:image/jpeg;base64,***" },
    { src: "data:text/html,<p>" },
  );
  expect(files.map(({ name, type }) => [name, type])).toEqual([
    ["pasted-1.png", "image/png"],
    ["pasted-2.svg", "image/svg+xml"],
  ]);
  expect([...new Uint8Array((await files[0]?.arrayBuffer()) ?? [])]).toEqual([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a,
  ]);
  expect(await files[1]?.text()).toBe("<svg/>");
  expect(unreachable).toBe(2);
});

test("reads a srcset of a megabyte, and a picture as large as a screen, at once", () => {
  const long = 1_000_000;
  const words = ["a".repeat(long), "1".repeat(long), "a ".repeat(long / 2)];
  for (const word of words)
    expect(picturesInMarkup(`<img srcset="${word} z">`).addresses).toEqual([]);
  const screen = btoa("x".repeat(9_000_000));
  const { files } = picturesInMarkup(`<img src="data:image/png;base64,${screen}">`);
  expect(files.map(({ size }) => size)).toEqual([9_000_000]);
});

test.each([
  ["https://example.com/a.jpg, https://example.com/b.jpg 2x", "https://example.com/b.jpg"],
  [
    "https://example.com/w_3,h_2/a.jpg 300w,https://example.com/b.jpg 200w",
    "https://example.com/w_3,h_2/a.jpg",
  ],
])("takes the largest of %s", (srcset, address) => {
  expect(picturesInMarkup(`<img srcset="${srcset}">`).addresses).toEqual([address]);
});
