import { disarmed } from "#src/exports/csv.ts";
import { captionText } from "#src/domain/shown-answer.ts";
import { imageName, pictureHashOf, type ImageId } from "#src/domain/image.ts";
import type { OpenSheet } from "#src/state/sheet/open-sheet.ts";
import { useOpenSheet } from "#src/state/sheet/use-sheet.ts";
import { useCaptionView } from "./view-state.ts";
import { Button } from "#src/ui/button.tsx";
import { download } from "#src/ui/download.ts";
import { Menu } from "#src/ui/menu.tsx";
import type { PopoverTrigger } from "#src/ui/popover.tsx";
import { showToast } from "#src/ui/toasts.ts";
import type { Desk } from "#src/features/caption/desk.ts";
import { copyText, report } from "#src/sheet/tell.ts";

/** Takes the answers away: the selected images' where some are selected, else all. */
export function ExportMenu({ desk }: { desk: Desk }) {
  const open = useOpenSheet();
  const selectedCount = useCaptionView((state) => state.selected.size);
  const idsToExport = (): ImageId[] => {
    const { selected } = desk.view.getState();
    return [...desk.standings().byId.keys()].filter(
      (id) => selected.size === 0 || selected.has(id),
    );
  };
  const which = selectedCount === 0 ? "every image" : `the ${selectedCount} selected`;
  return (
    <Menu
      label="Export"
      align="end"
      trigger={exportTrigger}
      items={[
        {
          label: "CSV for spreadsheets",
          hint: `One line for ${which}, with cost and source`,
          onChoose: () => report(saveCsv(open, desk, idsToExport())),
        },
        {
          label: ".txt files in a ZIP",
          hint: "One caption a file, named after its image",
          onChoose: () => report(saveSidecars(open, desk, idsToExport())),
        },
        {
          label: "JSON",
          hint: "Everything that is known",
          onChoose: () => report(saveJson(open, desk, idsToExport())),
        },
        {
          label: "metadata.jsonl",
          hint: "For Hugging Face image folders",
          onChoose: () => report(saveJsonl(open, desk, idsToExport())),
        },
        {
          label: "Copy all captions",
          hint: "Name and caption, as a table",
          onChoose: () => copyAll(open, desk, idsToExport()),
        },
      ]}
    />
  );
}

function exportTrigger(trigger: PopoverTrigger) {
  return <Button {...trigger}>Export</Button>;
}

async function rowsOf(open: OpenSheet, desk: Desk, ids: readonly ImageId[]) {
  const { captionRow } = await import("#src/exports/caption-row.ts");
  const { images, pictures } = open.store.getState();
  const { byId } = desk.standings();
  return ids.flatMap((id) => {
    const image = images.get(id);
    const standing = byId.get(id);
    if (image === undefined || standing === undefined) return [];
    const hash = pictureHashOf(image);
    const facts = hash === null ? null : (pictures.get(hash) ?? null);
    return [captionRow(image, standing.shown, facts)];
  });
}

async function saveCsv(open: OpenSheet, desk: Desk, ids: readonly ImageId[]): Promise<void> {
  const { captionsCsv } = await import("#src/exports/captions-csv.ts");
  const rows = await rowsOf(open, desk, ids);
  download(captionsCsv(rows), await fileName(open, "csv", rows), "text/csv");
  showToast({
    text: `${rows.length} ${rows.length === 1 ? "line" : "lines"} saved as CSV.`,
    kind: "export",
  });
}

async function saveJson(open: OpenSheet, desk: Desk, ids: readonly ImageId[]): Promise<void> {
  const { captionsJson } = await import("#src/exports/captions-json.ts");
  const rows = await rowsOf(open, desk, ids);
  const { name } = open.store.getState().sheet;
  download(
    captionsJson(name, rows, Date.now()),
    await fileName(open, "json", rows),
    "application/json",
  );
}

async function saveJsonl(open: OpenSheet, desk: Desk, ids: readonly ImageId[]): Promise<void> {
  const { captionsJsonl } = await import("#src/exports/captions-json.ts");
  const rows = await rowsOf(open, desk, ids);
  const left = rows.filter((row) => row.caption === null).length;
  download(captionsJsonl(rows), "metadata.jsonl", "application/jsonl");
  if (left > 0)
    showToast({
      text: `${left} ${left === 1 ? "image has" : "images have"} no caption and ${left === 1 ? "is" : "are"} left out.`,
      kind: "export",
    });
}

async function saveSidecars(open: OpenSheet, desk: Desk, ids: readonly ImageId[]): Promise<void> {
  const { captionSidecars, zipOf } = await import("#src/exports/sidecars.ts");
  const rows = await rowsOf(open, desk, ids);
  const sidecars = captionSidecars(rows);
  if (sidecars.captionCount === 0) {
    showToast({ text: "There is no caption to save yet.", tone: "warn", kind: "export" });
    return;
  }
  download(await zipOf(sidecars.files, Date.now()), await fileName(open, "zip", rows));
  const notes = [
    `${sidecars.captionCount} ${sidecars.captionCount === 1 ? "caption" : "captions"} saved.`,
    sidecars.renumbered.length > 0
      ? `${sidecars.renumbered.length} share a name with another image and got a number; the ZIP lists them.`
      : "",
    sidecars.withoutCaption.length > 0
      ? `${sidecars.withoutCaption.length} without a caption left out.`
      : "",
  ];
  showToast({ text: notes.filter((note) => note !== "").join(" "), kind: "export" });
}

function copyAll(open: OpenSheet, desk: Desk, ids: readonly ImageId[]): void {
  const { images } = open.store.getState();
  const { byId } = desk.standings();
  const lines = ids.flatMap((id) => {
    const image = images.get(id);
    const standing = byId.get(id);
    const text = standing === undefined ? null : captionText(standing.shown);
    return image === undefined || text === null
      ? []
      : [`${cellOf(imageName(image))}\t${cellOf(text)}`];
  });
  if (lines.length === 0) showToast({ text: "There is no caption to copy yet.", kind: "copy" });
  else
    copyText(
      lines.join("\n"),
      `${lines.length} ${lines.length === 1 ? "caption" : "captions"} copied.`,
    );
}

function cellOf(text: string): string {
  return disarmed(text.replaceAll(/\s+/gu, " ").trim());
}

async function fileName(
  open: OpenSheet,
  extension: string,
  rows: readonly { simulated: boolean }[],
): Promise<string> {
  const { safeName } = await import("#src/exports/safe-names.ts");
  const name = safeName(open.store.getState().sheet.name, "sheet");
  return `${name}${rows.some((row) => row.simulated) ? " (simulated)" : ""}.${extension}`;
}
