import { expect, test } from "vitest";
import { readReferences } from "./read-references.ts";

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
