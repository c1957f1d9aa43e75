import { expect, test } from "vitest";
import { notesOf, readCaptionFiles } from "./caption-files.ts";

const UNENDED = new AbortController().signal;

test("the lines of a large table that no image has are one note, with the first of their names", async () => {
  const lines = Array.from({ length: 130_000 }, (_, at) => `${at}.jpg,A`);
  const files = [
    { file: new File([["file_name,text", ...lines].join("\n")], "metadata.csv"), folder: "" },
    { file: new File(["B"], "b.txt"), folder: "" },
  ];
  const { entries, fileOf } = await readCaptionFiles(files, [], UNENDED);
  expect(entries).toHaveLength(130_001);
  const [sidecar, table, ...others] = notesOf(entries, "unmatched", fileOf);
  expect(others).toEqual([]);
  expect(sidecar).toEqual({ name: "b.txt", why: { kind: "unmatched" } });
  expect(table).toMatchObject({ name: "metadata.csv", lines: { count: 130_000 } });
  expect(table?.lines?.names).toHaveLength(300);
});
