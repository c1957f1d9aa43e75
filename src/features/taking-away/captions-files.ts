import { type ImageId, pictureHashOf } from "#src/domain/image.ts";
import type { ShownAnswer } from "#src/domain/shown-answer.ts";
import {
  captionRow,
  captionsCsv,
  captionsJson,
  captionsJsonl,
  captionSidecars,
  zipOf,
  type CaptionRow,
} from "#src/exports/caption-files.ts";
import { counted } from "#src/lib/counted.ts";
import { fixFrames } from "#src/state/pictures/frame-numbers.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { download } from "#src/ui/save-target.ts";
import { saveFile, tellTaken } from "./save-file.ts";

/** How captions are written down. */
export type CaptionForm = "csv" | "json" | "jsonl" | "txt";

/** Saves what Caption shows of these images, and says what was left out. Loaded when something is first saved. */
export async function saveCaptions(
  open: OpenSheet,
  shown: ReadonlyMap<ImageId, { shown: ShownAnswer }>,
  form: CaptionForm,
): Promise<void> {
  fixFrames();
  const rows = rowsOf(open, shown);
  const sheetName = open.store.getState().sheet.name;
  const about = { sheetName, simulated: rows.some((row) => row.simulated) };
  switch (form) {
    case "csv":
      saveFile({ ...about, ending: "csv", content: captionsCsv(rows) });
      return tellTaken(`${counted(rows.length, "line")} saved as CSV.`);
    case "json":
      return saveFile({
        ...about,
        ending: "json",
        content: captionsJson(sheetName, rows, Date.now()),
      });
    case "jsonl":
      return saveJsonl(rows);
    case "txt": {
      const sidecars = captionSidecars(rows);
      if (sidecars.captionCount === 0) return tellTaken("There is no caption to save yet.", "warn");
      saveFile({ ...about, ending: "zip", content: await zipOf(sidecars.files, Date.now()) });
      return tellSidecars(sidecars);
    }
  }
}

function rowsOf(
  open: OpenSheet,
  shown: ReadonlyMap<ImageId, { shown: ShownAnswer }>,
): CaptionRow[] {
  const { images, pictures } = open.store.getState();
  return [...shown].flatMap(([id, one]) => {
    const image = images.get(id);
    if (image === undefined) return [];
    const hash = pictureHashOf(image);
    return [captionRow(image, one.shown, hash === null ? null : (pictures.get(hash) ?? null))];
  });
}

function saveJsonl(rows: readonly CaptionRow[]): void {
  const left = rows.filter((row) => row.caption === null).length;
  // The name that image folders are looked up by.
  download(captionsJsonl(rows), "metadata.jsonl", "application/jsonl");
  if (left > 0)
    tellTaken(
      `${counted(left, "image has", "images have")} no caption and ${left === 1 ? "is" : "are"} left out.`,
    );
}

function tellSidecars(sidecars: ReturnType<typeof captionSidecars>): void {
  const notes = [
    `${counted(sidecars.captionCount, "caption")} saved.`,
    sidecars.renumbered.length > 0
      ? `${sidecars.renumbered.length} have the same name as another image and got a number; the ZIP lists them.`
      : "",
    sidecars.withoutCaption.length > 0
      ? `${sidecars.withoutCaption.length} without a caption left out.`
      : "",
  ];
  tellTaken(notes.filter((note) => note !== "").join(" "));
}
