import type { FieldId } from "#src/domain/field.ts";
import type { ImageRole } from "#src/domain/image-role.ts";
import { isPassedOver } from "#src/domain/role-rules.ts";
import { pictureHashOf } from "#src/domain/image-row.ts";
import type { ImageId } from "#src/domain/image.ts";
import type { ShownAnswer } from "#src/domain/shown-answer.ts";
import {
  captionRow,
  captionsCsv,
  captionsJson,
  captionsJsonl,
  captionSidecars,
  holdsSimulated,
  otherText,
  zipOf,
  type CaptionRow,
} from "#src/exports/caption-files.ts";
import { counted } from "#src/lib/counted.ts";
import { fixFrames } from "#src/state/pictures/frame-numbers.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { download } from "#src/ui/save-target.ts";
import { saveFile, tellTaken } from "./save-file.ts";

/** What Caption shows of each image, field by field, in the sheet's order. */
export type ShownTexts = ReadonlyMap<ImageId, { texts: readonly ShownText[]; role: ImageRole }>;

interface ShownText {
  fieldId: FieldId;
  /** The user's words, otherwise the model's; null if there are neither. */
  text: string | null;
  shown: ShownAnswer;
}

/** The texts of one field, of these images; tables hold those of the other fields beside them. */
interface Taken {
  chosen: ShownTexts;
  fieldId: FieldId;
}

/** How captions are written down. */
export type CaptionForm = "csv" | "json" | "jsonl" | "txt";

/** Saves what Caption shows of these images, and says what was left out. Loaded when something is first saved. */
export async function saveCaptions(
  open: OpenSheet,
  taken: Taken,
  form: CaptionForm,
): Promise<void> {
  fixFrames();
  const rows = rowsOf(open, taken);
  const sheetName = open.store.getState().sheet.name;
  const about = {
    sheetName,
    simulated: rows.some(form === "txt" ? ({ simulated }) => simulated : holdsSimulated),
  };
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

function rowsOf(open: OpenSheet, { chosen, fieldId }: Taken): CaptionRow[] {
  const { images, pictures, sheet } = open.store.getState();
  const names = new Map(sheet.fields.map(({ id, name }) => [id, name]));
  return [...chosen].flatMap(([id, { texts, role }]) => {
    const isSilent = (of: FieldId): boolean => {
      const field = sheet.fields.find((one) => one.id === of);
      return field !== undefined && isPassedOver(role, field);
    };
    const image = images.get(id);
    const text = texts.find((one) => one.fieldId === fieldId);
    if (image === undefined || text === undefined) return [];
    const otherTexts = texts
      .filter((other) => other !== text)
      .map((other) =>
        otherText(names.get(other.fieldId) ?? other.fieldId, other.shown, {
          isPassedOver: isSilent(other.fieldId),
        }),
      );
    const hash = pictureHashOf(image);
    const facts = hash === null ? null : (pictures.get(hash) ?? null);
    return [
      captionRow(image, text.shown, {
        facts,
        field: names.get(fieldId) ?? fieldId,
        otherTexts,
        role,
        isPassedOver: isSilent(fieldId),
      }),
    ];
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
    sidecars.brokenCount > 0
      ? `${counted(sidecars.brokenCount, "has", "have")} several lines, which some trainers read as several captions.`
      : "",
    sidecars.decorativeCount > 0
      ? `${counted(sidecars.decorativeCount, "decorative image")} without a file.`
      : "",
    sidecars.withoutCaption.length > 0
      ? `${sidecars.withoutCaption.length} without a caption left out.`
      : "",
  ];
  tellTaken(notes.filter((note) => note !== "").join(" "));
}
