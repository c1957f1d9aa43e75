import { expect, test } from "vitest";
import { addressesIn } from "./addresses-in.ts";

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
