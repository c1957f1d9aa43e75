import { expect, test } from "vitest";
import { readCaptionFile } from "#src/imports/read-caption-file.ts";
import { inSlices } from "#src/lib/in-slices.ts";
import type { readLongCaptions } from "#src/state/files/read-files.ts";
import { notesOf, readCaptionFiles } from "./caption-files.ts";

const { signal } = new AbortController();

/** Reads as the worker does. */
const readLong: typeof readLongCaptions = async ({ file, name, folder, fieldNames }) => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return inSlices(readCaptionFile({ name, folder, bytes }, fieldNames), signal);
};

test("the lines of a large table that no image has are one note, with the first of their names", async () => {
  const lines = Array.from({ length: 130_000 }, (_, at) => `${at}.jpg,A`);
  const files = [
    { file: new File([["file_name,text", ...lines].join("\n")], "metadata.csv"), folder: "" },
    { file: new File(["B"], "b.txt"), folder: "" },
  ];
  const { entries, fileOf } = await readCaptionFiles(files, [], { signal, readLong });
  expect(entries).toHaveLength(130_001);
  const [sidecar, table, ...others] = notesOf(entries, "unmatched", fileOf);
  expect(others).toEqual([]);
  expect(sidecar).toEqual({ name: "b.txt", why: { kind: "unmatched" } });
  expect(table).toMatchObject({ name: "metadata.csv", lines: { count: 130_000 } });
  expect(table?.lines?.names).toHaveLength(300);
});

test.each(["json", "jsonl", "csv"])(
  "a long .%s is read elsewhere, and none of it here",
  async (ending) => {
    const long = new File(["x".repeat(600_000)], `long.${ending}`);
    const short = new File(['[{"file_name":"b.jpg","text":"B"}]'], "short.json");
    const files = [long, new File(["x".repeat(600_000)], `gone.${ending}`), short].map((file) => ({
      file,
      folder: "lamps",
    }));
    const asked: unknown[] = [];
    const { entries, notes, fileOf } = await readCaptionFiles(files, ["alt text"], {
      signal,
      readLong: async ({ file, ...source }) => {
        asked.push({ bytes: file.size, ...source });
        if (source.name.startsWith("gone")) throw new Error("no worker");
        const table = '[{"file_name":"a.jpg","text":"A"}]';
        return readLong({ ...source, file: new Blob([table]), name: "table.json" }, signal);
      },
    });
    const source = { bytes: 600_000, folder: "lamps", fieldNames: ["alt text"] };
    expect(asked).toEqual([
      { ...source, name: `long.${ending}` },
      { ...source, name: `gone.${ending}` },
    ]);
    expect(entries.map(({ texts }) => texts[0]?.text)).toEqual(["A", "B"]);
    expect(entries.map(({ from }) => fileOf(from))).toEqual([0, 2]);
    expect(notes).toEqual([{ name: `gone.${ending}`, why: { kind: "unreadable" } }]);
  },
);
