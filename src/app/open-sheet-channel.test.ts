import { expect, test } from "vitest";
import {
  answeredTask,
  exampleImage,
  exampleMark,
  examplePicture,
  exampleSheet,
} from "#src/domain/example-rows.ts";
import type { RowsWritten } from "#src/state/history/changes.ts";
import { openSheetChannel } from "./open-sheet-channel.ts";

const sheet = exampleSheet({ id: crypto.randomUUID() });
const own = { sheetId: sheet.id };
const rows: RowsWritten = {
  sheet,
  images: [exampleImage(own)],
  pictures: [examplePicture("a".repeat(64)).facts],
  tasks: [answeredTask(1900, own)],
  marks: [exampleMark(own)],
};

test("what another tab wrote arrives as it was written", async () => {
  expect(await heardOf([rows, {}, { marks: [] }])).toEqual([rows, {}, { marks: [] }]);
});

test("a message that is no row of this sheet is ignored, and later ones are not", async () => {
  const strange: unknown[] = [
    "words",
    null,
    { sheet: { ...sheet, run: { ...sheet.run, mostInFlight: 400 } } },
    { sheet: { ...sheet, id: crypto.randomUUID() } },
    { images: [exampleImage({ sheetId: crypto.randomUUID() })] },
    { tasks: [{ ...answeredTask(1900, own), state: { phase: "dream" } }] },
    { marks: rows.marks?.map((mark) => ({ ...mark, at: "noon" })) },
  ];
  expect(await heardOf([...strange, rows])).toEqual([rows]);
});

/** The messages that a tab accepts, up to the last of them, which it must accept. */
async function heardOf(messages: readonly unknown[]): Promise<RowsWritten[]> {
  const tab = openSheetChannel(sheet.id);
  const other = new BroadcastChannel(`contact-sheet.sheet.${sheet.id}`);
  const heard: RowsWritten[] = [];
  const last = JSON.stringify(messages.at(-1));
  const ended = new Promise<void>((resolve) => {
    tab.onRows((written) => {
      heard.push(written);
      if (JSON.stringify(written) === last) resolve();
    });
  });
  for (const message of messages) other.postMessage(message);
  await ended;
  other.close();
  tab.close();
  return heard;
}
