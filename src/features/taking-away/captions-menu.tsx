import { disarmed } from "#src/exports/csv.ts";
import { type ImageId, imageName, pictureHashOf } from "#src/domain/image.ts";
import { captionText, type ShownAnswer } from "#src/domain/shown-answer.ts";
import type { CaptionRow } from "#src/exports/caption-files.ts";
import { counted } from "#src/lib/counted.ts";
import { report } from "#src/sheet/tell.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { download } from "#src/ui/save-target.ts";
import { Menu, wordsTrigger } from "#src/ui/menu.tsx";
import { showToast } from "#src/ui/toasts.ts";
import { copyText, saveFile, tellTaken } from "./save-file.ts";

/** What Caption shows of each image, in the sheet's order. */
type Shown = ReadonlyMap<ImageId, { shown: ShownAnswer }>;

interface ExportMenuProps {
  selectedCount: number;
  /** The selected images if some are selected, else all. */
  chosen: () => Shown;
}

/** Takes Caption's answers away. */
export function ExportMenu({ selectedCount, chosen }: ExportMenuProps) {
  const open = useOpenSheet();
  const which = selectedCount === 0 ? "every image" : `the ${selectedCount} selected`;
  const save = (form: (open: OpenSheet, rows: readonly CaptionRow[]) => Promise<void>) => () =>
    report(rowsOf(open, chosen()).then((rows) => form(open, rows)));
  return (
    <Menu
      label="Export"
      align="end"
      trigger={wordsTrigger("Export")}
      items={[
        {
          label: "CSV for spreadsheets",
          hint: `One line for ${which}, with cost and source`,
          onChoose: save(saveCsv),
        },
        {
          label: ".txt files in a ZIP",
          hint: "One caption per file, named after its image",
          onChoose: save(saveSidecars),
        },
        { label: "JSON", hint: "Everything that is known", onChoose: save(saveJson) },
        {
          label: "metadata.jsonl",
          hint: "For Hugging Face image folders",
          onChoose: save(saveJsonl),
        },
        {
          label: "Copy all captions",
          hint: "Name and caption, as a table",
          onChoose: () => copyAll(open, chosen()),
        },
      ]}
    />
  );
}

async function rowsOf(open: OpenSheet, shown: Shown): Promise<CaptionRow[]> {
  const { captionRow } = await import("#src/exports/caption-files.ts");
  const { images, pictures } = open.store.getState();
  return [...shown].flatMap(([id, one]) => {
    const image = images.get(id);
    if (image === undefined) return [];
    const hash = pictureHashOf(image);
    return [captionRow(image, one.shown, hash === null ? null : (pictures.get(hash) ?? null))];
  });
}

function aboutFile(open: OpenSheet, rows: readonly CaptionRow[]) {
  return {
    sheetName: open.store.getState().sheet.name,
    simulated: rows.some((row) => row.simulated),
  };
}

async function saveCsv(open: OpenSheet, rows: readonly CaptionRow[]): Promise<void> {
  const { captionsCsv } = await import("#src/exports/caption-files.ts");
  saveFile({ ...aboutFile(open, rows), ending: "csv", content: captionsCsv(rows) });
  tellTaken(`${counted(rows.length, "line")} saved as CSV.`);
}

async function saveJson(open: OpenSheet, rows: readonly CaptionRow[]): Promise<void> {
  const { captionsJson } = await import("#src/exports/caption-files.ts");
  const about = aboutFile(open, rows);
  const content = captionsJson(about.sheetName, rows, Date.now());
  saveFile({ ...about, ending: "json", content });
}

async function saveJsonl(_open: OpenSheet, rows: readonly CaptionRow[]): Promise<void> {
  const { captionsJsonl } = await import("#src/exports/caption-files.ts");
  const left = rows.filter((row) => row.caption === null).length;
  // The name that image folders are looked up by.
  download(captionsJsonl(rows), "metadata.jsonl", "application/jsonl");
  if (left > 0)
    tellTaken(
      `${counted(left, "image has", "images have")} no caption and ${left === 1 ? "is" : "are"} left out.`,
    );
}

async function saveSidecars(open: OpenSheet, rows: readonly CaptionRow[]): Promise<void> {
  const { captionSidecars, zipOf } = await import("#src/exports/caption-files.ts");
  const sidecars = captionSidecars(rows);
  if (sidecars.captionCount === 0) return tellTaken("There is no caption to save yet.", "warn");
  const content = await zipOf(sidecars.files, Date.now());
  saveFile({ ...aboutFile(open, rows), ending: "zip", content });
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

function copyAll(open: OpenSheet, shown: Shown): void {
  const { images } = open.store.getState();
  const lines = [...shown].flatMap(([id, one]) => {
    const image = images.get(id);
    const text = captionText(one.shown);
    return image === undefined || text === null
      ? []
      : [`${cellOf(imageName(image))}\t${cellOf(text)}`];
  });
  if (lines.length === 0) showToast({ text: "There is no caption to copy yet.", kind: "copy" });
  else copyText(lines.join("\n"), `${counted(lines.length, "caption")} copied.`);
}

function cellOf(text: string): string {
  return disarmed(text.replaceAll(/\s+/gu, " ").trim());
}
